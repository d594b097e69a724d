package dev.slipway.validation.evidence;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What well-known tools write that no reader reads, and what to ask them for instead. For people alone: whoever brings one
 * of these is told a way on, and nothing that counts rests on it.
 */
final class OtherTools {
    private static final int MEMBERS_MAX = 12;
    private static final int TEXT_BYTES_MAX = 8_192;
    private static final String BY_HAND = "hand in its numbers as kind facts (slipway facts NAME=VALUE)";
    private static final String PYLINT =
            "pylint's own format; ask it for SARIF (--output-format=sarif), else " + BY_HAND;

    /**
     * JSON of a tool, by names that stand at its beginning. Of lines of JSON the first is looked at.
     *
     * @param list whether they stand in the first element of a list
     */
    private record Json(boolean list, Set<String> members, String called) {
        boolean is(ReportJson.Beginning beginning) {
            return list == beginning.list() && beginning.members().keySet().containsAll(members);
        }
    }

    /** Text of a tool, by something in its first lines. */
    private record Text(Pattern sign, String called) {}

    private static final List<Json> JSON = List.of(
            object("artillery's own format; " + BY_HAND, "aggregate", "intermediate"),
            list(PYLINT, "symbol", "message-id", "path"),
            object(PYLINT, "messages", "statistics"),
            list("ESLint's own format; ask it for SARIF or JUnit XML (a formatter)", "filePath", "messages"),
            object("mypy's own format; ask it for JUnit XML (--junit-xml FILE)", "file", "message", "severity"),
            object("messages of Cargo; pipe them through clippy-sarif for SARIF", "reason", "package_id"),
            object("events of go test; ask gotestsum for JUnit XML (--junitfile FILE)", "Action", "Package"),
            object("events of go test; ask gotestsum for JUnit XML (--junitfile FILE)", "ImportPath", "Action"),
            object(
                    "npm audit's own format, which offline is empty; scan what npm sbom writes (grype, trivy, osv-scanner),"
                            + " and hand that in as CycloneDX",
                    "auditReportVersion",
                    "vulnerabilities"),
            object(
                    "pip-audit's own format; ask it for CycloneDX (--format cyclonedx-json), with --strict: packages that"
                            + " it does not find are left out",
                    "dependencies",
                    "fixes"),
            object("semgrep's own format; ask it for SARIF (--sarif)", "results", "errors", "paths"),
            object(
                    "trivy's own format; ask it for SARIF or CycloneDX (--format sarif, --format cyclonedx)",
                    "SchemaVersion",
                    "ArtifactName"),
            object("grype's own format; ask it for CycloneDX or SARIF (-o cyclonedx-json)", "matches", "descriptor"),
            object(
                    "syft's own format; ask it for CycloneDX or SPDX (-o cyclonedx-json)",
                    "artifacts",
                    "artifactRelationships"),
            object("gosec's own format; ask it for SARIF (-fmt sarif)", "Golang errors", "Issues"),
            object("bandit's own format; ask it for SARIF (-f sarif)", "errors", "generated_at"),
            list("gitleaks' own format; ask it for SARIF (--report-format sarif)", "RuleID", "StartLine"),
            object("checkov's own format; ask it for SARIF (-o sarif)", "check_type", "results"),
            list("checkov's own format; ask it for SARIF (-o sarif)", "check_type", "results"),
            object(
                    "the own format of jest and Vitest; ask for JUnit XML (jest-junit, --reporter=junit)",
                    "numFailedTests",
                    "numPassedTests"),
            object("Playwright's own format; ask it for JUnit XML (--reporter=junit)", "config", "suites"),
            list("Cucumber's own format; ask it for JUnit XML (--plugin junit:FILE)", "elements", "keyword"));

    private static final List<Text> TEXT = List.of(
            new Text(Pattern.compile("^\\*{13} Module \\S", Pattern.MULTILINE), PYLINT),
            new Text(
                    Pattern.compile("^Bombarding \\S"),
                    "bombardier's text; ask it for JSON (-p r -o json, and -l for percentiles)"),
            new Text(
                    Pattern.compile("^name +old \\S+/op|\u2502 +\\S+/op +vs base", Pattern.MULTILINE),
                    "a comparison by benchstat, whatever it found it ends well; hand in what go test -bench printed (kind"
                            + " go-bench), which is compared here"));

    private OtherTools() {}

    private static Json object(String called, String... members) {
        return new Json(false, Set.of(members), called);
    }

    private static Json list(String called, String... members) {
        return new Json(true, Set.of(members), called);
    }

    /** @return what it is and what to ask for, to stand in brackets; nothing where nobody knows it */
    static Optional<String> json(byte[] content) {
        return ReportJson.beginning(content, MEMBERS_MAX)
                .flatMap(beginning -> JSON.stream()
                        .filter(tool -> tool.is(beginning))
                        .map(Json::called)
                        .findFirst());
    }

    /** As {@link #json}. */
    static Optional<String> text(byte[] content) {
        String beginning = new String(content, 0, Math.min(content.length, TEXT_BYTES_MAX), StandardCharsets.UTF_8);
        return TEXT.stream()
                .filter(tool -> tool.sign().matcher(beginning).find())
                .map(Text::called)
                .findFirst();
    }
}
