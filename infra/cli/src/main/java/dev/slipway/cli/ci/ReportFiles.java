package dev.slipway.cli.ci;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files that someone means: files, folders of reports, patterns that no shell has spelled out. */
public final class ReportFiles {
    private static final int FILES_MAX = 500;
    private static final int DEPTH_MAX = 8;
    private static final long BYTES_MAX = 64L << 20;

    private ReportFiles() {}

    /**
     * All files, each once, in the order of the arguments and of their names.
     *
     * @param named relative to the folder or absolute; a folder stands for the XML files in it
     */
    public static List<Path> of(List<String> named, Path folder) {
        List<Path> files = named.stream()
                .flatMap(each -> meant(each, folder).stream())
                .distinct()
                .toList();
        if (files.size() > FILES_MAX) {
            throw new CommandFailed(
                    ExitCode.USAGE, "%d files are more than %d: push them in parts".formatted(files.size(), FILES_MAX));
        }
        return files;
    }

    private static List<Path> meant(String named, Path folder) {
        Path path = folder.resolve(named).normalize();
        if (Files.isRegularFile(path)) {
            return List.of(path);
        }
        int wildcard = wildcard(named);
        if (wildcard < 0 && !Files.isDirectory(path)) {
            throw new CommandFailed(
                    ExitCode.USAGE, "there is no file %s: run the tests first, or give the right path".formatted(path));
        }
        int split = wildcard < 0 ? 0 : named.lastIndexOf('/', wildcard) + 1;
        Path from = wildcard < 0 ? path : folder.resolve(named.substring(0, split));
        List<Path> found = walk(from, wildcard < 0 ? "**.xml" : named.substring(split));
        if (found.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "no report was found at %s: run the tests first, or give the right path".formatted(path));
        }
        return found;
    }

    private static int wildcard(String named) {
        int star = named.indexOf('*');
        int mark = named.indexOf('?');
        return star < 0 || mark < 0 ? Math.max(star, mark) : Math.min(star, mark);
    }

    private static List<Path> walk(Path from, String glob) {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        List<Path> found = new ArrayList<>();
        try (Stream<Path> all = Files.walk(from, DEPTH_MAX)) {
            all.filter(file -> matcher.matches(from.relativize(file)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .forEach(found::add);
        } catch (IOException unreadable) {
            throw new CommandFailed(
                    ExitCode.USAGE, "cannot look into %s: is the path right?".formatted(from), unreadable);
        }
        return found;
    }

    public static byte[] content(Path file) {
        try {
            if (Files.size(file) > BYTES_MAX) {
                throw new CommandFailed(ExitCode.USAGE, "%s is larger than 64 MiB: no report is".formatted(file));
            }
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new CommandFailed(ExitCode.USAGE, "cannot read %s: is it yours to read?".formatted(file), unreadable);
        }
    }
}
