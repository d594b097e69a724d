package dev.slipway.contracts.traffic;

import java.util.Arrays;
import java.util.List;

/**
 * Latency buckets: upper bounds grow by a tenth from 1 ms to 63.3 s, so a quantile read from them is at most 10 % too high
 * and never too low. What took less than 1 ms counts as 1 ms, what took more than the last bound as endless. Bucket i
 * holds answers at or below bound i and above bound i-1; the last is open.
 */
public final class LatencyBuckets {
    private static final double GROWTH = 1.1;
    private static final double FIRST_MS = 1.0;
    /** Number of buckets, the open one included. */
    public static final int COUNT = 118;

    private static final double ROUNDING = 1e-9;
    private static final double[] UPPER_MS = bounds();

    private LatencyBuckets() {}

    /** Upper bound of a bucket, milliseconds; infinite for the last. */
    public static double upperMs(int bucket) {
        return UPPER_MS[bucket];
    }

    /** The bucket of a latency; found among the bounds themselves, as a logarithm rounds past them. */
    public static int bucketOf(long nanos) {
        int found = Arrays.binarySearch(UPPER_MS, nanos / 1e6);
        return found >= 0 ? found : -found - 1;
    }

    private static double[] bounds() {
        double[] bounds = new double[COUNT];
        for (int bucket = 0; bucket < COUNT - 1; bucket++) {
            bounds[bucket] = FIRST_MS * Math.pow(GROWTH, bucket);
        }
        bounds[COUNT - 1] = Double.POSITIVE_INFINITY;
        return bounds;
    }

    /**
     * A quantile, milliseconds: the upper bound of the bucket that holds it.
     *
     * @return NaN without counts
     */
    public static double quantileMs(List<Long> counts, double quantile) {
        long total = counts.stream().mapToLong(Long::longValue).sum();
        long rank = (long) Math.ceil(quantile * total - ROUNDING); // 0.07 * 100 is a little above 7
        long seen = 0;
        for (int bucket = 0; bucket < counts.size(); bucket++) {
            seen += counts.get(bucket);
            if (total > 0 && seen >= Math.max(1, rank)) {
                return upperMs(bucket);
            }
        }
        return Double.NaN;
    }

    /** How many answers were slower than a limit, by whole buckets: a bucket counts if its lower bound is at or above it. */
    public static long slowerThan(List<Long> counts, double limitMs) {
        long slow = 0;
        for (int bucket = 1; bucket < counts.size(); bucket++) {
            if (upperMs(bucket - 1) >= limitMs) {
                slow += counts.get(bucket);
            }
        }
        return slow;
    }
}
