package dev.slipway.cli.ci;

import dev.slipway.cli.shell.Deadline;
import dev.slipway.cli.shell.Shell;
import dev.slipway.platform.Pace;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One run of a test command, and the reports that it wrote. The command is a list and sees no shell, but its output as its
 * own; it gets the environment without Slipway's tokens. What lay there before and was not written again is not its report.
 */
public final class TestRun {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int LOOKS_ALIKE = 2;
    /** What a command that has ended said last is passed on within this time. */
    private static final Duration ECHOED_WITHIN = Duration.ofSeconds(1);

    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;
    private static final String PRIVATE = "SLIPWAY_TOKEN_";

    /** Where nobody's reports are. */
    private static final Set<String> PASSED_BY =
            Set.of(".git", "node_modules", ".venv", "venv", ".tox", ".gradle", ".m2");

    private final Path folder;
    private final List<String> patterns;
    private final boolean named;
    private final @Nullable String kind;

    /**
     * How the command ended.
     *
     * @param trouble why it could not be started, or null
     * @param reports that it wrote or changed, by their names
     * @param untouched how many lie there from before
     */
    public record Outcome(int exit, @Nullable String trouble, ReportFiles reports, int untouched) {}

    /** What is known of a file without reading it. */
    private record Stamp(
            FileTime modified, long bytes, @Nullable Object key) {}

    /**
     * @param patterns of the reports, or none for where the usual tools write
     * @param kind of the reports, or null for what each is
     */
    public TestRun(Path folder, List<String> patterns, @Nullable String kind) {
        this.folder = folder;
        this.patterns = patterns.isEmpty() ? WrittenWhere.patterns(kind) : List.copyOf(patterns);
        this.named = !patterns.isEmpty();
        this.kind = kind;
    }

    /**
     * Runs the command to its end, then waits for what is still being written: some tools end before their report does.
     *
     * @param aside whether the command's output goes to the error stream, as the answer is on the other
     * @param settle how long at most
     */
    public Outcome of(List<String> command, Shell shell, boolean aside, Duration settle) {
        Map<Path, Stamp> before = look();
        int exit;
        @Nullable String trouble = null;
        try {
            exit = run(command, shell, aside);
        } catch (IOException notStarted) {
            boolean there = String.valueOf(notStarted.getMessage()).contains("error=13");
            exit = there ? NOT_EXECUTABLE : NOT_FOUND;
            trouble = "cannot run %s: %s"
                    .formatted(command.getFirst(), there ? "it may not be executed" : "there is no such program");
        }
        Map<Path, Stamp> written = trouble == null ? settled(before, settle) : Map.of();
        return new Outcome(
                exit,
                trouble,
                ReportFiles.found(List.copyOf(written.keySet()), folder),
                before.size() - again(before, written));
    }

    private static int again(Map<Path, Stamp> before, Map<Path, Stamp> written) {
        return (int) written.keySet().stream().filter(before::containsKey).count();
    }

    private int run(List<String> command, Shell shell, boolean aside) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith(PRIVATE));
        boolean direct = shell.out().equals(System.out); // a terminal stays one
        builder.redirectInput(direct ? Redirect.INHERIT : Redirect.from(new File("/dev/null")));
        builder.redirectOutput(direct && !aside ? Redirect.INHERIT : Redirect.PIPE);
        builder.redirectError(direct ? Redirect.INHERIT : Redirect.PIPE);
        Process process = builder.start();
        Thread end = Thread.ofPlatform().unstarted(process::destroy);
        Runtime.getRuntime().addShutdownHook(end);
        try {
            Thread output = pump(process.getInputStream(), aside ? shell.err() : shell.out());
            Thread errors = pump(process.getErrorStream(), shell.err());
            int exit = process.waitFor();
            Duration rest = Pace.patience(ECHOED_WITHIN); // whoever outlives it may hold them open
            output.join(rest);
            errors.join(rest);
            return exit;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroy();
            throw new UncheckedIOException(new IOException("interrupted while the command ran", interrupted));
        } finally {
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    private static Thread pump(InputStream from, OutputStream to) {
        return Thread.ofVirtual().start(() -> {
            try {
                from.transferTo(to);
                to.flush();
            } catch (IOException ended) {
                // the command is gone, or nobody listens any more
            }
        });
    }

    /** Waits until all that was written is whole and stays as it is; where nothing comes, less long. */
    private Map<Path, Stamp> settled(Map<Path, Stamp> before, Duration settle) {
        Deadline deadline = Deadline.in(settle);
        Deadline any = Deadline.in(settle.dividedBy(4));
        Map<Path, Stamp> last = written(before);
        int alike = 1;
        while (!deadline.passed() && !(last.isEmpty() && any.passed())) {
            if (!last.isEmpty()
                    && alike >= LOOKS_ALIKE
                    && last.keySet().stream().allMatch(this::isWhole)) {
                break;
            }
            Deadline.pause(LOOK_EVERY);
            Map<Path, Stamp> now = written(before);
            alike = now.equals(last) ? alike + 1 : 1;
            last = now;
        }
        return last;
    }

    private boolean isWhole(Path file) {
        try {
            return Sorting.isWhole(Files.readAllBytes(file), kind);
        } catch (IOException gone) {
            return false;
        }
    }

    private Map<Path, Stamp> written(Map<Path, Stamp> before) {
        Map<Path, Stamp> now = look();
        now.entrySet().removeIf(file -> Objects.equals(before.get(file.getKey()), file.getValue()));
        return now;
    }

    private Map<Path, Stamp> look() {
        Map<Path, Stamp> files = new TreeMap<>();
        List<Glob> globs = new ArrayList<>();
        for (String pattern : patterns) {
            Path path = folder.resolve(pattern).normalize();
            if (Files.isRegularFile(path)) {
                stamp(path, files);
            }
            globs.add(
                    Files.isDirectory(path)
                            ? Glob.anyCase(path, ReportFiles.ofAFolder(kind))
                            : named ? Glob.of(pattern, folder) : Glob.anyCase(folder, pattern));
        }
        Map<Path, List<Glob>> byFolder = new HashMap<>();
        globs.stream()
                .filter(Glob::wild)
                .forEach(glob -> byFolder.computeIfAbsent(glob.from(), _ -> new ArrayList<>())
                        .add(glob));
        byFolder.forEach((from, all) -> ReportWalk.of(from, PASSED_BY, TestRun::passedBy).stream()
                .filter(file -> all.stream().anyMatch(glob -> glob.matches(file)))
                .forEach(file -> stamp(file, files)));
        return files;
    }

    private static void passedBy(Path folder, IOException unreadable) {
        // other people's: a report that is not found is missing, and missing is no pass
    }

    private static void stamp(Path file, Map<Path, Stamp> files) {
        try {
            BasicFileAttributes known = Files.readAttributes(file, BasicFileAttributes.class);
            files.put(file, new Stamp(known.lastModifiedTime(), known.size(), known.fileKey()));
        } catch (IOException gone) {
            // between two looks
        }
    }
}
