package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.WithoutBaseline;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a policy says of gates that compare with the last verified release. */
final class BaselinePolicyTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String POLICY = """
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: hello
            source: {repository: "file:/srv/hello.git", from: production}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            environments:
              staging: {target: {type: process, command: [java]}}
              production: {target: {type: process, command: [java]}}
            gates:
              - {id: scan, evidence: sarif, suite: scan, rule: {findings.new: 0, tool.errors: 0}%s}
            """;

    @Test
    void a_gate_says_whether_the_first_release_records_what_later_ones_are_compared_with() {
        assertThat(baseline("")).isNull();
        assertThat(baseline(", baseline: record")).isEqualTo(WithoutBaseline.RECORD);
        assertThat(baseline(", baseline: inconclusive")).isEqualTo(WithoutBaseline.INCONCLUSIVE);
    }

    @Test
    void anything_else_is_refused_with_what_is_legal_and_so_is_a_baseline_without_evidence() {
        assertThat(refused(POLICY.formatted(", baseline: pass")).toString()).contains("record", "inconclusive");
        assertThat(refused(POLICY.formatted("")
                                .replace(
                                        "evidence: sarif, suite: scan, rule: {findings.new: 0, tool.errors: 0}",
                                        "check: merge, baseline: record"))
                        .toString())
                .contains("baseline is for evidence");
    }

    private static @Nullable WithoutBaseline baseline(String more) {
        PolicyReading reading = READER.read(POLICY.formatted(more).getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy().gates().getFirst().baseline();
    }

    private static Finding refused(String yaml) {
        PolicyReading reading = READER.read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(PolicyReading.Refused.class);
        return ((PolicyReading.Refused) reading).findings().getFirst();
    }
}
