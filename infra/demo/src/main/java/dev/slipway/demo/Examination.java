package dev.slipway.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the sample's CI finds out about a commit beside compiling it: whether its tests pass, how much of it they reach
 * (JaCoCo), what stands out in its sources (Checkstyle, while the tests run), of which parts it is made (CycloneDX, from
 * its pom), and how long a greeting takes (JMH, when nothing else of the CI runs). What these tools say is for the policy's
 * gates to judge; a tool that says nothing has failed.
 */
final class Examination {
    private static final String UNIT = "unit";

    private final RunFolder folder;
    private final SampleTools tools;
    private final CiLimits limits;
    private final List<Report> reports = new ArrayList<>();

    Examination(RunFolder folder, SampleTools tools, CiLimits limits) {
        this.folder = folder;
        this.tools = tools;
        this.limits = limits;
    }

    /** What was reported until now. */
    List<Report> reports() {
        return List.copyOf(reports);
    }

    /** Runs the tests; what they printed, if they did not all pass in time. */
    Optional<String> test(JUnitConsole junit) throws IOException {
        List<String> arguments = junit.arguments(folder, tools.libraries(), tools.recordingTo(folder.reached()));
        try (ToolProcess tests = ToolProcess.start(folder, "the tests", arguments)) {
            ToolProcess.Ended ended = tests.ended(limits);
            for (Path report : folder.reportFiles()) {
                reports.add(new Report("junit", UNIT, report, ended.exit()));
            }
            if (ended.exit() == 0 && reports.isEmpty()) {
                return Optional.of("the tests left no report");
            }
            return ended.output();
        }
    }

    /** What a tool printed that left no report, if there is one. */
    Optional<String> afterTests(ToolProcess style, Path styled) throws IOException {
        Optional<String> trouble = reported(style, "sarif", styled);
        if (trouble.isEmpty()) {
            Path covered = folder.report("jacoco.xml");
            trouble = run("the coverage report", tools.coverage(folder, covered), "jacoco", covered);
        }
        if (trouble.isEmpty()) {
            reports.add(new Report("cyclonedx", null, folder.root().resolve(SampleSources.PARTS_FILE), null));
        }
        return trouble;
    }

    /** Compiles the benchmarks and runs them; what was printed, if there is no report. */
    Optional<String> measure() throws IOException {
        Optional<String> errors = Compilation.ofBenchmarks(folder, tools);
        if (errors.isPresent()) {
            return errors;
        }
        Path measured = folder.report("jmh-result.json");
        return run("the benchmark", tools.benchmark(folder, measured), "jmh", measured);
    }

    private Optional<String> run(String name, List<String> arguments, String kind, Path report) throws IOException {
        try (ToolProcess tool = ToolProcess.start(folder, name, arguments)) {
            return reported(tool, kind, report);
        }
    }

    private Optional<String> reported(ToolProcess tool, String kind, Path report) throws IOException {
        ToolProcess.Ended ended = tool.ended(limits);
        if (!Files.isRegularFile(report) || Files.size(report) == 0) {
            return Optional.of("%s left no report: %s".formatted(tool.name(), tool.tail(limits)));
        }
        reports.add(new Report(kind, null, report, ended.exit()));
        return Optional.empty();
    }
}
