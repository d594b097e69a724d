package dev.slipway.cli.machine;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/** How the JVMs of this machine are told to start quickly and to stay small. Figures: ADR 6 and 22. */
final class JvmFlags {
    /** Of the code that a process of ours compiles about 10 MB are used; of class data that no cache holds, 100 MB. */
    private static final List<String> BOUNDS = List.of(
            "-XX:MaxMetaspaceSize=192m",
            "-XX:ReservedCodeCacheSize=48m",
            "-XX:MinHeapFreeRatio=15", // else a collection leaves the heap two thirds larger than what lives in it
            "-XX:MaxHeapFreeRatio=30",
            "-Xss512k");

    /** It has next to nothing to do, so what a compiler would hold is more than what it would save. */
    private static final List<String> SUPERVISOR_BOUNDS =
            List.of("-Xint", "-XX:MaxMetaspaceSize=48m", "-Xss256k", "-Xms6m", "-Xmn1m", "-XX:-UsePerfData");

    private static final int HEAP_FIRST_MEGABYTES = 32;

    /** Touched from end to end before it is collected, it would grow to a third of the heap. */
    private static final int YOUNG_MEGABYTES_MAX = 16;

    /**
     * Where everybody's requests wait while it is collected, that comes a third as often (ADR 53). The heap has to begin with
     * room for as much again, else no start-up cache fits.
     */
    private static final int YOUNG_MEGABYTES_MUCH_ASKED = 48;

    /** Pieces of bodies on their way: a thousand who hardly read have up to a quarter of a megabyte each. */
    private static final int DIRECT_MEGABYTES = 384;

    /** The quick compiler alone: half of what the other one's code is worth, without its threads, arenas and profiles. */
    private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";

    /** Through it goes every event and every request of every user, so there both compilers pay. */
    private static final Set<Program> MUCH_ASKED = EnumSet.of(Program.GATEWAY);

    private JvmFlags() {}

    /** What a cache depends on besides class path and JDK: a cache that was made under others is not used. */
    static List<String> shape() {
        return List.of(
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow");
    }

    /**
     * How caches are made, and whatever does not live long runs. A cache that both compilers made is as good to load from,
     * but its profiles set the slow one to work while everything starts: half as much processor time again. ADR 22.
     */
    static List<String> brief() {
        List<String> flags = new ArrayList<>(shape());
        flags.add(QUICK_COMPILER);
        return flags;
    }

    /** Uses the cache if it is there and fits, and says nothing if not. */
    static List<String> using(Path cache) {
        return List.of(
                "-XX:AOTCache=" + cache,
                "-XX:+VerifySharedSpaces", // a damaged one is passed over rather than believed
                "-Xlog:disable",
                "-Xlog:all=error:stderr",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:ArchiveRelocationMode=0"); // else every page of it is rewritten, for addresses nobody guesses
    }

    static List<String> of(Program program) {
        return of(program, MUCH_ASKED.contains(program) ? shape() : brief());
    }

    /** A program as it is when its cache is made. */
    static List<String> training(Program program) {
        return of(program, brief());
    }

    private static List<String> of(Program program, List<String> first) {
        List<String> flags = new ArrayList<>(first);
        flags.add("-XX:+ExitOnOutOfMemoryError");
        flags.add("-Dfile.encoding=UTF-8");
        flags.add("-Xmx" + program.heapMegabytes() + "m");
        if (program == Program.GATEWAY) {
            flags.add("-Dreactor.netty.ioWorkerCount=" + eventLoops());
            flags.add("-XX:MaxDirectMemorySize=" + DIRECT_MEGABYTES + "m");
        }
        if (program == Program.SUPERVISOR) {
            flags.addAll(SUPERVISOR_BOUNDS);
        } else {
            flags.addAll(heap(program));
            flags.addAll(BOUNDS);
        }
        return flags;
    }

    private static List<String> heap(Program program) {
        return MUCH_ASKED.contains(program)
                ? List.of("-Xms" + 2 * YOUNG_MEGABYTES_MUCH_ASKED + "m", "-Xmn" + YOUNG_MEGABYTES_MUCH_ASKED + "m")
                : List.of(
                        "-Xms" + Math.min(HEAP_FIRST_MEGABYTES, program.heapMegabytes()) + "m",
                        "-XX:MaxNewSize=" + YOUNG_MEGABYTES_MAX + "m");
    }

    /** Threads that carry traffic: half of the machine's. On two cores a second one brings nothing. */
    private static int eventLoops() {
        return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    }

    /** Eight digits that differ between JDKs and between shapes. */
    static String identity() {
        CRC32 crc = new CRC32();
        for (String part : List.of(
                System.getProperty("java.home", ""),
                System.getProperty("java.vm.version", ""),
                System.getProperty("os.arch", ""),
                brief().toString())) {
            crc.update(part.getBytes(StandardCharsets.UTF_8));
        }
        return "%08x".formatted(crc.getValue());
    }
}
