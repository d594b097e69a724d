package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.StableRuns;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy says of how stable tests have to be. */
final class StabilityPolicyTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String POLICY = """
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: hello
            source: {repository: "file:/srv/hello.git", from: production}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            gates: [{id: stable, GATE}]
            environments:
              staging: {target: {type: process, command: [java]}}
              production: {target: {type: process, command: [java]}}
            """;

    private static PolicyReading read(String gate) {
        return READER.read(POLICY.replace("GATE", gate).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void limits_per_test_and_in_all_are_thresholds_and_the_runs_stand_beside_them() {
        PolicyReading reading = read(
                "evidence: junit, rule: {stability.flaky: \"<= 1\", stability.worst: \"<= 5%\"}, stability: {runs: 30}");
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        Gate gate = ((PolicyReading.Accepted) reading).policy().gates().getFirst();

        assertThat(gate.stability()).isEqualTo(new StableRuns(30));
        assertThat(gate.rule())
                .containsExactly(new Threshold("stability.flaky", "<= 1"), new Threshold("stability.worst", "<= 5%"));
        assertThat(gate.ruleText()).isEqualTo("stability.flaky <= 1, stability.worst <= 5%, over the last 30 runs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            evidence: junit, rule: {stability.flaky: 0}, stability: {runs: 1}          | 2
            evidence: junit, rule: {stability.flaky: 0}, stability: {runs: 101}        | 100
            evidence: junit, rule: {stability.flaky: 0}, stability: {last: 20}         | runs
            evidence: junit, rule: {tests.failed: 0}, stability: {runs: 20}            | its rule has to ask for it
            evidence: junit, rule: {stability.worst: "<= 5"}                           | is a percentage
            evidence: junit, rule: {stability.flakey: 0}                               | did you mean stability.flaky?
            evidence: sarif, rule: {stability.flaky: 0}                                | is no fact that a report of the kind sarif may say
            """)
    void what_could_never_be_answered_is_refused_with_the_remedy(String gate, String message) {
        PolicyReading reading = read(gate);

        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Refused.class);
        assertThat(((PolicyReading.Refused) reading).findings().getFirst().message())
                .contains(message);
    }
}
