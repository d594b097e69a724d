package dev.slipway.cli.release;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.cli.shell.Shell;
import dev.slipway.contracts.release.NotesEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a person says in the notes of a release: of a file, or of an editor. */
public final class NotesText {
    /** A character of UTF-8 has at most four bytes. */
    private static final long BYTES_MAX = 4L * NotesEdit.TEXT_CHARACTERS_MAX;

    private NotesText() {}

    /** @throws CommandFailed if it cannot be read, is too long or says nothing */
    public static String of(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new CommandFailed(
                        ExitCode.USAGE,
                        "%s is too long: notes take %,d characters".formatted(file, NotesEdit.TEXT_CHARACTERS_MAX));
            }
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new CommandFailed(ExitCode.USAGE, "%s says nothing, so nothing was changed".formatted(file));
            }
            return text;
        } catch (IOException unreadable) {
            throw new CommandFailed(
                    ExitCode.USAGE, "cannot read %s as UTF-8 text: is the path right?".formatted(file), unreadable);
        }
    }

    /**
     * What the person's own editor leaves.
     *
     * @throws CommandFailed if none is named, or it ends with an error; then nothing was changed
     */
    public static String edited(String before, Shell shell) {
        String editor = shell.variable("VISUAL")
                .or(() -> shell.variable("EDITOR"))
                .orElseThrow(() -> new CommandFailed(
                        ExitCode.USAGE, "--edit needs VISUAL or EDITOR to name a program; --file FILE takes a file"));
        try {
            Path draft = Files.createTempFile("slipway-notes-", ".txt");
            try {
                Files.writeString(draft, before);
                List<String> command = new ArrayList<>(List.of(editor.strip().split("\\s+")));
                command.add(draft.toString());
                int status = new ProcessBuilder(command).inheritIO().start().waitFor();
                if (status != 0) {
                    throw new CommandFailed(
                            ExitCode.FAILED, "%s ended with %d, so nothing was changed".formatted(editor, status));
                }
                return of(draft);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException broken) {
            throw new CommandFailed(
                    ExitCode.USAGE, "%s cannot be run: %s".formatted(editor, broken.getMessage()), broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(ExitCode.FAILED, "interrupted, so nothing was changed", stopped);
        }
    }
}
