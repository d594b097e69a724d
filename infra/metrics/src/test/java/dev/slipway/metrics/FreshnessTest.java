package dev.slipway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.MetricRule.As;
import dev.slipway.contracts.policy.MetricRule.Sense;
import dev.slipway.metrics.Exposition.Format;
import dev.slipway.metrics.Exposition.Sample;
import dev.slipway.metrics.Exposition.Unreadable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whether what a program tells is of now. */
final class FreshnessTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final Map<String, String> MAIL = Map.of("queue", "mail");

    private static MetricRule depth(@Nullable Duration freshWithin) {
        return new MetricRule(
                "depth", MAIL, As.VALUE, null, Map.of(), Sense.BELOW, 5, false, false, null, null, freshWithin);
    }

    private static Sample sample(Map<String, String> labels, @Nullable Instant at) {
        return new Sample("depth", labels, 1, at);
    }

    @Test
    void what_has_no_time_is_of_when_it_was_asked_for() {
        assertThat(Freshness.stale(depth(null), List.of(sample(MAIL, null)), NOW))
                .isEmpty();
    }

    @Test
    void what_is_older_than_five_minutes_or_what_the_rule_says_is_no_data() {
        List<Sample> samples = List.of(sample(MAIL, NOW), sample(MAIL, NOW.minusSeconds(301)));

        assertThat(Freshness.stale(depth(null), samples, NOW))
                .hasValue("what it tells of depth is of 2026-01-05T09:54:59Z, and has to be of the last 5 min");
        assertThat(Freshness.stale(depth(null), samples, NOW.minusSeconds(1))).isEmpty();
        assertThat(Freshness.stale(depth(Duration.ofMinutes(10)), samples, NOW)).isEmpty();
        assertThat(Freshness.stale(depth(Duration.ofSeconds(1)), samples, NOW)).isPresent();
    }

    @Test
    void what_the_rule_does_not_look_at_may_be_old() {
        Sample other = sample(Map.of("queue", "print"), NOW.minusSeconds(9_999));

        assertThat(Freshness.stale(depth(null), List.of(other, sample(MAIL, NOW)), NOW))
                .isEmpty();
    }

    @Test
    void what_a_ratio_is_of_has_to_be_fresh_as_well() {
        MetricRule ratio =
                new MetricRule("failed", Map.of(), As.RATIO, "all", Map.of(), Sense.BELOW, 0.1, false, false);
        List<Sample> samples =
                List.of(new Sample("failed", Map.of(), 1, NOW), new Sample("all", Map.of(), 9, NOW.minusSeconds(600)));

        assertThat(Freshness.stale(ratio, samples, NOW))
                .hasValueSatisfying(why -> assertThat(why).contains("of all is of"));
    }

    @Test
    void times_are_read_in_milliseconds_and_in_seconds() throws Unreadable {
        assertThat(Exposition.read("depth 1 1700000000123\n", Format.PROMETHEUS, Set.of("depth")))
                .containsExactly(new Sample("depth", Map.of(), 1, Instant.ofEpochMilli(1_700_000_000_123L)));
        assertThat(Exposition.read("depth 1 1700000000.123\n# EOF\n", Format.OPEN_METRICS, Set.of("depth")))
                .containsExactly(new Sample("depth", Map.of(), 1, Instant.ofEpochMilli(1_700_000_000_123L)));
    }
}
