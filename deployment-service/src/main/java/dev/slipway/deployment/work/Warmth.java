package dev.slipway.deployment.work;

import dev.slipway.contracts.traffic.LatencyBuckets;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a version is warm: a cold JVM is not a slow version, so its first answers are not counted. It is as soon as its
 * own latencies stand still, at the same quantiles at which it will be compared. DESIGN section 10.
 */
final class Warmth {
    static final int WINDOWS = 3;
    static final int ANSWERS_MIN = 20;

    private static final double AGREE_WITHIN = 1.25;
    private static final List<Double> QUANTILES = List.of(0.5, 0.66, 0.8, 0.9, 0.95, 0.98, 0.99);
    /** A quantile beyond which fewer answers lie is chance. */
    private static final int BEYOND_MIN = 10;

    private static final double ROUNDING = 1e-9;

    private Warmth() {}

    /**
     * What one second of warm-up showed.
     *
     * @param latency answers per bucket of {@link LatencyBuckets}
     */
    record Window(List<Long> latency) {
        Window {
            latency = List.copyOf(latency);
        }

        long answers() {
            return latency.stream().mapToLong(Long::longValue).sum();
        }

        /** Whether so many answers tell this quantile. */
        boolean tells(double quantile) {
            return answers() * (1 - quantile) >= BEYOND_MIN - ROUNDING;
        }
    }

    /** Answers of one window being counted, by one thread. */
    static final class Counting {
        private final long[] latency = new long[LatencyBuckets.COUNT];

        void answered(long nanos) {
            latency[LatencyBuckets.bucketOf(nanos)]++;
        }

        void add(Counting other) {
            Arrays.setAll(latency, bucket -> latency[bucket] + other.latency[bucket]);
        }

        Window window() {
            return new Window(Arrays.stream(latency).boxed().toList());
        }
    }

    /**
     * Whether the last three windows have 20 answers each and agree within a quarter at each of the seven quantiles that
     * all of them tell.
     */
    static boolean reached(List<Window> windows) {
        if (windows.size() < WINDOWS) {
            return false;
        }
        List<Window> last = windows.subList(windows.size() - WINDOWS, windows.size());
        return last.stream().allMatch(window -> window.answers() >= ANSWERS_MIN)
                && QUANTILES.stream()
                        .filter(quantile -> last.stream().allMatch(window -> window.tells(quantile)))
                        .allMatch(quantile -> standsStill(last, quantile));
    }

    private static boolean standsStill(List<Window> windows, double quantile) {
        double[] each = windows.stream()
                .mapToDouble(window -> LatencyBuckets.quantileMs(window.latency(), quantile))
                .sorted()
                .toArray();
        return each[each.length - 1] <= each[0] * AGREE_WITHIN;
    }
}
