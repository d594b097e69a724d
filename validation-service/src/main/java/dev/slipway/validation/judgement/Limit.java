package dev.slipway.validation.judgement;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Canary.LatencyLimit;
import dev.slipway.contracts.traffic.LatencyBuckets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A limit of the policy as a share of answers that may fail: of all answers the errors, or of those whose latency is known
 * the ones that took too long, by whole buckets and so never because of a bucket's width.
 *
 * @param share that may fail, above 0; at 1 or more the limit says nothing
 * @param latency the limit on a quantile, or null for the error rate
 */
record Limit(double share, @Nullable LatencyLimit latency) {
    private static final double PERCENT = 100;

    /** The policy's limits, always in the same order. */
    static List<Limit> of(Canary rules) {
        List<Limit> limits = new ArrayList<>();
        Double percentMax = rules.guardrails().errorRatePercentMax();
        if (percentMax != null) {
            limits.add(new Limit(percentMax / PERCENT, null));
        }
        rules.guardrails().latencies().forEach(each -> limits.add(new Limit(1 - each.quantile(), each)));
        return limits;
    }

    /** {@code errorRate}, or a quantile such as {@code p95}. */
    String metric() {
        return latency == null ? "errorRate" : "p" + number(latency.quantile());
    }

    long answers(SideTally side) {
        return latency == null ? side.answers() : side.timed();
    }

    long failures(SideTally side) {
        return latency == null
                ? side.errors()
                : LatencyBuckets.slowerThan(side.latency(), latency.below().toNanos() / 1e6);
    }

    /** Whether as many fail as may not, beyond doubt or not. An error rate must stay below its limit, a share at most at it. */
    boolean reached(SideTally side) {
        double allowed = share * answers(side);
        return answers(side) > 0 && (latency == null ? failures(side) >= allowed : failures(side) > allowed + 1e-9);
    }

    String observed(SideTally side) {
        return latency == null
                ? String.format(
                        Locale.ROOT,
                        "%.1f %% (%d of %d)",
                        side.errors() * PERCENT / side.answers(),
                        side.errors(),
                        side.answers())
                : String.format(Locale.ROOT, "%.0f ms", LatencyBuckets.quantileMs(side.latency(), latency.quantile()));
    }

    String text() {
        return latency == null
                ? "< " + number(share) + " %"
                : "< " + latency.below().toMillis() + " ms";
    }

    /** A share as percent, without zeros that say nothing. */
    private static String number(double share) {
        double percent = Math.round(share * PERCENT * 1e6) / 1e6;
        return percent == Math.rint(percent) ? Long.toString(Math.round(percent)) : Double.toString(percent);
    }
}
