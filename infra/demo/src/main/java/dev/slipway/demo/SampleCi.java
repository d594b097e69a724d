package dev.slipway.demo;

import dev.slipway.demo.CiResult.Failed;
import dev.slipway.demo.CiResult.Passed;
import dev.slipway.demo.CiResult.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The sample's CI: checks a commit out, compiles it with this JDK, runs its tests with JUnit's console launcher and looks at
 * it with other tools ({@link Examination}), each as a process of its own, and packages an executable jar. Everything is
 * kept under one home folder: {@code runs/SHA} with sources, classes and reports, and {@code artifacts} with the jars, which
 * are never changed once written.
 */
public final class SampleCi {
    private static final Pattern SHA = Pattern.compile("[0-9a-f]{40}");
    private static final int SHA_DIGITS_IN_NAME = 12;

    private final Path home;
    private final CiLimits limits;

    public SampleCi(Path home) {
        this(home, CiLimits.DEFAULT);
    }

    public SampleCi(Path home, CiLimits limits) {
        this.home = home.toAbsolutePath().normalize();
        this.limits = limits;
    }

    /**
     * Runs the CI once. One run at a time for the same home folder.
     *
     * @param sha the full sha of a commit in the repository
     * @throws UncheckedIOException if the repository or the home folder cannot be used; the message says which
     * @throws IllegalStateException without a JDK's compiler, JUnit's console launcher or one of the other tools, or if the commit's sources
     *     name no version
     */
    public CiResult run(Path repository, String sha) {
        if (!SHA.matcher(sha).matches()) {
            throw new IllegalArgumentException("not a full sha: " + sha);
        }
        try {
            RunFolder folder = RunFolder.fresh(home.resolve("runs"), sha, limits.runsKept());
            Map<String, String> files = checkOut(repository, sha);
            folder.write(files);
            return build(versionOf(files, sha), sha, folder);
        } catch (IOException broken) {
            throw new UncheckedIOException(
                    "CI of %s from %s in %s: %s".formatted(sha, repository, home, broken.getMessage()), broken);
        }
    }

    private CiResult build(String version, String sha, RunFolder folder) throws IOException {
        JUnitConsole junit = JUnitConsole.locate(home.resolve("lib"));
        SampleTools tools = SampleTools.in(home.resolve("lib"));
        Optional<String> errors = Compilation.of(folder.mainSources(), folder.classes(), tools.libraries());
        if (errors.isPresent()) {
            return new Failed(Step.COMPILE, tail(errors.get()), List.of());
        }
        List<Path> forTests = new ArrayList<>(List.of(folder.classes(), junit.jar()));
        forTests.addAll(tools.libraries());
        errors = Compilation.of(folder.testSources(), folder.testClasses(), forTests);
        if (errors.isPresent()) {
            return new Failed(Step.COMPILE_TESTS, tail(errors.get()), List.of());
        }
        Examination examination = new Examination(folder, tools, limits);
        Path styled = folder.report("checkstyle.sarif");
        try (ToolProcess style = ToolProcess.start(folder, "the style check", tools.style(folder, styled))) {
            errors = examination.test(junit);
            if (errors.isPresent()) {
                return new Failed(Step.TEST, errors.get(), folder.reportFiles());
            }
            errors = examination.afterTests(style, styled);
        }
        if (errors.isEmpty()) {
            errors = examination.measure();
        }
        if (errors.isPresent()) {
            return new Failed(Step.EXAMINE, tail(errors.get()), folder.reportFiles());
        }
        CiRun run = new CiRun("sample-ci/" + brief(sha), attempt(sha));
        return new Passed(packaged(version, sha, folder, examination.reports(), run));
    }

    /** How often this commit was built here, this time included. */
    private int attempt(String sha) throws IOException {
        Path counts = Files.createDirectories(home.resolve("attempts")).resolve(sha);
        int attempt =
                Files.exists(counts) ? Integer.parseInt(Files.readString(counts).strip()) + 1 : 1;
        Files.writeString(counts, attempt + "\n");
        return attempt;
    }

    private static String brief(String sha) {
        return sha.substring(0, SHA_DIGITS_IN_NAME);
    }

    private Build packaged(String version, String sha, RunFolder folder, List<Report> reports, CiRun run)
            throws IOException {
        Path artifacts = Files.createDirectories(home.resolve("artifacts"));
        String name = "hello-%s-%s.jar".formatted(version, brief(sha));
        Path jar = artifacts.resolve(name);
        String digest = ExecutableJar.write(folder.classes(), SampleSources.MAIN_CLASS, version, jar);
        return new Build(version, sha, jar, jar.toUri(), digest, reports, run);
    }

    private static Map<String, String> checkOut(Path repository, String sha) throws IOException {
        return GitFiles.at(repository).read(sha);
    }

    private static String versionOf(Map<String, String> files, String sha) {
        @Nullable String version = SampleSources.versionOf(files);
        if (version == null) {
            throw new IllegalStateException("%s names no version in %s".formatted(sha, SampleSources.VERSION_FILE));
        }
        return version;
    }

    private String tail(String output) {
        return output.substring(Math.max(0, output.length() - limits.outputBytesMax()));
    }
}
