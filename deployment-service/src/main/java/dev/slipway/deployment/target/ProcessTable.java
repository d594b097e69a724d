package dev.slipway.deployment.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** This machine's processes. A pid alone names nothing, as pids are used again: pid and start instant do. */
final class ProcessTable {
    /** The instant is computed from ticks since boot, and the boot time may be corrected by a second. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(2);

    private static final Path PROC = Path.of("/proc");

    private ProcessTable() {}

    static Optional<ProcessHandle> find(long pid, Instant startedAt) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> !zombie(handle.pid()))
                .filter(handle -> handle.info()
                        .startInstant()
                        .filter(start -> near(start, startedAt))
                        .isPresent());
    }

    /** What was started in this directory since then; found where a crash kept its pid from being recorded. */
    static Optional<ProcessHandle> startedIn(Path workDirectory, String artifact, Instant since) {
        Instant from = since.minus(START_TOLERANCE);
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(handle -> handle.info()
                            .startInstant()
                            .filter(start -> start.isAfter(from))
                            .isPresent())
                    .filter(handle -> !zombie(handle.pid()))
                    .filter(handle -> worksIn(handle, workDirectory, artifact))
                    .findFirst();
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
            Path cwd = Files.readSymbolicLink(
                    PROC.resolve(Long.toString(handle.pid())).resolve("cwd"));
            return cwd.equals(workDirectory.toRealPath());
        } catch (IOException | RuntimeException gone) {
            return false; // it has ended, or is another user's
        }
    }

    /** Ended, but nobody has asked how; such a process serves nothing. */
    private static boolean zombie(long pid) {
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
