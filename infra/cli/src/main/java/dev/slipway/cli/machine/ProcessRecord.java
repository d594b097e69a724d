package dev.slipway.cli.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process that was started, so that it is known again. A pid alone is not enough: the system gives it to others later.
 *
 * @param name such as {@code release-service}
 * @param startedAt as the operating system says it
 * @param port where it listens on 127.0.0.1, 0 for nowhere
 * @param run hash of the run folder that it was started from
 * @param wiring fingerprint of what it was told about its surroundings, empty where nothing depends on it
 */
public record ProcessRecord(
        String name,
        long pid,
        Instant startedAt,
        int port,
        String run,
        @Nullable String wiring) {
    /** The system's boot time, of which start instants are counted, may be told a second apart. */
    private static final Duration START_APART_MAX = Duration.ofSeconds(2);

    ProcessRecord at(int otherPort) {
        return new ProcessRecord(name, pid, startedAt, otherPort, run, wiring);
    }

    /** The process itself, if it still runs. */
    public Optional<ProcessHandle> handle() {
        return running(pid, startedAt);
    }

    /** The process of a pid, if it runs and started when it should have. */
    public static Optional<ProcessHandle> running(long pid, Instant startedAt) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> handle.info()
                        .startInstant()
                        .map(start -> Duration.between(start, startedAt).abs().compareTo(START_APART_MAX) <= 0)
                        .orElse(false))
                .filter(handle -> !ended(handle.pid()));
    }

    /** A process that ended and that nobody has asked how stays listed where the first process of a container does not ask. */
    static boolean ended(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.startsWith("Z", stat.lastIndexOf(')') + 2);
        } catch (IOException notLinux) {
            return false;
        }
    }

    public boolean alive() {
        return handle().isPresent();
    }
}
