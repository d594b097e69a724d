package dev.slipway.cli;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.release.AnswerFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A file that is to stand with an answer, read before anything of it is sent. */
record AttachedFile(String name, byte[] content) {
    /** As much as a gateway lets through by itself. */
    static final long BYTES_MAX = 8L << 20;

    /**
     * All of them, or none.
     *
     * @throws CommandFailed if there are too many, two have the same name, or one cannot be sent; it says which, and what helps
     */
    static List<AttachedFile> all(List<Path> files) {
        if (files.size() > AnswerFile.FILES_MAX) {
            throw wrong("an answer has at most %d files, not %d: put more into one, or behind a --link"
                    .formatted(AnswerFile.FILES_MAX, files.size()));
        }
        Set<String> names = new HashSet<>();
        for (Path file : files) {
            if (!names.add(name(file))) {
                throw wrong("two files are called %s: each takes a name of its own".formatted(name(file)));
            }
        }
        return files.stream().map(AttachedFile::read).toList();
    }

    private static AttachedFile read(Path file) {
        String name = name(file);
        if (!AnswerFile.isName(name)) {
            throw wrong("a file is not called %s: 1 to %d characters on one line"
                    .formatted(name, AnswerFile.NAME_CHARACTERS_MAX));
        }
        try {
            long bytes = Files.size(file);
            if (!Files.isRegularFile(file) || bytes == 0 || bytes > BYTES_MAX) {
                throw wrong("%s is no file of 1 byte to %d MB: put a larger one behind a --link"
                        .formatted(file, BYTES_MAX >> 20));
            }
            return new AttachedFile(name, Files.readAllBytes(file));
        } catch (IOException unreadable) {
            throw new CommandFailed(ExitCode.USAGE, "%s cannot be read: name a file".formatted(file), unreadable);
        }
    }

    private static String name(Path file) {
        Path last = file.getFileName();
        return last == null ? "" : last.toString();
    }

    private static CommandFailed wrong(String what) {
        return new CommandFailed(ExitCode.USAGE, what);
    }
}
