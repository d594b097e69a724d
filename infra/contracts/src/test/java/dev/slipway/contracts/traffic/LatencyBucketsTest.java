package dev.slipway.contracts.traffic;

import static dev.slipway.contracts.traffic.LatencyBuckets.COUNT;
import static dev.slipway.contracts.traffic.LatencyBuckets.bucketOf;
import static dev.slipway.contracts.traffic.LatencyBuckets.upperMs;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyBucketsTest {
    private static final double NANOS_PER_MS = 1e6;
    private static final long LAST_BOUND_NANOS = (long) (upperMs(COUNT - 2) * NANOS_PER_MS);

    @Test
    void the_bounds_grow_by_a_tenth_from_one_millisecond_to_above_a_minute() {
        assertThat(upperMs(0)).isEqualTo(1.0);
        for (int bucket = 1; bucket < COUNT - 1; bucket++) {
            assertThat(upperMs(bucket) / upperMs(bucket - 1)).isBetween(1.0999, 1.1001);
        }
        assertThat(upperMs(COUNT - 2)).isBetween(60_000.0, 66_000.0);
        assertThat(upperMs(COUNT - 1)).isInfinite();
    }

    @Test
    void a_latency_falls_into_the_bucket_whose_bounds_enclose_it() {
        LongStream.concat(spread(), aroundTheBounds()).forEach(nanos -> {
            int bucket = bucketOf(nanos);
            double ms = nanos / NANOS_PER_MS;
            assertThat(ms).as("%d ns", nanos).isLessThanOrEqualTo(upperMs(bucket));
            if (bucket > 0) {
                assertThat(ms).as("%d ns", nanos).isGreaterThan(upperMs(bucket - 1));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 1, 999_999, 1_000_000})
    void what_took_at_most_a_millisecond_is_in_the_first_bucket(long nanos) {
        assertThat(bucketOf(nanos)).isZero();
    }

    @Test
    void what_took_longer_than_every_bound_is_in_the_open_bucket() {
        assertThat(bucketOf(LAST_BOUND_NANOS + 1)).isEqualTo(COUNT - 1);
        assertThat(bucketOf(Long.MAX_VALUE)).isEqualTo(COUNT - 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.001, 0.07, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1})
    void a_quantile_is_never_too_low_and_at_most_a_tenth_too_high(double quantile) {
        SplittableRandom random = new SplittableRandom(20260302);
        for (int round = 0; round < 200; round++) {
            long[] nanos = latencies(random, 1 + random.nextInt(500));

            double read = LatencyBuckets.quantileMs(counts(nanos), quantile);

            Arrays.sort(nanos);
            double exact = nanos[rank(quantile, nanos.length) - 1] / NANOS_PER_MS;
            assertThat(read).as("round %d of seed 20260302", round).isBetween(exact, exact * 1.1 + 1e-9);
        }
    }

    @Test
    void a_quantile_of_nothing_is_not_a_number() {
        assertThat(LatencyBuckets.quantileMs(List.of(), 0.95)).isNaN();
        assertThat(LatencyBuckets.quantileMs(Collections.nCopies(COUNT, 0L), 0.95))
                .isNaN();
    }

    @Test
    void a_quantile_among_the_endless_is_infinite() {
        assertThat(LatencyBuckets.quantileMs(counts(Long.MAX_VALUE), 0.5)).isInfinite();
    }

    @ParameterizedTest
    @CsvSource({"0.5, 2", "1, 2", "10, 2", "11, 2", "12, 1", "100, 1", "300, 0"})
    void an_answer_counts_as_slow_only_if_its_whole_bucket_is_above_the_limit(double limitMs, long slow) {
        List<Long> counts = counts(900_000, 12_000_000, 150_000_000);

        assertThat(LatencyBuckets.slowerThan(counts, limitMs)).isEqualTo(slow);
    }

    @Test
    void an_answer_at_the_limit_of_a_bucket_is_not_slower_than_it() {
        List<Long> counts = counts(12_000_000, 12_000_000);
        double bound = upperMs(bucketOf(12_000_000));

        assertThat(LatencyBuckets.slowerThan(counts, bound)).isZero();
        assertThat(LatencyBuckets.slowerThan(counts, bound / 1.11)).isEqualTo(2);
    }

    private static LongStream spread() {
        SplittableRandom random = new SplittableRandom(20260302);
        return LongStream.generate(() -> latency(random)).limit(20_000);
    }

    private static LongStream aroundTheBounds() {
        return LongStream.range(0, COUNT - 1).flatMap(bucket -> {
            long bound = (long) (upperMs((int) bucket) * NANOS_PER_MS);
            return LongStream.rangeClosed(bound - 2, bound + 2);
        });
    }

    /** Between the first and the last bound, with all magnitudes alike. */
    private static long latency(SplittableRandom random) {
        return (long) (NANOS_PER_MS * Math.pow(upperMs(COUNT - 2), random.nextDouble(0.001, 0.999)));
    }

    private static long[] latencies(SplittableRandom random, int count) {
        return LongStream.generate(() -> latency(random)).limit(count).toArray();
    }

    /** The smallest rank at or above the quantile, in whole thousandths. */
    private static int rank(double quantile, int count) {
        return Math.max(1, (int) ((Math.round(quantile * 1000) * count + 999) / 1000));
    }

    private static List<Long> counts(long... nanos) {
        List<Long> counts = new ArrayList<>(Collections.nCopies(COUNT, 0L));
        for (long one : nanos) {
            counts.set(bucketOf(one), counts.get(bucketOf(one)) + 1);
        }
        return counts;
    }
}
