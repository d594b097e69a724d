package dev.slipway.release.dora;

import dev.slipway.contracts.release.DoraView.Trend;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A value of one window.
 *
 * @param value null where nothing can be said
 * @param of how many it is made of
 * @param why what it is made of, or why there is none
 */
record Measured(@Nullable Double value, int of, String why) {
    private static final double SAME_WITHIN = 0.05;

    static Measured none(String why) {
        return new Measured(null, 0, why);
    }

    /** The middle one, or half-way between the middle two; none of none. */
    static Measured median(double[] values, String why) {
        if (values.length == 0) {
            return none(why);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Measured(median, sorted.length, why);
    }

    static Trend trend(@Nullable Double now, @Nullable Double before, boolean moreIsBetter) {
        if (now == null || before == null) {
            return Trend.UNKNOWN;
        }
        double larger = Math.max(Math.abs(now), Math.abs(before));
        if (Math.abs(now - before) <= SAME_WITHIN * larger) {
            return Trend.SAME;
        }
        return (now > before) == moreIsBetter ? Trend.BETTER : Trend.WORSE;
    }
}
