package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Stop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The applications that deployment-service runs on this machine, as it has written them down: a folder for each. */
final class TargetRecords {
    private static final String FILE = "process.json";
    /** Read by deployment-service: the end of the process that it names is Slipway's own. */
    private static final String OUR_END = "ended-by-slipway.json";

    /** Written by deployment-service where a policy says how its program is to be ended. */
    private static final String STOP = "stop.json";

    private static final Duration POLITE_MAX = Duration.ofSeconds(20);

    private TargetRecords() {}

    /** What is read of deployment-service's record. */
    private record Target(
            @Nullable String key,
            int port,
            long pid,
            @Nullable Instant startedAt) {}

    /** What is written about a process that Slipway ends. */
    private record OurEnd(long pid, Instant startedAt) {}

    static List<ProcessRecord> alive(Home home) {
        return each(home, folder -> read(folder.resolve(FILE)).filter(ProcessRecord::alive));
    }

    /**
     * Writes beside the record of each application that runs that its end is Slipway's own; to be called before any of them
     * is asked to end. So nobody takes the end for the version's fault, and it is started anew.
     */
    static List<Application> noteOurEnds(Home home) {
        return each(home, folder -> {
            Optional<ProcessRecord> alive = read(folder.resolve(FILE)).filter(ProcessRecord::alive);
            alive.ifPresent(process -> write(home, folder.resolve(OUR_END), process));
            return alive.map(process -> new Application(process, stop(folder)));
        });
    }

    /**
     * An application that runs.
     *
     * @param how it is to be ended
     */
    record Application(ProcessRecord process, Stop how) {}

    /** As its policy says; where it says nothing, or that cannot be read, politely and not for long. */
    private static Stop stop(Path folder) {
        try {
            return WireJson.mapper().readValue(Files.readString(folder.resolve(STOP)), Stop.class);
        } catch (IOException | JacksonException unsaid) {
            return new Stop(Stop.Signal.TERM, POLITE_MAX);
        }
    }

    private static void write(Home home, Path file, ProcessRecord process) {
        try {
            OwnerOnly.write(
                    file, WireJson.mapper().writeValueAsString(new OurEnd(process.pid(), process.startedAt())) + "\n");
        } catch (IOException unwritable) {
            throw home.unwritable(unwritable);
        }
    }

    private static <T> List<T> each(Home home, Function<Path, Optional<T>> look) {
        Path processes = home.targets().resolve("processes");
        if (!Files.isDirectory(processes)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(processes)) {
            return folders.sorted()
                    .flatMap(folder -> look.apply(folder).stream())
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            throw new CommandFailed(
                    ExitCode.FAILED, "cannot read %s: %s".formatted(processes, unreadable.getMessage()), unreadable);
        }
    }

    /** The process that a record names; one that is not there, or was never started, names none. */
    static Optional<ProcessRecord> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            Target target = WireJson.mapper().readValue(Files.readString(file), Target.class);
            return target.pid() <= 0 || target.startedAt() == null
                    ? Optional.empty()
                    : Optional.of(new ProcessRecord(
                            target.key() == null ? "application" : target.key(),
                            target.pid(),
                            target.startedAt(),
                            target.port(),
                            "",
                            ""));
        } catch (IOException | JacksonException unreadable) {
            return Optional.empty();
        }
    }
}
