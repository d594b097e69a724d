package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A record in a file of its own, only for its owner. Whoever reads sees the old content or the new, never half of it. */
final class JsonFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonFile() {}

    static <T> Optional<T> read(Path file, Class<T> type) {
        try {
            return Optional.of(JSON.readValue(Files.readString(file), type));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException | JacksonException unreadable) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "%s cannot be read: end what it names, remove it, and start again with ./slipway up"
                            .formatted(file),
                    unreadable);
        }
    }

    static void write(Home home, Path file, Object content) {
        try {
            OwnerOnly.write(file, JSON.writeValueAsString(content) + "\n");
        } catch (IOException unwritable) {
            throw home.unwritable(unwritable);
        }
    }
}
