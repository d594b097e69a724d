package dev.slipway.contracts.policy;

import static dev.slipway.contracts.Refusal.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.slipway.contracts.Refusal;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Canary.Guardrails;
import dev.slipway.contracts.policy.MetricRule.As;
import dev.slipway.contracts.policy.MetricRule.Sense;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class MetricRuleTest {
    private static final MetricRule DEPTH = rule("queue_depth", As.VALUE, null, Sense.BELOW, 100, false);

    private static MetricRule rule(String name, As as, @Nullable String of, Sense sense, double bound, boolean beside) {
        return new MetricRule(name, Map.of(), as, of, Map.of(), sense, bound, beside, false);
    }

    private static MetricRule labelled(Map<String, String> labels) {
        return new MetricRule("a", labels, As.VALUE, null, Map.of(), Sense.BELOW, 1, false, false);
    }

    private static Map<String, String> labels(int number) {
        return IntStream.range(0, number)
                .boxed()
                .collect(java.util.stream.Collectors.toMap(i -> "label_" + i, _ -> "x"));
    }

    private static Gate gate(List<MetricRule> rules, @Nullable Duration watch, Duration within) {
        return new Gate("queue", "", Stage.STAGING, null, null, List.of(), null, null, List.of(), within, rules, watch);
    }

    static Stream<Refusal> refusals() {
        Duration minute = Duration.ofMinutes(1);
        return Stream.of(
                refusal(() -> rule("2a", As.VALUE, null, Sense.BELOW, 1, false), "\"2a\"", "no digit first"),
                refusal(() -> rule("a.b", As.VALUE, null, Sense.BELOW, 1, false), "\"a.b\"", "letters, digits"),
                refusal(() -> rule("a".repeat(201), As.VALUE, null, Sense.BELOW, 1, false), "has 201", "1 to 200"),
                refusal(() -> labelled(labels(11)), "is 11", "0 to 10"),
                refusal(() -> labelled(Map.of("a:b", "c")), "\"a:b\"", "letters, digits and underscores"),
                refusal(() -> labelled(Map.of("a", "c".repeat(201))), "has 201", "0 to 200"),
                refusal(() -> rule("a", As.RATIO, null, Sense.BELOW, 1, false), "a ratio needs of", "a"),
                refusal(() -> rule("a", As.RATE, "b", Sense.BELOW, 1, false), "of is for a ratio", "say as: ratio"),
                refusal(
                        () -> rule("a", As.RATE, null, Sense.BELOW, 1.2, true),
                        "share of the traffic",
                        "say as: ratio"),
                refusal(() -> rule("a", As.RATE, null, Sense.BELOW, 0, false), "is 0.0", "above 0"),
                refusal(() -> rule("a", As.RATIO, "b", Sense.BELOW, -0.1, false), "is -0.1", "above 0"),
                refusal(() -> rule("a", As.VALUE, null, Sense.BELOW, 2e15, false), "is 2.0E15", "1e15"),
                refusal(() -> rule("a", As.VALUE, null, Sense.BELOW, Double.NaN, false), "is NaN", "1e15"),
                refusal(() -> rule("a", As.VALUE, null, Sense.BELOW, 1_001, true), "is 1001.0", "0.001 to 1000"),
                refusal(() -> rule("a", As.VALUE, null, Sense.BELOW, 0.9, true), "is 0.9", "at least 1 times"),
                refusal(() -> rule("a", As.VALUE, null, Sense.ABOVE, 1.1, true), "is 1.1", "at most 1 times"),
                refusal(
                        () -> new Guardrails(null, List.of(), null, null, null, Collections.nCopies(11, DEPTH)),
                        "is 11",
                        "0 to 10"),
                refusal(() -> gate(Collections.nCopies(11, DEPTH), null, minute), "is 11", "0 to 10"),
                refusal(() -> gate(List.of(DEPTH), Duration.ofSeconds(4), minute), "is 4 s", "5 s to 10 min"),
                refusal(
                        () -> gate(List.of(DEPTH), Duration.ofMinutes(11), Duration.ofHours(1)),
                        "is 11 min",
                        "5 s to 10 min"),
                refusal(() -> gate(List.of(DEPTH), Duration.ofMinutes(2), minute), "within 1 min", "longer"),
                refusal(() -> gate(List.of(), null, minute), "has 0", "exactly one"),
                refusal(
                        () -> gate(List.of(rule("a", As.VALUE, null, Sense.BELOW, 2, true)), null, minute),
                        "no version runs beside",
                        "limit"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void a_value_out_of_range_is_refused_with_the_value_and_the_limit(Refusal refusal) {
        refusal.check();
    }

    @Test
    void the_limits_themselves_are_legal() {
        assertThatCode(() -> {
                    var _ = labelled(labels(10));
                    var _ = rule("a".repeat(200), As.VALUE, null, Sense.ABOVE, -1e15, false);
                    var _ = rule("a:b_2", As.RATIO, "c", Sense.BELOW, 1_000, true);
                    var _ = rule("a", As.VALUE, null, Sense.ABOVE, 0.001, true);
                    var _ = rule("a", As.VALUE, null, Sense.BELOW, 1, true);
                    var _ = gate(Collections.nCopies(10, DEPTH), Duration.ofMinutes(10), Duration.ofMinutes(10));
                })
                .doesNotThrowAnyException();
        assertThat(gate(List.of(DEPTH), null, Duration.ofMinutes(1)).watch()).isEqualTo(Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @CsvSource({
        "errors_total, true",
        "http_requests_total, true",
        "sent_bytes_total, false",
        "process_cpu_seconds_total, false",
        "took_seconds_sum, false",
        "took_seconds_count, true",
        "queue_bytes, false"
    })
    void what_grows_one_by_one_is_counted_and_what_has_a_unit_is_measured(String name, boolean counts) {
        assertThat(rule(name, As.RATE, null, Sense.BELOW, 1, false).counts()).isEqualTo(counts);
        assertThat(rule(name, As.VALUE, null, Sense.BELOW, 1, false).counts()).isFalse();
    }

    @Test
    void a_rule_is_told_as_people_write_it() {
        MetricRule failed = new MetricRule(
                "failed_total",
                Map.of("queue", "mail"),
                As.RATIO,
                "jobs_total",
                Map.of("queue", "mail"),
                Sense.BELOW,
                0.05,
                false,
                false);

        assertThat(DEPTH).hasToString("queue_depth < 100");
        assertThat(rule("errors_total", As.RATE, null, Sense.ABOVE, 0.5, false))
                .hasToString("errors_total a second > 0.5/s");
        assertThat(failed).hasToString("failed_total{queue=\"mail\"} of jobs_total{queue=\"mail\"} < 5 %");
        assertThat(rule("a_total", As.RATIO, "b_total", Sense.BELOW, 1.2, true))
                .hasToString("a_total of b_total < 1.2 times");
        assertThat(rule("took_seconds_sum", As.RATIO, "took_seconds_count", Sense.BELOW, 0.25, false)
                        .limit())
                .isEqualTo("< 0.25");
        assertThat(DEPTH.shown(123_456.789)).isEqualTo("123457");
        assertThat(DEPTH.shown(0.012345678)).isEqualTo("0.01235");
    }

    @Test
    void a_quantile_says_which_and_how_many_events_are_enough_is_said_of_what_has_events() {
        MetricRule p95 = new MetricRule(
                "took_seconds", Map.of(), As.QUANTILE, null, Map.of(), Sense.BELOW, 0.5, false, false, 0.95, 50);

        assertThat(p95).hasToString("quantile 0.95 of took_seconds < 0.5");
        assertThat(p95.counts()).isFalse();
        assertThat(p95.series()).isEqualTo("took_seconds_bucket");
        assertThat(p95.eventsMin()).isEqualTo(50);
        assertThat(WireJson.mapper().readValue(WireJson.mapper().writeValueAsString(p95), MetricRule.class))
                .isEqualTo(p95);
        assertThat(rule("a_total", As.RATIO, "b_total", Sense.BELOW, 0.1, false).eventsMin())
                .isEqualTo(20);
        assertThat(DEPTH.eventsMin()).isZero();
        assertThat(List.of(
                        events(As.QUANTILE, null, null, false),
                        events(As.VALUE, 0.5, null, false),
                        events(As.QUANTILE, 1.0, null, false),
                        events(As.QUANTILE, 0.5, null, true),
                        events(As.VALUE, null, 5, false),
                        events(As.QUANTILE, 0.5, 0, false)))
                .satisfiesExactly(
                        text -> assertThat(text).contains("which quantile"),
                        text -> assertThat(text).contains("say as: quantile"),
                        text -> assertThat(text).contains("above 0 and below 1"),
                        text -> assertThat(text).contains("leave absent out"),
                        text -> assertThat(text).contains("atLeast is for a ratio or a quantile"),
                        text -> assertThat(text).contains("metrics.atLeast"));
    }

    private static String events(As as, @Nullable Double quantile, @Nullable Integer atLeast, boolean absentIsZero) {
        try {
            return new MetricRule(
                            "a", Map.of(), as, null, Map.of(), Sense.BELOW, 1, false, absentIsZero, quantile, atLeast)
                    .toString();
        } catch (IllegalArgumentException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    @Test
    void what_is_not_said_is_not_written() {
        String written = WireJson.mapper().writeValueAsString(DEPTH);

        assertThat(written)
                .isEqualTo("{\"name\":\"queue_depth\",\"as\":\"VALUE\",\"sense\":\"BELOW\",\"bound\":100.0}");
        assertThat(WireJson.mapper().readValue(written, MetricRule.class)).isEqualTo(DEPTH);
        assertThat(WireJson.mapper().writeValueAsString(new Guardrails(5.0, List.of())))
                .doesNotContain("metrics");
    }
}
