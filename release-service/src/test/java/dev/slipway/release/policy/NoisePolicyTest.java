package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.NoiseRuns;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy says of how many runs tell the noise beside which a change stands. */
final class NoisePolicyTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String POLICY = """
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: hello
            source: {repository: "file:/srv/hello.git", from: production}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            gates: [{id: load, GATE}]
            environments:
              staging: {target: {type: process, command: [java]}}
              production: {target: {type: process, command: [java]}}
            """;

    private static PolicyReading read(String gate) {
        return READER.read(POLICY.replace("GATE", gate).getBytes(StandardCharsets.UTF_8));
    }

    private static Gate accepted(String gate) {
        PolicyReading reading = read(gate);
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy().gates().getFirst();
    }

    @Test
    void the_runs_stand_beside_the_rule() {
        Gate gate = accepted("evidence: k6, baseline: record, rule: {baseline.change: \"< 10%\"}, noise: {runs: 12}");

        assertThat(gate.noise()).isEqualTo(new NoiseRuns(12));
        assertThat(gate.ruleText()).isEqualTo("baseline.change < 10%, beside the noise of the last 12 runs");
        assertThat(accepted("evidence: k6, cel: \"baseline.noise < 5\", noise: {runs: 30}")
                        .noise())
                .isEqualTo(new NoiseRuns(30));
    }

    @Test
    void where_nothing_is_said_there_is_none() {
        assertThat(accepted("evidence: k6, rule: {baseline.change: \"< 10%\"}").noise())
                .isNull();
        assertThat(NoiseRuns.DEFAULT.runs()).isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            evidence: k6, rule: {baseline.change: "< 10%"}, noise: {runs: 3}     | 4
            evidence: k6, rule: {baseline.change: "< 10%"}, noise: {runs: 31}    | 30
            evidence: k6, rule: {baseline.change: "< 10%"}, noise: {runs: many}  | integer
            evidence: k6, rule: {baseline.change: "< 10%"}, noise: {last: 8}     | runs
            evidence: k6, rule: {load.p95: "< 0.2"}, noise: {runs: 8}            | its rule has to ask for a change
            evidence: jmh, rule: {baseline.worse: 0}, noise: {runs: 8}           | its rule has to ask for a change
            """)
    void what_tells_nothing_is_refused_with_its_place_and_the_remedy(String gate, String message) {
        PolicyReading reading = read(gate);

        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Refused.class);
        assertThat(((PolicyReading.Refused) reading).findings().getFirst()).satisfies(finding -> {
            assertThat(finding.message()).contains(message);
            assertThat(finding.line()).isEqualTo(6);
            assertThat(finding.column()).isPositive();
        });
    }
}
