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

    private static Facts ended(Reading reading, int status) {
        return reading.facts()
                .and(new Facts(List.of(new Fact("run.exit", BigDecimal.valueOf(status), Fact.Unit.STATUS))));
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
