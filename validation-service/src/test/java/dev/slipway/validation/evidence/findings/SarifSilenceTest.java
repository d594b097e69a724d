package dev.slipway.validation.evidence.findings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportedFinding;
import dev.slipway.validation.evidence.RunRecord;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no SARIF file tells: only the exit status of the run does, or nobody. */
final class SarifSilenceTest {
    private static final Gate GATE = new Gate(
            "scan",
            "",
            Stage.PRE_RELEASE,
            "sarif",
            null,
            List.of(new Threshold("run.exit", "0"), new Threshold("findings.total", "0")),
            null,
            null,
            List.of(),
            Gate.WITHIN_DEFAULT);

    private static final Gate PYLINT = new Gate(
            "lint",
            "",
            Stage.PRE_RELEASE,
            "sarif",
            null,
            List.of(
                    new Threshold("run.exit", "< 32"),
                    new Threshold("findings.error", "0"),
                    new Threshold("tool.errors", "0")),
            null,
            null,
            List.of(),
            Gate.WITHIN_DEFAULT);

    private final SarifReader reader = new SarifReader(new JUnitReader.Limits(32, 500_000));

    private Reading run(String run) throws UnreadableEvidence {
        String log = "{\"version\": \"2.1.0\", \"runs\": [" + run + "]}";
        return reader.read(log.getBytes(StandardCharsets.UTF_8), "report.sarif");
    }

    /** Each with a case in which it ended well, or was followed by one that did, though it had looked at nothing. */
    @ParameterizedTest
    @CsvSource({
        "checkov, 3.3.30", // Terraform that it cannot parse
        "Trivy, 0.74.0", // a broken Dockerfile
        "gitleaks, 8.30.1", // no repository
        "clippy, 0.8.0", // of empty input: the tool before it failed
        "ShellCheck, 0.8.0",
        "gosec, 2.30.0", // a syntax error, with -no-fail
        "golangci-lint, 2.12.0" // a broken package
    })
    void a_clean_file_passes_with_the_exit_status_alone(String tool, String version) throws Exception {
        Reading clean = run("""
                {"tool": {"driver": {"name": "%s", "version": "%s", "rules": []}}, "results": []}
                """.formatted(tool, version));

        assertThat(clean.facts().named("findings.total")).map(Fact::value).contains(BigDecimal.ZERO);
        assertThat(clean.notes())
                .containsExactly("%s %s does not tell how its run went; the exit status does".formatted(tool, version));
        assertThat(Rules.judge(GATE, clean.facts())).isInstanceOf(Ruling.Unknown.class);
        assertThat(Rules.judge(GATE, ended(clean, 1))).isInstanceOf(Ruling.Breaks.class);
        assertThat(Rules.judge(GATE, ended(clean, 0))).isInstanceOf(Ruling.Holds.class);
    }

    /** {@code gosec -quiet}, clang-tidy and others write no file where they found nothing, and end with 0. */
    @Test
    void no_file_at_all_is_no_finding_and_no_zero_though_the_run_ended_well() {
        Facts well = RunRecord.facts(0);

        assertThat(Rules.judge(GATE, well))
                .isInstanceOfSatisfying(
                        Ruling.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("The report says nothing about findings.total"));
        assertThat(Rules.judge(GATE, RunRecord.facts(1))).isInstanceOf(Ruling.Breaks.class);
    }

    private static Facts ended(Reading reading, int status) {
        return reading.facts()
                .and(new Facts(List.of(new Fact("run.exit", BigDecimal.valueOf(status), Fact.Unit.STATUS))));
    }

    /** A file of more than 1 MB, or a folder {@code tests}: semgrep passes over it and says that all went well. */
    @Test
    void what_semgrep_passed_over_stands_nowhere_at_all() throws Exception {
        Reading clean = run("""
                {"invocations": [{"executionSuccessful": true, "toolExecutionNotifications": []}], "results": [],
                 "tool": {"driver": {"name": "Semgrep OSS", "semanticVersion": "1.185.0", "rules": [
                   {"id": "a", "defaultConfiguration": {"level": "error"}}]}}}
                """);

        assertThat(clean.notes()).isEmpty();
        assertThat(clean.facts().toString()).contains("findings.total 0", "tool.errors 0");
    }

