package dev.slipway.release.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.MetricRule.As;
import dev.slipway.contracts.policy.MetricRule.Sense;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a policy says of a program's own metrics. */
final class MetricPolicyTest {
    private static final PolicyReader READER = new PolicyReader(100_000);
    private static final String POLICY = """
            apiVersion: slipway.dev/v1
            kind: ReleasePolicy
            application: hello
            source: {repository: "file:/srv/hello.git", from: production}
            contacts: [{role: devops, name: Ben, email: ben@example.test}]
            gates:
              - id: queue
                metrics: [{name: queue_depth, as: value, limit: "< 10"}]
                watch: 20s
                within: 2m
            environments:
              staging: {target: {type: process, command: [java], metrics: {path: /metrics}}}
              production:
                target: {type: process, command: [java], metrics: {}}
                canary:
                  guardrails:
                    metrics:
                      - {name: queue_depth, labels: {queue: mail}, as: value, limit: "< 100"}
                      - {name: jobs_total, as: rate, limit: "> 0.5/s"}
                      - {name: failed_total, of: jobs_total, ofLabels: {queue: mail}, as: ratio, limit: "< 5 %", absent: zero}
                      - {name: misses_total, of: requests_total, as: ratio, beside: "< 1.2 times"}
            """;

    private static Policy accepted(String yaml) {
        PolicyReading reading = READER.read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(PolicyReading.Accepted.class);
        return ((PolicyReading.Accepted) reading).policy();
    }

    private static Finding refused(String yaml) {
        PolicyReading reading = READER.read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(PolicyReading.Refused.class);
        return ((PolicyReading.Refused) reading).findings().getFirst();
    }

    @Test
    void guardrails_on_metrics_are_read_as_they_are_written() {
        assertThat(accepted(POLICY)
                        .environments()
                        .production()
                        .canary()
                        .guardrails()
                        .metrics())
                .containsExactly(
                        new MetricRule(
                                "queue_depth",
                                Map.of("queue", "mail"),
                                As.VALUE,
                                null,
                                Map.of(),
                                Sense.BELOW,
                                100,
                                false,
                                false),
                        new MetricRule("jobs_total", Map.of(), As.RATE, null, Map.of(), Sense.ABOVE, 0.5, false, false),
                        new MetricRule(
                                "failed_total",
                                Map.of(),
                                As.RATIO,
                                "jobs_total",
                                Map.of("queue", "mail"),
                                Sense.BELOW,
                                0.05,
                                false,
                                true),
                        new MetricRule(
                                "misses_total",
                                Map.of(),
                                As.RATIO,
                                "requests_total",
                                Map.of(),
                                Sense.BELOW,
                                1.2,
                                true,
                                false));
    }

    @Test
    void a_quantile_and_how_many_events_are_enough_are_read_as_they_are_written() {
        String gate = "{name: queue_depth, as: value, limit: \"< 10\"}";
        String p99 = "{name: took_seconds, as: quantile, quantile: 0.99, atLeast: 100, limit: \"< 0.5\"}";

        assertThat(accepted(POLICY.replace(gate, p99)).gates().getFirst().metrics())
                .containsExactly(new MetricRule(
                        "took_seconds",
                        Map.of(),
                        As.QUANTILE,
                        null,
                        Map.of(),
                        Sense.BELOW,
                        0.5,
                        false,
                        false,
                        0.99,
                        100));
        assertThat(refused(POLICY.replace(gate, p99.replace("0.99", "99"))).message())
                .contains("1");
        assertThat(refused(POLICY.replace(gate, p99.replace("quantile: 0.99, ", "")))
                        .message())
                .contains("which quantile of took_seconds");
    }

    @Test
    void a_gate_on_metrics_stands_in_staging_if_nobody_says_otherwise() {
        Gate gate = accepted(POLICY).gates().getFirst();

        assertThat(gate.stage()).isEqualTo(Stage.STAGING);
        assertThat(gate.metrics()).singleElement().hasToString("queue_depth < 10");
        assertThat(gate.watch()).isEqualTo(Duration.ofSeconds(20));
        assertThat(gate.ruleText()).isEqualTo("queue_depth < 10");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            limit: "< 100"                  | limit: "100"             | metrics[0].limit    | must be a limit such as
            limit: "< 100"                  | limit: "< 100/s"         | metrics[0]          | the limit of a value or a quantile is a plain number
            limit: "> 0.5/s"                | limit: "> 0.5"           | metrics[1]          | the limit of a rate is a number a second
            limit: "< 5 %"                  | limit: "< 5/s"           | metrics[2]          | the limit of a ratio is a share or a number
            limit: "< 5 %"                  | limit: "< 0 %"           | metrics[2]          | must be above 0
            beside: "< 1.2 times"           | beside: "< 1.2"          | metrics[3].beside   | must be a comparison such as
            beside: "< 1.2 times"           | beside: "< 0.2 times"    | metrics[3]          | at least 1 times
            beside: "< 1.2 times"           | besides: "< 1.2 times"   | metrics[3]          | beside
            name: jobs_total, as: rate      | name: jobs_total, as: rte | metrics[1].as      | rate
            name: jobs_total, as: rate      | name: jobs-total, as: rate | metrics[1].name   | must be a metric's name
            as: ratio, beside               | as: value, beside        | metrics[3]          | of is for a ratio
            of: requests_total, as: ratio   | as: ratio                | metrics[3]          | a ratio needs of
            as: rate, limit: "> 0.5/s"      | as: rate, beside: "> 0.5 times" | metrics[1]   | share of the traffic
            absent: zero                    | absent: null             | metrics[2].absent   | zero
            """)
    void what_is_not_meant_is_refused_where_it_stands(String from, String to, String path, String hint) {
        assertThat(POLICY).contains(from);
        Finding finding = refused(POLICY.replace(from, to));

        assertThat(finding.path()).isEqualTo("environments.production.canary.guardrails." + path);
        assertThat(finding.message()).contains(hint);
    }

    @Test
    void a_rule_is_refused_with_line_and_column() {
        assertThat(refused(POLICY.replace("\"< 5 %\"", "\"5 %\"")).toString())
                .startsWith(
                        "line 20, column 93: environments.production.canary.guardrails.metrics[2].limit must be a limit");
    }

    @Test
    void whoever_names_metrics_has_to_say_where_they_are() {
        assertThat(refused(POLICY.replace(", metrics: {}}", "}")).message())
                .contains(
                        "canary.guardrails.metrics needs to know where they are: say target.metrics: {path: /metrics}");
        assertThat(refused(POLICY.replace(", metrics: {path: /metrics}}", "}")).message())
                .contains("gate queue looks at metrics: say where they are, as in environments.staging.target.metrics");
    }

    @Test
    void a_gate_before_any_version_runs_and_one_that_compares_are_refused() {
        assertThat(refused(POLICY.replace("watch: 20s", "watch: 20s\n    stage: pre-release"))
                        .message())
                .contains("its stage must be staging, candidate or production");
        assertThat(refused(POLICY.replace("limit: \"< 10\"", "beside: \"< 2 times\""))
                        .message())
                .contains("no version runs beside the one under test; say limit instead of beside");
    }
}
