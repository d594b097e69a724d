package dev.slipway.cli.ci;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.validation.evidence.EvidenceFiles;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.JUnitReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files that someone means: files, folders of reports, patterns that no shell has spelled out. Those that lie in folders
 * or match patterns may be something else and are looked at; a file that was named is meant.
 */
public final class ReportFiles implements EvidenceFiles {
    private static final int FILES_MAX = 500;
    private static final long BYTES_MAX = 64L << 20;
    /** What a folder stands for: the endings that only reports and data have, in capital or small letters. */
    private static final String OF_A_FOLDER = "**/*.{xml,json,sarif,trx,info}";

    private static final String TESTS = "**/*.{xml,trx}";

    private final Path folder;
    private final Map<Path, Boolean> named;

    private ReportFiles(Path folder, Map<Path, Boolean> named) {
        this.folder = folder;
        this.named = named;
    }

    /**
     * All files, each once, in the order of the arguments and of their names.
     *
     * @param arguments relative to the folder or absolute; a folder stands for the files in it that end as reports do
     */
    public static ReportFiles of(List<String> arguments, Path folder) {
        return of(arguments, folder, null);
    }

    /**
     * The same of a kind.
     *
     * @param kind which they are, or null
     */
    public static ReportFiles of(List<String> arguments, Path folder, @Nullable String kind) {
        String ofAFolder = ofAFolder(kind);
        Map<Path, Boolean> files = new LinkedHashMap<>();
        for (String argument : arguments) {
            Path path = folder.resolve(argument).normalize();
            if (Files.isRegularFile(path)) {
                files.put(path, true);
            } else {
                meant(argument, path, folder, ofAFolder).forEach(file -> files.putIfAbsent(file, false));
            }
        }
        if (files.size() > FILES_MAX) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "%d files are more than %d: push a suite at a time, or one report that merges them"
                            .formatted(files.size(), FILES_MAX));
        }
        return new ReportFiles(folder, files);
    }

    static String ofAFolder(@Nullable String kind) {
        return JUnitReader.KIND.equals(kind) ? TESTS : OF_A_FOLDER;
    }

    /** Files that were found, none of which was named. */
    static ReportFiles found(List<Path> found, Path folder) {
        Map<Path, Boolean> files = new LinkedHashMap<>();
        found.forEach(file -> files.put(file, false));
        return new ReportFiles(folder, files);
    }

    /** The same place without any. */
    public ReportFiles none() {
        return new ReportFiles(folder, Map.of());
    }

    public List<Path> paths() {
        return List.copyOf(named.keySet());
    }

    @Override
    public void each(Visitor visitor) throws UnreadableEvidence {
        for (Map.Entry<Path, Boolean> file : named.entrySet()) {
            visitor.visit(shown(file.getKey()), file.getValue(), content(file.getKey()));
        }
    }

    private String shown(Path file) {
        String path = (file.startsWith(folder) ? folder.relativize(file) : file).toString();
        return path.replace(File.separatorChar, '/');
    }

    private static List<Path> meant(String argument, Path path, Path folder, String ofAFolder) {
        Glob glob = Files.isDirectory(path) ? Glob.anyCase(path, ofAFolder) : Glob.of(argument, folder);
        if (!glob.wild()) {
            throw new CommandFailed(
                    ExitCode.USAGE, "there is no file %s: run the tests first, or give the right path".formatted(path));
        }
        List<Path> found = matching(glob);
        if (found.isEmpty()) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "no report was found at %s: run the tests first, or give the right path".formatted(path));
        }
        return found;
    }

    /** What cannot be looked into is never left out silently. */
    private static List<Path> matching(Glob glob) {
        return ReportWalk.of(glob.from(), Set.of(), ReportFiles::refuse).stream()
                .filter(glob::matches)
                .toList();
    }

    private static void refuse(Path file, IOException trouble) {
        throw new CommandFailed(
                ExitCode.USAGE,
                "cannot look into %s (%s): name a folder nearer to the reports".formatted(file, trouble.getMessage()),
                trouble);
    }

    static byte[] content(Path file) {
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
