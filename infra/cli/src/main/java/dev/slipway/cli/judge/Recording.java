package dev.slipway.cli.judge;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.WireJson;
import dev.slipway.validation.simulation.Replay;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;

/** A file of recorded seconds: one JSON object a line, as {@code judge export} writes them. */
public final class Recording {
    private Recording() {}

    /**
     * Runs the judge over it, by the bounds that stand beside its questions.
     *
     * @throws CommandFailed if it cannot be read, with the line
     */
    public static Replay.Result replay(Path file) {
        Replay replay = new Replay();
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    replay.hear(read(file, number, line));
                }
            }
        } catch (IOException unreadable) {
            throw new CommandFailed(
                    ExitCode.USAGE, "cannot read %s as UTF-8 text: is the path right?".formatted(file), unreadable);
        }
        return replay.result();
    }

    private static Replay.Line read(Path file, int number, String line) {
        try {
            return WireJson.mapper().readValue(line, Replay.Line.class);
        } catch (JacksonException wrong) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "%s:%d: is no recorded second (%s): a recording is what ./slipway judge export writes"
                            .formatted(file, number, wrong.getOriginalMessage()),
                    wrong);
        }
    }
}
