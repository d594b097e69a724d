package dev.slipway.cli.door;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/** The one option of Linux's sockets that Java has no name for (socket(7), linux/filter.h). */
final class ReusePort {
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_REUSEPORT_CBPF = 51;
    /** Return a constant. */
    private static final short BPF_RET_K = 6;

    private static final StructLayout SOCK_FILTER = MemoryLayout.structLayout(
            JAVA_SHORT.withName("code"), JAVA_BYTE.withName("jt"), JAVA_BYTE.withName("jf"), JAVA_INT.withName("k"));
    private static final StructLayout SOCK_FPROG = MemoryLayout.structLayout(
            JAVA_SHORT.withName("len"), MemoryLayout.paddingLayout(6), ADDRESS.withName("filter"));
    private static final long CODE = offset(SOCK_FILTER, "code");
    private static final long CONSTANT = offset(SOCK_FILTER, "k");
    private static final long LENGTH = offset(SOCK_FPROG, "len");
    private static final long FILTER = offset(SOCK_FPROG, "filter");

    private static final MethodHandle SETSOCKOPT = setsockopt();

    private ReusePort() {}

    /** Takes the time that it takes to be ready, before anybody waits. */
    static void load() throws IOException {
        try {
            MethodHandles.lookup().ensureInitialized(ReusePort.class);
        } catch (IllegalAccessException | LinkageError cannot) {
            throw new IOException("this Java calls nothing of the system's", cannot);
        }
    }

    /**
     * Has all listeners of a port be passed over but the one at a place.
     *
     * @param descriptor of any of them
     * @param place from 0, in the order in which they began to listen
     * @throws IOException if the system refuses
     */
    static void choose(int descriptor, int place) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment filter = arena.allocate(SOCK_FILTER);
            filter.set(JAVA_SHORT, CODE, BPF_RET_K);
            filter.set(JAVA_INT, CONSTANT, place);
            MemorySegment program = arena.allocate(SOCK_FPROG);
            program.set(JAVA_SHORT, LENGTH, (short) 1);
            program.set(ADDRESS, FILTER, filter);
            if (set(descriptor, program) != 0) {
                throw new IOException("the system does not let a program choose among the listeners of a port");
            }
        }
    }

    private static int set(int descriptor, MemorySegment program) {
        try {
            return (int) SETSOCKOPT.invokeExact(
                    descriptor, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, program, (int) SOCK_FPROG.byteSize());
        } catch (Throwable neverThrows) { // a call of C throws nothing, but its handle is declared to
            throw new IllegalStateException(neverThrows);
        }
    }

    @SuppressWarnings("restricted") // the descriptor below is that of the function
    private static MethodHandle setsockopt() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("setsockopt"),
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    }

    private static long offset(StructLayout layout, String field) {
        return layout.byteOffset(MemoryLayout.PathElement.groupElement(field));
    }
}
