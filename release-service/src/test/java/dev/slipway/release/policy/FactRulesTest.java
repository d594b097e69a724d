package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.EvidenceKinds;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.TrackerRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FactRulesTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String MINIMAL = """
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: hello
            source: {repository: "file:/srv/hello.git", from: production}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            environments:
              staging: {target: {type: process, command: [java]}}
              production: {target: {type: process, command: [java]}}
            """;

    private static List<Finding> findings(String gates) {
        return switch (READER.read((MINIMAL + gates + "\n").getBytes(StandardCharsets.UTF_8))) {
            case PolicyReading.Accepted _ -> List.of();
            case PolicyReading.Refused refused -> refused.findings();
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            gates: [{id: a, evidence: junt, rule: {tests.failed: 0}}]                       | 9 | 27 | gates[0].evidence          | did you mean junit?
            gates: [{id: a, evidence: junit, rule: {tests.faild: 0}}]                       | 9 | 41 | gates[0].rule.tests.faild  | did you mean tests.failed?
            gates: [{id: a, evidence: junit, rule: {failed: 0}}]                            | 9 | 41 | gates[0].rule.failed       | a report of the kind junit may say
            gates: [{id: a, evidence: junit, rule: {tests.failed: "< 5%"}}]                 | 9 | 55 | gates[0].rule.tests.failed | is no percentage
            gates: [{id: a, evidence: junit, cel: "tests.failed == 0 && tests.totl > 0"}]   | 9 | 61 | gates[0].cel               | did you mean tests.total?
            gates: [{id: a, evidence: junit, cel: tests.failed == 0 && tests.totl > 0}]     | 9 | 60 | gates[0].cel               | did you mean tests.total?
            gates: [{id: a, evidence: junit, cel: "tests.failed =="}]                       | 9 |    | gates[0].cel               | cannot be used
            """)
    void what_no_report_of_the_kind_can_say_is_refused_with_its_place_and_the_nearest_name(
            String gates, int line, Integer column, String path, String message) {
        assertThat(findings(gates)).singleElement().satisfies(finding -> {
            assertThat(finding.path()).isEqualTo(path);
            assertThat(finding.message()).contains(message).doesNotContain("dev.slipway", "Exception");
            assertThat(finding.line()).isEqualTo(line);
            if (column != null) {
                assertThat(finding.column()).as(finding.toString()).isEqualTo(column);
            }
        });
    }

    @Test
    void an_expression_of_several_lines_is_refused_at_its_own_line() {
        assertThat(findings("""
                gates:
                  - id: a
                    evidence: junit
                    cel: |
                      tests.failed == 0 &&
                        tests.totl > 0"""))
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString())
                        .contains("line 14, column 9")
                        .contains("did you mean tests.total?"));
        assertThat(findings("""
                gates:
                  - id: a
                    evidence: junit
                    cel: >
                      tests.failed == 0 &&
                      tests.totl > 0"""))
                .singleElement()
                .satisfies(finding -> assertThat(finding.toString())
                        .contains("line 12, column 10")
                        .contains("at line 1, column 22 of the expression"));
    }

    @Test
    void all_findings_of_all_gates_are_told_at_once() {
        assertThat(
                        findings(
                                "gates: [{id: a, evidence: junit, rule: {a.b: 0, tests.faild: 0}}, {id: b, evidence: junit, cel: 'c.d == 0'}]"))
                .hasSize(3);
    }

    @Test
    void how_a_run_ended_may_be_asked_of_every_kind() {
        for (String kind : EvidenceKinds.shipped().kinds()) {
            assertThat(findings("gates: [{id: a, evidence: %s, rule: {run.exit: 0}%s}]".formatted(kind, signers(kind))))
                    .as(kind)
                    .isEmpty();
        }
    }

    @Test
    void every_known_kind_and_every_fact_of_it_is_legal_as_a_threshold_and_in_an_expression() {
        EvidenceKinds.shipped()
                .byKind()
                .forEach((kind, names) -> names.known().forEach(fact -> {
                    String limit = names.unit(fact).orElse("").equals("PERCENT") ? "\">= 1%\"" : "1";
                    String entry = "%s[\"%s\"]"
                            .formatted(fact.substring(0, fact.indexOf('.')), fact.substring(fact.indexOf('.') + 1));
                    assertThat(findings("gates: [{id: a, evidence: %s, rule: {%s: %s}, cel: '%s >= 1'%s}]"
                                    .formatted(kind, fact, limit, entry, signers(kind))))
                            .as("%s of %s", fact, kind)
                            .isEmpty();
                }));
    }

    /** Kinds that are signed need to be told by whom, and issues which of them count. */
    private static String signers(String kind) {
        if (kind.equals(TrackerRule.EVIDENCE)) {
            return ", tracker: {milestone: m, high: [a], backports: [b]}";
        }
        return Gate.IS_SIGNED.contains(kind)
                ? ", signedBy: {keys: [\"-----BEGIN PUBLIC KEY-----\\n"
                        + "MCowBQYDK2VwAyEAJ6D2Nq/UKc/MSx9vl9iVNmsiKvpCOk3icBcBHq9nniU=\\n-----END PUBLIC KEY-----\"]}"
                : "";
    }
}
