package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.KayentaRule;
import dev.slipway.contracts.policy.KayentaRule.Direction;
import dev.slipway.contracts.policy.KayentaRule.Effect;
import dev.slipway.contracts.policy.KayentaRule.Group;
import dev.slipway.contracts.policy.KayentaRule.Metric;
import dev.slipway.contracts.policy.KayentaRule.Missing;
import dev.slipway.contracts.policy.KayentaRule.Outliers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy asks of Kayenta's judge. */
final class KayentaPolicyTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String POLICY = """
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: hello
            source: {repository: "file:/srv/hello.git", from: production}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            gates: [{id: speed, GATE}]
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
    void nothing_but_its_name_asks_for_what_kayenta_does_by_default() {
        assertThat(accepted("evidence: jmh, baseline: record, kayenta: {}").kayenta())
                .isEqualTo(KayentaRule.DEFAULT);
        assertThat(accepted("evidence: jmh, rule: {baseline.worse: 0}").kayenta())
                .isNull();
    }

    @Test
    void score_weights_and_each_metric_are_read_in_their_order() {
        KayentaRule rule = accepted(
                        "evidence: jmh, kayenta: {pass: 90, marginal: 60.5, groups: {time: 75, memory: 25}, metrics: {"
                                + "\"shop/Cart.add* time\": {critical: true, mustHaveData: true, allowedIncrease: 1.2, outliers: remove},"
                                + " \"* gc.alloc\": {group: memory, direction: either, effect: cles, allowedIncrease: 0.7, allowedDecrease: 0.1,"
                                + " missing: zero}, \"*\": {muted: true}}}")
                .kayenta();

        assertThat(rule)
                .isEqualTo(new KayentaRule(
                        90,
                        60.5,
                        List.of(new Group("time", 75), new Group("memory", 25)),
                        List.of(
                                new Metric(
                                        "shop/Cart.add* time",
                                        null,
                                        null,
                                        true,
                                        true,
                                        false,
                                        1.2,
                                        null,
                                        Effect.MEAN_RATIO,
                                        Missing.REMOVE,
                                        Outliers.REMOVE),
                                new Metric(
                                        "* gc.alloc",
                                        "memory",
                                        Direction.EITHER,
                                        false,
                                        false,
                                        false,
                                        0.7,
                                        0.1,
                                        Effect.CLES,
                                        Missing.ZERO,
                                        Outliers.KEEP),
                                new Metric(
                                        "*",
                                        null,
                                        null,
                                        false,
                                        false,
                                        true,
                                        null,
                                        null,
                                        Effect.MEAN_RATIO,
                                        Missing.REMOVE,
                                        Outliers.KEEP))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            evidence: jmh, kayenta: {pass: 70}                                              | must be 0 to below pass (70), is 75
            evidence: jmh, kayenta: {pass: 0}                                               | 0
            evidence: jmh, kayenta: {pass: many}                                            | number
            evidence: jmh, kayenta: {score: 90}                                             | legal are pass, marginal, groups, metrics
            evidence: jmh, kayenta: {groups: {time: 80, memory: 30}}                        | may add up to 100, and are 110
            evidence: jmh, kayenta: {metrics: {"*": {critical: true, muted: true}}}         | is muted
            evidence: jmh, kayenta: {metrics: {"*": {allowedIncrease: 0.5}}}                | must be 1 to 1000, is 0.5
            evidence: jmh, kayenta: {metrics: {"*": {effect: cles, allowedIncrease: 1.2}}}  | must be 0.5 to 1, is 1.2
            evidence: jmh, kayenta: {metrics: {"*": {direction: up}}}                       | increase
            evidence: jmh, kayenta: {metrics: {"*": {weight: 3}}}                           | legal are group, direction
            evidence: junit, kayenta: {}                                                    | kayenta compares measurements
            evidence: jmh                                                                   | needs a rule
            """)
    void what_cannot_be_meant_is_refused_with_its_place(String gate, String message) {
        PolicyReading reading = read(gate);

        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Refused.class);
        assertThat(((PolicyReading.Refused) reading).findings().getFirst()).satisfies(finding -> {
            assertThat(finding.message()).contains(message);
            assertThat(finding.line()).isEqualTo(6);
            assertThat(finding.column()).isPositive();
        });
    }
}
