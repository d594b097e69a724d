package dev.slipway.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Quantiles as {@code histogram_quantile} of Prometheus defines them, worked out by hand. */
class BucketsTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    private static Buckets of(double... boundsAndCounts) {
        TreeMap<Double, Double> atMost = new TreeMap<>();
        for (int i = 0; i < boundsAndCounts.length; i += 2) {
            atMost.put(boundsAndCounts[i], boundsAndCounts[i + 1]);
        }
        return new Buckets(atMost);
    }

    @Test
    void the_values_of_a_bucket_lie_evenly_between_its_bounds() {
        Buckets buckets = of(0.1, 50, 0.5, 90, 1, 100, INF, 100);

        assertThat(buckets.quantile(0.25)).isCloseTo(0.05, within(1e-12));
        assertThat(buckets.quantile(0.5)).isCloseTo(0.1, within(1e-12));
        assertThat(buckets.quantile(0.7)).isCloseTo(0.3, within(1e-12));
        assertThat(buckets.quantile(0.95)).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void what_lies_above_the_highest_bound_counts_as_that_bound() {
        assertThat(of(0.1, 50, 1, 60, INF, 100).quantile(0.95)).isEqualTo(1);
        assertThat(of(0.1, 50, 1, 60, INF, 100).highest()).isEqualTo(1);
    }

    @Test
    void a_first_bucket_whose_bound_is_not_above_0_is_its_bound() {
        assertThat(of(-1, 50, 1, 100, INF, 100).quantile(0.25)).isEqualTo(-1);
        assertThat(of(-1, 50, 1, 100, INF, 100).quantile(0.75)).isCloseTo(0, within(1e-12));
    }

    @Test
    void counts_that_fall_are_taken_as_level() {
        assertThat(of(0.1, 50, 0.5, 49, 1, 100, INF, 100).quantile(0.75)).isCloseTo(0.75, within(1e-12));
    }

    @Test
    void where_nothing_was_counted_there_is_no_quantile() {
        assertThat(of(0.1, 0, INF, 0).quantile(0.5)).isNaN();
        assertThat(of(INF, 10).quantile(0.5)).isNaN();
        assertThat(of(0.1, 3, 1, 10).quantile(0.5)).as("no bucket for all").isNaN();
        assertThat(Buckets.NONE.quantile(0.5)).isNaN();
    }

    @Test
    void only_what_was_added_since_counts_and_a_series_that_began_anew_is_counted_from_0() {
        Map<Map<String, String>, Double> before =
                Map.of(Map.of("le", "1", "pod", "a"), 90.0, Map.of("le", "+Inf", "pod", "a"), 100.0);
        Map<Map<String, String>, Double> now = Map.of(
                Map.of("le", "1", "pod", "a"), 5.0,
                Map.of("le", "+Inf", "pod", "a"), 110.0,
                Map.of("le", "1.0", "pod", "b"), 2.0,
                Map.of("le", "+Inf", "pod", "b"), 3.0);

        assertThat(Buckets.added(before, now)).isEqualTo(of(1, 7, INF, 13));
    }

    @Test
    void each_bucket_says_its_bound_and_one_is_for_all() {
        assertThat(Buckets.readable(List.of(Map.of("le", "0.1"), Map.of("le", "+Inf"))))
                .isTrue();
        assertThat(Buckets.readable(List.of(Map.of("le", "0.1")))).isFalse();
        assertThat(Buckets.readable(List.of(Map.of("le", "much"), Map.of("le", "+Inf"))))
                .isFalse();
        assertThat(Buckets.readable(List.of(Map.of(), Map.of("le", "+Inf")))).isFalse();
    }
}
