package dev.slipway.deployment.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** This machine's processes. A pid alone names nothing, as pids are used again: pid and start instant do. */
final class ProcessTable {
    /** The instant is computed from ticks since boot, and the boot time may be corrected by a second. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    private static final Path PROC = Path.of("/proc");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private static final long FIRST_PROCESS = 1;

    /** proc(5), field 22 of stat, counted from the state, which is field 3. */
    private static final int START_TICKS = 19;

    private ProcessTable() {}

    /**
     * The process of this pid, if it is still the one that was recorded.
     *
     * @param birth from {@link #birth}, which a step of the wall clock does not move; where it is null the start instant
     *     decides
     */
    static Optional<ProcessHandle> find(long pid, @Nullable Instant startedAt, @Nullable String birth) {
        return startedAt == null
                ? Optional.empty()
                : ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .filter(handle -> !zombie(handle.pid()))
                        .filter(handle -> birth == null
                                ? handle.info()
                                        .startInstant()
                                        .filter(start -> near(start, startedAt))
                                        .isPresent()
                                : birth.equals(birth(pid)));
    }

    /** Boot of this machine and ticks since then at which a process started; null if the system does not say. */
    static @Nullable String birth(long pid) {
        try {
            String boot = Files.readString(BOOT).strip();
            String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return fields.length > START_TICKS ? boot + ":" + fields[START_TICKS] : null;
        } catch (IOException noProc) {
            return null;
        }
    }

    /** Whether what was born then ended with its machine: that was started again since, or the container around it. */
    static boolean beforeThisMachine(@Nullable String birth) {
        @Nullable String first = birth(FIRST_PROCESS);
        if (birth == null || first == null) {
            return false;
        }
        String[] born = birth.split(":", 2);
        String[] up = first.split(":", 2);
        return !born[0].equals(up[0]) || Long.parseLong(born[1]) < Long.parseLong(up[1]);
    }

    /**
     * What was started since then in this directory, or writes to a file beside it (what is unpacked is started in a folder
     * that others share); found where a crash kept its pid from being recorded. Of several the first is the program.
     */
    static Optional<ProcessHandle> startedIn(Path workDirectory, String artifact, Instant since) {
        Instant from = since.minus(START_TOLERANCE);
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(handle -> handle.info()
                            .startInstant()
                            .filter(start -> start.isAfter(from))
                            .isPresent())
                    .filter(handle -> !zombie(handle.pid()))
                    .filter(handle -> worksIn(handle, workDirectory, artifact))
                    .min(Comparator.comparing((ProcessHandle handle) ->
                                    handle.info().startInstant().orElse(Instant.MAX))
                            .thenComparingLong(ProcessHandle::pid));
        }
    }

    private static boolean worksIn(ProcessHandle handle, Path workDirectory, String artifact) {
        if (!Files.isDirectory(PROC)) {
            return handle.info()
                    .commandLine()
                    .filter(line -> line.contains(artifact))
                    .isPresent();
        }
        try {
            Path process = PROC.resolve(Long.toString(handle.pid()));
            Path work = workDirectory.toRealPath();
            return Files.readSymbolicLink(process.resolve("cwd")).equals(work)
                    || Files.readSymbolicLink(process.resolve("fd/1"))
                            .startsWith(work.resolveSibling("").normalize());
        } catch (IOException | RuntimeException gone) {
            return false; // it has ended, or is another user's
        }
    }

    /** Ended, but nobody has asked how; such a process serves nothing. */
    static boolean zombie(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(Long.toString(pid)).resolve("stat"));
            int state = stat.lastIndexOf(')') + 2;
            return state < stat.length() && (stat.charAt(state) == 'Z' || stat.charAt(state) == 'X');
        } catch (IOException noProc) {
            return false;
        }
    }

    private static boolean near(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(START_TOLERANCE) <= 0;
    }
}
