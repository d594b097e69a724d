package dev.slipway.validation.judgement;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.LatencyBuckets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From when on an answer is slow: quantiles of the baseline as measured before the canary got traffic, fixed for the
 * rollout. At each an answer that takes longer has failed, so that a version that is a little slower everywhere is seen as
 * well as one that is much slower at times. A canary's limit is above the baseline's: by the policy's margin, and by at
 * least the difference that the policy calls none.
 *
 * @param ms the baseline's quantiles, milliseconds, each a bound of {@link LatencyBuckets}; empty if nothing was measured
 * @param margin 1 or more
 * @param differenceMs milliseconds, 0 or more; absent in what was stored without it
 */
record SlowLimits(
        List<Double> ms,
        double margin,
        @JsonSetter(nulls = Nulls.AS_EMPTY) double differenceMs) {
    private static final List<Double> QUANTILES = List.of(0.50, 0.66, 0.80, 0.90, 0.95, 0.98, 0.99);
    private static final int FEW = 4; // p50 to p90
    private static final double NANOS_PER_MS = 1e6;
    /** From so many answers on the tail is known well enough to compare with. */
    static final long ANSWERS_FOR_TAIL = 500;

    private static final double LONGEST_MS = LatencyBuckets.upperMs(LatencyBuckets.COUNT - 2); // the last has no end

    SlowLimits {
        ms = List.copyOf(ms);
    }

    static SlowLimits measured(SideTally baseline, Canary rules) {
        long timed = baseline.timed();
        int known = timed == 0 ? 0 : timed < ANSWERS_FOR_TAIL ? FEW : QUANTILES.size();
        return new SlowLimits(
                QUANTILES.subList(0, known).stream()
                        .map(quantile -> Math.min(LatencyBuckets.quantileMs(baseline.latency(), quantile), LONGEST_MS))
                        .toList(),
                rules.latencyMargin(),
                rules.latencyDifference().toNanos() / NANOS_PER_MS);
    }

    /** From when on the canary's answers are slow at a limit, milliseconds. */
    double ofCanary(double limit) {
        return Math.max(limit * margin, limit + differenceMs);
    }

    /** Both sides as blocks, one for each limit. */
    List<Block> blocks(SideTally canary, SideTally baseline) {
        long ofCanary = canary.timed();
        long ofBaseline = baseline.timed();
        return ms.stream()
                .map(limit -> new Block(
                        ofCanary,
                        slower(canary.latency(), ofCanary(limit)),
                        ofBaseline,
                        slower(baseline.latency(), limit)))
                .toList();
    }

    /** For people: answers beyond the p95, or the highest quantile that is known, with the margin. */
    long slow(SideTally side) {
        Double from = slowFromMs();
        return from == null ? 0 : Math.round(slower(side.latency(), from));
    }

    /** From when on that is so, milliseconds; null where nothing was measured. */
    @Nullable
    Double slowFromMs() {
        return ms.isEmpty() ? null : ofCanary(ms.get(Math.min(FEW, ms.size() - 1)));
    }

    static String name(int limit) {
        return "p" + Math.round(QUANTILES.get(limit) * 100);
    }

    /** Answers above a limit; of the bucket that it cuts the upper part, as if its answers lay evenly by their logarithm. */
    static double slower(List<Long> counts, double limitMs) {
        double slow = 0;
        for (int bucket = 1; bucket < counts.size(); bucket++) {
            double lower = LatencyBuckets.upperMs(bucket - 1);
            double upper = LatencyBuckets.upperMs(bucket);
            if (lower >= limitMs) {
                slow += counts.get(bucket);
            } else if (upper > limitMs && upper < Double.POSITIVE_INFINITY) {
                slow += counts.get(bucket) * Math.log(upper / limitMs) / Math.log(upper / lower);
            }
        }
        return slow;
    }
}