    /** With a namespace that is not there conftest tests nothing, and says the success of nothing. */
    @Test
    void conftest_with_a_wrong_namespace_tells_one_success() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "conftest", "rules": [{"id": "main/success"}]}},
                 "invocations": [{"executionSuccessful": true, "exitCode": 0}],
                 "results": [{"ruleId": "main/success", "ruleIndex": 0, "level": "none", "message": {"text": "No tests"}}]}
                """);

        assertThat(reading.facts().toString()).contains("findings.total 0", "findings.none 1");
        assertThat(Rules.judge(GATE, reading.facts())).isInstanceOf(Ruling.Unknown.class);
    }

    private Reading pylint(String results) throws UnreadableEvidence {
        return run("""
                {"tool": {"driver": {"name": "pylint", "fullName": "pylint 4.1.0", "version": "4.1.0", "rules": [
                   {"id": "C0114", "name": "missing-module-docstring", "deprecatedIds": ["C0111"],
                    "shortDescription": {"text": "x"}, "helpUri": "https://x.test"}]}},
                 "results": [%s]}
                """.formatted(results));
    }

    private static String message(String rule, String level) {
        return """
                {"ruleId": "%s", "message": {"text": "m"}, "level": "%s", "locations": [{"physicalLocation": {
                   "artifactLocation": {"uri": "shop/a.py"}, "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}},
                   "logicalLocations": [{"name": "f", "fullyQualifiedName": "shop.a.f"}]}],
                 "partialFingerprints": {"nodePath/v1": ""}}""".formatted(rule, level);
    }

    /** 1 fatal, 2 error, 4 warning, 8 refactor, 16 convention, 32 usage: all that was found, as one sum. */
    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', textBlock = """
            C0114, note,     16, true
            W0611, warning,   4, true
            E1101, error,     2, false
            F0002, error,     1, false
            C0114, note,     32, false
            """)
    void the_exit_status_of_pylint_is_a_bit_mask_that_says_what_the_report_says_and_whether_it_was_called_rightly(
            String rule, String level, int exit, boolean passes) throws Exception {
        Ruling ruling = Rules.judge(PYLINT, ended(pylint(message(rule, level)), exit));

        assertThat(ruling).isInstanceOf(passes ? Ruling.Holds.class : Ruling.Breaks.class);
        assertThat(Rules.judge(GATE, ended(pylint(message(rule, level)), exit)))
                .as("a gate that asks for 0 fails with the first note")
                .isInstanceOf(Ruling.Breaks.class);
    }

    @Test
    void what_pylint_could_not_parse_is_its_trouble_and_one_fingerprint_for_all_is_no_identity() throws Exception {
        Reading reading =
                pylint(message("E0001", "error") + "," + message("W0611", "warning") + "," + message("C0114", "note"));

        assertThat(reading.facts().toString())
                .contains("findings.error 1, findings.warning 1, findings.note 1")
                .contains("tool.errors 1");
        assertThat(reading.notes()).contains("pylint 4.1.0 could not look: E0001");
        assertThat(reading.findings()).hasSize(3);
    }

    @Test
    void what_checkov_was_told_to_skip_stays_in_its_results_and_does_not_count() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "checkov", "version": "3.3.30", "rules": [{"id": "CKV_AWS_18"}]}},
                 "results": [
                   {"ruleId": "CKV_AWS_18", "ruleIndex": 0, "level": "error", "message": {"text": "no logging"}},
                   {"ruleId": "CKV_AWS_18", "ruleIndex": 0, "level": "error", "message": {"text": "no logging"},
                    "suppressions": [{"kind": "external", "justification": "a test bucket"}]}]}
                """);

        assertThat(reading.facts().toString()).contains("findings.error 1").contains("findings.suppressed 1");
        assertThat(reading.findings()).hasSize(1);
    }

    /** CodeQL keeps its rules in the packs that it loads, and names files by their place in a list. */
    @Test
    void the_rules_of_codeql_stand_in_its_extensions_and_its_files_in_a_list() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "CodeQL", "semanticVersion": "2.20.0", "rules": []},
                   "extensions": [{"name": "legacy-upgrades"}, {"name": "codeql/java-queries", "rules": [
                     {"id": "java/sql-injection", "defaultConfiguration": {"level": "error"},
                      "properties": {"security-severity": "8.8"}}]}]},
                 "invocations": [{"executionSuccessful": true}],
                 "artifacts": [{"location": {"uri": "src/Orders.java", "uriBaseId": "%SRCROOT%", "index": 0}}],
                 "results": [{"ruleId": "java/sql-injection",
                   "rule": {"id": "java/sql-injection", "index": 0, "toolComponent": {"index": 1}},
                   "message": {"text": "This query depends on a user-provided value."},
                   "locations": [{"physicalLocation": {"artifactLocation": {"index": 0},
                     "region": {"startLine": 42, "startColumn": 5}}}]}]}
                """);

        assertThat(reading.dialect()).isEqualTo("CodeQL 2.20.0");
        assertThat(reading.findings())
                .containsExactly(new ReportedFinding(
                        "java/sql-injection",
                        "src/Orders.java",
                        "This query depends on a user-provided value.",
                        ReportedFinding.Level.ERROR,
                        42));
        assertThat(reading.facts().toString())
                .contains("findings.security.high 1")
                .contains("tool.errors 0");
    }
}
