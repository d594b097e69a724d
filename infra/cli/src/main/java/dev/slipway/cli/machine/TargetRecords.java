package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.WireJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** The applications that deployment-service runs on this machine, as it has written them down: a folder for each. */
final class TargetRecords {
    private static final String FILE = "process.json";

    private TargetRecords() {}

    /** What is read of deployment-service's record. */
    private record Target(
            @Nullable String key,
            int port,
            long pid,
            @Nullable Instant startedAt) {}

    static List<ProcessRecord> alive(Home home) {
        Path processes = home.targets().resolve("processes");
        if (!Files.isDirectory(processes)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(processes)) {
            return folders.sorted()
                    .flatMap(folder -> read(folder.resolve(FILE)).stream())
                    .filter(ProcessRecord::alive)
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
