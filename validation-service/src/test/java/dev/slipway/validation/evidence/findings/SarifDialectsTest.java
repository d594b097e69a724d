package dev.slipway.validation.evidence.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.ReportedFinding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What single tools write, as it was tried with them; each report is made up in the tool's way of writing. */
final class SarifDialectsTest {
    private final SarifReader reader = new SarifReader(new JUnitReader.Limits(32, 500_000));

    @Test
    void eslint_tells_a_file_that_it_cannot_parse_as_trouble_and_not_as_a_finding() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "ESLint", "version": "10.15.0", "rules": [{"id": "no-var"}]}},
                 "results": [
                   {"ruleId": "no-var", "ruleIndex": 0, "level": "error", "message": {"text": "Unexpected var"}},
                   {"ruleId": "no-var", "ruleIndex": 0, "level": "error", "message": {"text": "Unexpected var"},
                    "suppressions": [{"kind": "inSource", "justification": "old"}]}],
                 "invocations": [{"executionSuccessful": false, "toolConfigurationNotifications": [
                   {"level": "error", "descriptor": {"id": "ESL0999"}, "message": {"text": "Parsing error: Unexpected token"}}]}]}
                """);

        assertThat(reading.dialect()).isEqualTo("ESLint 10.15.0");
        assertThat(reading.facts().toString())
                .isEqualTo("findings.total 1, findings.error 1, findings.warning 0, findings.note 0, findings.none 0,"
                        + " findings.suppressed 1, tool.errors 1, tool.warnings 0");
        assertThat(reading.notes()).containsExactly("ESLint 10.15.0 says: Parsing error: Unexpected token");
    }

    @Test
    void spotbugs_found_bugs_and_that_is_no_trouble_of_its_own() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "SpotBugs", "version": "4.9.3", "rules": [{"id": "SQL_INJECTION"}]}},
                 "invocations": [{"exitCode": 1, "exitSignalName": "BUGS FOUND", "executionSuccessful": true}],
                 "results": [{"ruleId": "SQL_INJECTION", "ruleIndex": 0, "level": "note", "message": {"text": "A query"}}]}
                """);

        assertThat(number(reading, "findings.note")).isEqualTo(1);
        assertThat(number(reading, "tool.errors")).isZero();
        assertThat(reading.facts().named("findings.security.max"))
                .as("it knows no severities, so nothing is said about them")
                .isEmpty();
        assertThat(reading.notes()).isEmpty();
    }

    @Test
    void checkstyle_has_no_rules_no_invocations_and_absolute_paths() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "Checkstyle", "version": "9.3", "rules": []}},
                 "results": [{"level": "warning", "locations": [{"physicalLocation": {
                   "artifactLocation": {"uri": "/home/ci/src/A.java"}, "region": {"startColumn": 9, "startLine": 3}}}],
                   "message": {"text": "Line is longer than 100 characters (found 131)."}, "ruleId": "LineLength"}]}
                """);

        assertThat(number(reading, "findings.warning")).isEqualTo(1);
        assertThat(reading.findings())
                .containsExactly(new ReportedFinding(
                        "LineLength",
                        "/home/ci/src/A.java",
                        "Line is longer than 100 characters (found 131).",
                        ReportedFinding.Level.WARNING,
                        3));
        assertThat(reading.notes())
                .containsExactly("Checkstyle 9.3 does not tell how its run went; the exit status does");
    }

    @Test
    void pmd_says_the_level_in_the_result_and_in_the_rule() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "PMD", "version": "7.14.0", "rules": [
                   {"id": "UnusedPrivateField", "defaultConfiguration": {"level": "warning"}}]}},
                 "results": [{"ruleId": "UnusedPrivateField", "ruleIndex": 0, "level": "note", "message": {"text": "x"}}],
                 "invocations": [{"executionSuccessful": true, "toolConfigurationNotifications": [],
                   "toolExecutionNotifications": []}]}
                """);

        assertThat(number(reading, "findings.note")).as("the result wins").isEqualTo(1);
    }

    @Test
    void semgrep_says_levels_in_its_rules_alone_and_trouble_beside_success() throws Exception {
        Reading reading = run("""
                {"invocations": [{"executionSuccessful": true, "toolExecutionNotifications": [
                   {"descriptor": {"id": "InvalidRuleSchemaError"}, "level": "error", "message": {"text": "bad rule"}},
                   {"descriptor": {"id": "Timeout"}, "level": "warning", "message": {"text": "slow"}}]}],
                 "results": [
                   {"ruleId": "a", "fingerprints": {"matchBasedId/v1": "requires login"}, "message": {"text": "one"}},
                   {"ruleId": "a", "fingerprints": {"matchBasedId/v1": "requires login"}, "message": {"text": "two"}},
                   {"ruleId": "b", "message": {"text": "c"}}],
                 "tool": {"driver": {"name": "Semgrep OSS", "semanticVersion": "1.185.0", "rules": [
                   {"id": "a", "defaultConfiguration": {"level": "error"}},
                   {"id": "b", "defaultConfiguration": {"level": "note"}}]}}}
                """);

        assertThat(number(reading, "findings.error")).isEqualTo(2);
        assertThat(number(reading, "findings.note")).isEqualTo(1);
        assertThat(number(reading, "tool.errors")).isEqualTo(1);
        assertThat(number(reading, "tool.warnings")).isEqualTo(1);
        assertThat(reading.findings())
                .as("one fingerprint for all is no identity")
                .hasSize(3);
    }

    @Test
    void bandit_ends_well_though_the_file_is_absent() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "Bandit", "version": "1.8.6"}},
                 "invocations": [{"executionSuccessful": true, "toolConfigurationNotifications": [
                   {"level": "error", "message": {"text": "No such file or directory"}}]}], "results": []}
                """);

        assertThat(number(reading, "findings.total")).isZero();
        assertThat(number(reading, "tool.errors")).isEqualTo(1);
    }

    @Test
    void gosec_leaves_out_the_index_of_its_first_rule() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "gosec", "semanticVersion": "2.30.0", "rules": [
                   {"id": "G101", "defaultConfiguration": {"level": "error"}},
                   {"id": "G401", "defaultConfiguration": {"level": "note"}}]}},
                 "results": [{"ruleId": "G101", "message": {"text": "a"}},
                   {"ruleId": "G401", "ruleIndex": 1, "message": {"text": "b"},
                    "suppressions": [{"kind": "inSource", "justification": "legacy"}]}]}
                """);

        assertThat(number(reading, "findings.error")).isEqualTo(1);
        assertThat(number(reading, "findings.note")).isZero();
        assertThat(number(reading, "findings.suppressed")).isEqualTo(1);
    }

    @Test
    void gosec_calls_high_and_medium_both_an_error() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "gosec", "semanticVersion": "2.30.0", "rules": [
                   {"id": "G101", "defaultConfiguration": {"level": "error"}, "properties": {"tags": ["security", "HIGH"]}},
                   {"id": "G304", "defaultConfiguration": {"level": "error"}, "properties": {"tags": ["security", "MEDIUM"]}}]}},
                 "results": [{"ruleId": "G101", "level": "error", "message": {"text": "a"}},
                   {"ruleId": "G304", "ruleIndex": 1, "level": "error", "message": {"text": "b"}}]}
                """);

        assertThat(number(reading, "findings.error")).isEqualTo(2);
        assertThat(number(reading, "findings.warning")).isZero();
    }

    @Test
    void staticcheck_suppresses_nothing_with_an_empty_list_and_leaves_levels_to_its_rules() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "Staticcheck", "version": "2026.2.2", "rules": [
                   {"id": "SA4006", "defaultConfiguration": {"enabled": true, "level": "error"}}]}},
                 "invocations": [{"executionSuccessful": true}],
                 "results": [{"ruleId": "SA4006", "kind": "fail", "message": {"text": "never used"}, "suppressions": []},
                   {"ruleId": "compile", "message": {"text": "undefined: x"}, "suppressions": []}]}
                """);

        assertThat(number(reading, "findings.error")).isEqualTo(1);
        assertThat(number(reading, "findings.warning")).isEqualTo(1);
        assertThat(number(reading, "findings.suppressed")).isZero();
        assertThat(number(reading, "tool.errors")).as("it could not compile").isEqualTo(1);
        assertThat(reading.notes()).contains("Staticcheck 2026.2.2 could not look: compile");
    }

    @Test
    void staticcheck_that_found_nothing_has_no_results_and_says_so() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "Staticcheck", "version": "2026.2.2"}},
                 "invocations": [{"commandLine": "staticcheck", "executionSuccessful": true}]}
                """);

        assertThat(number(reading, "findings.total")).isZero();
        assertThat(reading.notes())
                .containsExactly("Staticcheck 2026.2.2 leaves results out where it finds nothing, so none count as 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"tool\": {\"driver\": {\"name\": \"staticcheck\"}}}",
                "{\"tool\": {\"driver\": {\"name\": \"staticcheck\"}}, \"invocations\": [{\"executionSuccessful\": false}]}",
                "{\"tool\": {\"driver\": {\"name\": \"other\"}}, \"invocations\": [{\"executionSuccessful\": true}]}",
                "{\"tool\": {\"driver\": {\"name\": \"other\"}}, \"results\": null}"
            })
    void a_run_without_results_proves_nothing(String run) {
        assertThatThrownBy(() -> run(run))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessageContaining("says nothing about results");
    }

    @Test
    void gitleaks_says_no_level_at_all() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "gitleaks", "semanticVersion": "v8.0.0", "rules": [
                   {"id": "generic-api-key", "name": "key", "shortDescription": {"text": "a key"}}]}},
                 "results": [{"message": {"text": "generic-api-key has detected secret for file a.txt."},
                   "ruleId": "generic-api-key",
                   "locations": [{"physicalLocation": {"artifactLocation": {"uri": "a.txt"},
                     "region": {"startLine": 0, "snippet": {"text": "hunter2-the-secret"}}}}],
                   "partialFingerprints": {"author": "Ada", "email": "ada@example.org"}}]}
                """);

        assertThat(number(reading, "findings.warning")).isEqualTo(1);
        assertThat(reading.findings().getFirst().line()).isZero();
        assertThat(reading.toString()).doesNotContain("hunter2", "example.org");
    }

    /** {@code clang --analyze -Xclang -analyzer-output=sarif}: code flows, offsets of characters, and no level anywhere. */
    @Test
    void clang_says_no_level_at_all_so_each_is_a_warning_at_its_end_of_the_path() throws Exception {
        Reading reading = run("""
                {"artifacts": [{"length": 41, "location": {"index": 0, "uri": "file:///w/a.c"}, "mimeType": "text/plain",
                   "roles": ["resultFile"]}],
                 "columnKind": "unicodeCodePoints",
                 "results": [{"codeFlows": [{"threadFlows": [{"locations": [{"importance": "essential", "location": {
                     "message": {"text": "Dereference of null pointer"}, "physicalLocation": {
                       "artifactLocation": {"index": 0, "uri": "file:///w/a.c"},
                       "region": {"endColumn": 28, "startColumn": 26, "startLine": 9}}}}]}]}],
                   "locations": [{"physicalLocation": {"artifactLocation": {"index": 0, "uri": "file:///w/a.c"},
                     "region": {"endColumn": 28, "startColumn": 26, "startLine": 1}}}],
                   "message": {"text": "Dereference of null pointer (loaded from variable 'p')"},
                   "ruleId": "core.NullDereference", "ruleIndex": 0}],
                 "tool": {"driver": {"fullName": "clang static analyzer", "language": "en-US", "name": "clang",
                   "rules": [{"fullDescription": {"text": "Check for dereferences of null pointers"},
                     "id": "core.NullDereference", "name": "core.NullDereference"}], "version": "14.0.6"}}}
                """);

        assertThat(reading.facts().toString())
                .isEqualTo("findings.total 1, findings.error 0, findings.warning 1, findings.note 0, findings.none 0,"
                        + " findings.suppressed 0, tool.errors 0, tool.warnings 0");
        assertThat(reading.findings())
                .containsExactly(new ReportedFinding(
                        "core.NullDereference",
                        "/w/a.c",
                        "Dereference of null pointer (loaded from variable 'p')",
                        ReportedFinding.Level.WARNING,
                        1));
        assertThat(reading.dialect()).isEqualTo("clang 14.0.6");
    }

    @Test
    void a_finding_without_a_place_or_with_an_empty_one_is_a_finding() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "t"}}, "results": [
                   {"level": "error", "message": {"text": "a"}},
                   {"level": "error", "message": {"text": "a"}, "locations": []},
                   {"level": "error", "message": {"text": "a"}, "locations": [{"physicalLocation": {"region": {"startLine": 0}}}]},
                   {"level": "error"}]}
                """);

        assertThat(number(reading, "findings.error")).isEqualTo(4);
        assertThat(reading.findings()).allMatch(finding -> finding.file().isEmpty() && finding.line() == 0);
    }

    @Test
    void conftest_tells_success_as_a_result_of_level_none() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "conftest", "rules": [{"id": "main/success"}]}},
                 "invocations": [{"executionSuccessful": true, "exitCode": 0}],
                 "results": [{"ruleId": "main/success", "ruleIndex": 0, "level": "none", "message": {"text": "Test passed"}}]}
                """);

        assertThat(number(reading, "findings.total")).isZero();
        assertThat(number(reading, "findings.none")).isEqualTo(1);
        assertThat(reading.findings()).isEmpty();
    }

    /** Of several CVSS scores grype takes the highest, whatever its own word beside it says. */
    @Test
    void grype_rates_by_the_highest_score_and_names_a_layer_that_is_no_place() throws Exception {
        String result = """
                {"ruleId": "%s", "ruleIndex": %d, "level": "%s", "message": {"text":
                   "A %s vulnerability in npm package: a, version 1.0.0 was found at: /app/package-lock.json"},
                 "partialFingerprints": {"primaryLocationLineHash": "6f:1"},
                 "locations": [{"physicalLocation": {"artifactLocation": {"uri": "shop/app/package-lock.json"},
                   "region": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}},
                   "logicalLocations": [{"name": "/app/package-lock.json",
                     "fullyQualifiedName": "shop:1.4@sha256:%s:/app/package-lock.json"}]}]}""";
        String log = """
                {"tool": {"driver": {"name": "Grype", "version": "0.121.2", "informationUri": "https://example.test", "rules": [
                   {"id": "CVE-1-a", "name": "JavascriptMatcherExactDirectMatch", "shortDescription": {"text": "CVE-1 low"},
                    "properties": {"security-severity": "9.8", "purls": ["pkg:npm/a@1.0.0"]}},
                   {"id": "CVE-2-a", "shortDescription": {"text": "CVE-2 high"}, "properties": {"security-severity": "7.5"}}]}},
                 "results": [%s, %s]}""";
        Reading before = run(log.formatted(
                result.formatted("CVE-1-a", 0, "note", "low", "aa11"),
                result.formatted("CVE-2-a", 1, "error", "high", "aa11")));
        Reading now = run(log.formatted(
                result.formatted("CVE-1-a", 0, "note", "low", "bb22"),
                result.formatted("CVE-2-a", 1, "error", "high", "bb22")));

        assertThat(now.facts().toString())
                .contains("findings.total 2, findings.error 1, findings.warning 0, findings.note 1")
                .contains("findings.security.critical 1, findings.security.high 1, findings.security.medium 0,"
                        + " findings.security.low 0, findings.security.max 9.8");
        assertThat(now.findings()).extracting(ReportedFinding::within).containsOnly("");
        assertThat(NewFindings.of(now.findings(), before.findings()))
                .as("another layer, and one fingerprint for all")
                .isEqualTo(new NewFindings(List.of(), 0));
    }

    @Test
    void trivy_rates_by_the_severity_of_its_rules() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "Trivy", "version": "0.74.0", "rules": [
                   {"id": "CVE-1", "defaultConfiguration": {"level": "error"}, "properties": {"security-severity": "9.5"}},
                   {"id": "CVE-2", "defaultConfiguration": {"level": "error"}, "properties": {"security-severity": "8.0"}},
                   {"id": "CVE-3", "defaultConfiguration": {"level": "warning"}, "properties": {"security-severity": "5.5"}},
                   {"id": "CVE-4", "defaultConfiguration": {"level": "note"}, "properties": {"security-severity": "2.0"}},
                   {"id": "GPL", "defaultConfiguration": {"level": "note"}, "properties": {"security-severity": "0.0"}}]}},
                 "results": [
                   {"ruleId": "CVE-1", "ruleIndex": 0, "level": "error", "message": {"text": "a"}},
                   {"ruleId": "CVE-2", "ruleIndex": 1, "level": "error", "message": {"text": "a"}},
                   {"ruleId": "CVE-2", "ruleIndex": 1, "level": "error", "message": {"text": "b"},
                    "properties": {"security-severity": 9.0}},
                   {"ruleId": "CVE-1", "ruleIndex": 0, "level": "error", "message": {"text": "c"},
                    "suppressions": [{"kind": "external"}]},
                   {"ruleId": "CVE-3", "ruleIndex": 2, "level": "warning", "message": {"text": "a"}},
                   {"ruleId": "CVE-4", "ruleIndex": 3, "level": "note", "message": {"text": "a"}},
                   {"ruleId": "GPL", "ruleIndex": 4, "level": "note", "message": {"text": "allowed"}}]}
                """);

        assertThat(reading.facts().toString())
                .contains("findings.security.critical 2, findings.security.high 1, findings.security.medium 1,"
                        + " findings.security.low 1, findings.security.max 9.5");
        assertThat(number(reading, "findings.suppressed")).isEqualTo(1);
    }

    @Test
    void a_clean_scan_has_no_severity_whatever_the_tool_knows() throws Exception {
        Reading reading = run("{\"tool\": {\"driver\": {\"name\": \"Trivy\", \"rules\": []}}, \"results\": []}");

        assertThat(number(reading, "findings.security.critical")).isZero();
        assertThat(number(reading, "findings.security.max")).isZero();
    }

    @Test
    void detekt_calls_a_warning_what_its_rules_call_an_error() throws Exception {
        String results = """
                 "results": [{"ruleId": "detekt.style.MagicNumber", "level": "warning", "message": {"text": "a"}},
                   {"ruleId": "detekt.style.Other", "level": "warning", "message": {"text": "b"}}],
                 "tool": {"driver": {"name": "%s", "version": "1.23.8", "rules": [
                   {"id": "detekt.style.MagicNumber", "defaultConfiguration": {"level": "error"}},
                   {"id": "detekt.style.Other", "defaultConfiguration": {"level": "note"}}]}}
                """;

        assertThat(number(run("{" + results.formatted("detekt") + "}"), "findings.error"))
                .isEqualTo(1);
        assertThat(number(run("{" + results.formatted("detekt") + "}"), "findings.warning"))
                .isEqualTo(1);
        assertThat(number(run("{" + results.formatted("another") + "}"), "findings.warning"))
                .as("elsewhere the result is right")
                .isEqualTo(2);
    }

    @Test
    void spectral_looked_at_no_openapi_document() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "spectral", "rules": [{"id": "unrecognized-format"}]}},
                 "results": [{"ruleId": "unrecognized-format", "level": "warning", "message": {"text": "The provided document"
                 }}]}
                """);

        assertThat(number(reading, "tool.errors")).isEqualTo(1);
        assertThat(number(reading, "findings.warning")).isEqualTo(1);
    }

    @Test
    void clippy_tells_a_syntax_error_with_an_empty_rule() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "clippy", "rules": [{"id": ""}]}},
                 "results": [{"ruleId": "", "ruleIndex": 0, "level": "error", "message": {"text": "expected one of"}}]}
                """);

        assertThat(number(reading, "findings.error")).isEqualTo(1);
        assertThat(reading.findings().getFirst().rule()).isEmpty();
    }

    @Test
    void ruff_tells_files_that_it_could_not_read_or_parse_as_findings_like_any_other() throws Exception {
        Reading reading = run("""
                {"results": [
                   {"level": "error", "ruleId": "F401", "message": {"text": "`os` imported but unused"},
                    "locations": [{"physicalLocation": {"artifactLocation": {"uri": "file:///ci/a.py"},
                      "region": {"endColumn": 10, "endLine": 1, "startColumn": 8, "startLine": 1}}}],
                    "fixes": [{"artifactChanges": [], "description": {"text": "Remove unused import: `os`"}}]},
                   {"level": "error", "ruleId": "invalid-syntax", "message": {"text": "unexpected EOF while parsing"}},
                   {"level": "error", "ruleId": "E902", "message": {"text": "No such file or directory (os error 2)"}}],
                 "tool": {"driver": {"informationUri": "https://example.org", "name": "ruff", "version": "0.14.6", "rules": []}}}
                """);

        assertThat(number(reading, "findings.error")).as("it knows one level").isEqualTo(3);
        assertThat(number(reading, "tool.errors")).isEqualTo(2);
        assertThat(reading.findings().getFirst().file()).isEqualTo("/ci/a.py");
    }

    @Test
    void cppcheck_ends_with_0_whatever_it_found_and_tells_what_it_could_not_parse_as_a_finding() throws Exception {
        Reading reading = run("""
                {"results": [
                   {"level": "error", "ruleId": "arrayIndexOutOfBounds", "partialFingerprints": {"hash/v1": "726"},
                    "message": {"text": "Array 'a[2]' accessed at index 5, which is out of bounds."}},
                   {"level": "warning", "ruleId": "constVariablePointer", "message": {"text": "can be const"}},
                   {"level": "error", "ruleId": "syntaxError", "message": {"text": "Unmatched '{'. Configuration: ''."}}],
                 "tool": {"driver": {"name": "Cppcheck", "semanticVersion": "2.22.0", "rules": [
                   {"id": "arrayIndexOutOfBounds", "name": "", "defaultConfiguration": {"level": "error"},
                    "properties": {"precision": "high", "problem.severity": "error", "security-severity": "9.9"}},
                   {"id": "constVariablePointer", "defaultConfiguration": {"level": "warning"}},
                   {"id": "syntaxError", "defaultConfiguration": {"level": "error"}}]}}}
                """);

        assertThat(reading.facts().toString()).contains("findings.error 2, findings.warning 1", "tool.errors 1");
        assertThat(number(reading, "findings.security.critical")).isEqualTo(1);
        assertThat(reading.notes()).contains("Cppcheck 2.22.0 could not look: syntaxError");
    }

    @Test
    void zizmor_left_out_a_workflow_that_it_could_not_read_and_nothing_in_the_file_tells() throws Exception {
        Reading reading = run("""
                {"invocations": [{"executionSuccessful": true}],
                 "results": [
                   {"kind": "fail", "level": "warning", "ruleId": "zizmor/artipacked", "message": {"text": "kept"}},
                   {"kind": "fail", "level": "error", "ruleId": "zizmor/template-injection", "message": {"text": "code"}}],
                 "tool": {"driver": {"name": "zizmor", "semanticVersion": "1.32.0", "version": "1.32.0", "rules": [
                   {"id": "zizmor/artipacked", "name": "artipacked", "properties": {"tags": ["security"]}}]}}}
                """);

        assertThat(reading.facts().toString()).contains("findings.error 1, findings.warning 1", "tool.errors 0");
        assertThat(reading.findings().getFirst().rule()).isEqualTo("zizmor/artipacked");
    }

    @Test
    void markdownlint_says_no_level_anywhere_so_each_is_a_warning() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "markdownlint-cli2", "version": "0.0.4", "rules": [
                   {"id": "MD018", "name": "Md018NoMissingSpaceAtx"}]}},
                 "results": [{"ruleId": "MD018", "message": {"text": "No space after hash"}, "locations": [
                   {"physicalLocation": {"artifactLocation": {"uri": "w/m.md"}, "region": {"startLine": 1}}}]}]}
                """);

        assertThat(number(reading, "findings.warning")).isEqualTo(1);
        assertThat(reading.findings().getFirst().line()).isEqualTo(1);
    }

    @Test
    void the_template_of_actionlint_leaves_levels_to_its_rules_and_columns_at_0() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "GitHub Actions lint", "version": "v1.7.7", "rules": [
                   {"id": "expression", "defaultConfiguration": {"level": "error"}},
                   {"id": "syntax-check", "defaultConfiguration": {"level": "error"}}]}},
                 "results": [
                   {"ruleId": "syntax-check", "message": {"text": "could not parse as YAML"}, "locations": [
                     {"physicalLocation": {"artifactLocation": {"uri": "bad.yml", "uriBaseId": "%SRCROOT%"},
                      "region": {"startLine": 2, "startColumn": 0, "endColumn": 0, "snippet": {"text": "on: push"}}}}]},
                   {"ruleId": "expression", "message": {"text": "untrusted"}}]}
                """);

        assertThat(number(reading, "findings.error")).isEqualTo(2);
        assertThat(reading.findings().getFirst().file()).isEqualTo("bad.yml");
        assertThat(reading.toString()).doesNotContain("on: push");
    }

    @Test
    void golangci_lint_makes_an_info_of_its_configuration_an_error() throws Exception {
        Reading reading = run("""
                {"tool": {"driver": {"name": "golangci-lint"}},
                 "results": [{"ruleId": "revive", "level": "error", "message": {"text": "exported: comment"}}]}
                """);

        assertThat(number(reading, "findings.error"))
                .as("what the report says counts; no other report tells better")
                .isEqualTo(1);
        assertThat(reading.notes())
                .containsExactly("golangci-lint does not tell how its run went; the exit status does");
    }

    private Reading run(String run) throws UnreadableEvidence {
        String log = "{\"version\": \"2.1.0\", \"runs\": [" + run + "]}";
        return reader.read(log.getBytes(StandardCharsets.UTF_8), "report.sarif");
    }

    private static long number(Reading reading, String fact) {
        return reading.facts().named(fact).orElseThrow().value().longValueExact();
    }
}
