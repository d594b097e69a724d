package dev.slipway.cli.first;

import dev.slipway.contracts.policy.EvidenceKinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which reports beside those of tests the build of a folder makes, by what its build files name, and gates for them. */
public final class MadeByTheBuild {
    private static final long BYTES_MAX = 1 << 20;
    private static final List<String> BUILDS = List.of(
            "pom.xml",
            "build.gradle",
            "build.gradle.kts",
            "package.json",
            "pyproject.toml",
            "setup.cfg",
            "requirements-dev.txt",
            "Makefile",
            ".gitlab-ci.yml");
    private static final String WORKFLOWS = ".github/workflows";
    /** What a tool has to say of its own run: it could not look, or passed something over. */
    private static final List<String> TROUBLE = List.of("tool.errors", "tool.warnings");
    /** Facts against the last verified release: the first one is recorded. */
    private static final String COMPARED = "baseline.";

    /**
     * One kind.
     *
     * @param names of which the build files name one
     * @param rule what its gate asks for, beside that the tool itself had no trouble; that its run succeeded where the build's own
     *     command writes the report, which looks the better the less of the run there was
     */
    private record Made(String kind, String id, String guide, List<String> names, String rule, String comment) {}

    private static final List<Made> KNOWN = List.of(
            new Made(
                    "sarif",
                    "static-analysis",
                    "Static analysis",
                    List.of("sarif", "semgrep", "bandit", "golangci-lint"),
                    "findings.error: 0",
                    "What the scanner of the build found: ./slipway evidence push scan.sarif --exit STATUS"),
            new Made(
                    "jacoco",
                    "coverage",
                    "Test coverage",
                    List.of("jacoco"),
                    "run.exit: 0, coverage.lines: \">= 1%\"",
                    """
                    Raise the limit to what you have: ./slipway evidence read target/site/jacoco/jacoco.xml tells it. What does not
                      # compile or ends early is not counted and raises it, so its run must have succeeded:
                      # ./slipway evidence run -- COMMAND, or ./slipway evidence push target/site/jacoco/jacoco.xml --exit STATUS"""),
            new Made(
                    "cyclonedx",
                    "parts-list",
                    "Parts list (SBOM)",
                    List.of("cyclonedx"),
                    "components.total: \">= 1\"",
                    "What it is made of: ./slipway evidence push target/bom.json"),
            new Made(
                    "jmh",
                    "benchmarks",
                    "Benchmarks",
                    List.of("jmh-core", "me.champeau.jmh"),
                    "run.exit: 0, benchmark.count: \">= 1\", baseline.worse: 0, baseline.missing: 0",
                    """
                    No slower than the last verified release; 20 measured iterations of each are good, fewer than 5 tell nothing.
                      # JMH leaves out a benchmark that throws; -foe true ends the run with an error then:
                      # ./slipway evidence push jmh-result.json --exit STATUS"""));

    private MadeByTheBuild() {}

    /** The kinds that the build files name and that are read here. */
    public static List<String> kinds(Path folder) {
        String text = text(folder);
        return KNOWN.stream()
                .filter(made -> EvidenceKinds.shipped().of(made.kind()).isPresent())
                .filter(made -> made.names().stream().anyMatch(text::contains))
                .map(Made::kind)
                .toList();
    }

    /** One gate for each, as lines of a policy. */
    static String gates(List<String> kinds) {
        return KNOWN.stream()
                .filter(made -> kinds.contains(made.kind()))
                .map(MadeByTheBuild::gate)
                .collect(Collectors.joining());
    }

    private static String gate(Made made) {
        String trouble = TROUBLE.stream()
                .filter(fact -> EvidenceKinds.shipped()
                        .of(made.kind())
                        .filter(names -> names.knows(fact))
                        .isPresent())
                .map(fact -> ", " + fact + ": 0")
                .collect(Collectors.joining());
        return """
              # %s
              - {id: %s, guide: "%s", stage: pre-release, evidence: %s,%s
                 rule: {%s%s}, within: 30m}
            """.formatted(
                        made.comment(),
                        made.id(),
                        made.guide(),
                        made.kind(),
                        made.rule().contains(COMPARED) ? " baseline: record," : "",
                        made.rule(),
                        trouble);
    }

    private static String text(Path folder) {
        List<Path> files = new ArrayList<>(BUILDS.stream().map(folder::resolve).toList());
        try (Stream<Path> workflows =
                Files.isDirectory(folder.resolve(WORKFLOWS)) ? Files.list(folder.resolve(WORKFLOWS)) : Stream.empty()) {
            workflows
                    .filter(file -> file.toString().matches(".*\\.ya?ml"))
                    .sorted()
                    .forEach(files::add);
        } catch (IOException unreadable) {
            // what cannot be looked at asks for nothing
        }
        return files.stream().map(MadeByTheBuild::content).collect(Collectors.joining("\n"));
    }

    private static String content(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= BYTES_MAX
                    ? Files.readString(file).toLowerCase(Locale.ROOT)
                    : "";
        } catch (IOException noText) {
            return "";
        }
    }
}
