package dev.slipway.validation.judgement;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Canary.LatencyLimit;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Limits that hold whatever the baseline does. A limit is armed only when a rate or quantile means something: the error
 * rate from {@code answersMin} answers and three errors on, a quantile q from 3/(1-q) answers on. A quantile counts as
 * above its limit when the buckets leave no doubt, so never because of their width.
 *
 * <p>Each limit is looked at twice. Over the whole rollout, what was observed must keep it. Over the last while, what was
 * observed must not break it beyond doubt: were the true share of failures p at the limit, k or more of n answers would
 * fail with a chance below exp(-n KL(k/n, p)) (Chernoff's bound for the binomial; Hoeffding 1963, theorem 1), and this
 * bound must be below one in a million. So each look adds at most that chance of a false alarm, and far less where the
 * true share is below the limit, while a fault that comes an hour into a bake is found in seconds instead of being
 * averaged away: at a limit of 5 %, five answers that all fail are enough, or 43 of which three in ten do.
 */
final class Guardrails {
    private static final int ERRORS_MIN = 3;
    private static final double TAIL_ANSWERS_MIN = 3;
    private static final double PERCENT = 100;
    private static final double ROUNDING = 1e-9;
    private static final double DOUBT = 1e-6;

    private Guardrails() {}

    /** The first armed limit that all answers together break. */
    static Optional<Worse> broken(Canary rules, SideTally canary) {
        return errorRate(rules, canary)
                .or(() -> rules.guardrails().latencies().stream()
                        .flatMap(limit -> latency(limit, canary).stream())
                        .findFirst());
    }

    /**
     * The first armed limit that the recent answers break beyond doubt.
     *
     * @param canary all answers, by which limits are armed
     * @param recent those of the window
     */
    static Optional<Worse> brokenLately(Canary rules, SideTally canary, SideTally recent, Duration window) {
        return errorRateLately(rules, canary, recent, window)
                .or(() -> rules.guardrails().latencies().stream()
                        .flatMap(limit -> latencyLately(limit, canary, recent, window).stream())
                        .findFirst());
    }

    private static Optional<Worse> errorRate(Canary rules, SideTally canary) {
        Double percentMax = rules.guardrails().errorRatePercentMax();
        if (percentMax == null || !armed(rules, canary) || canary.errors() * PERCENT < percentMax * canary.answers()) {
            return Optional.empty();
        }
        return Optional.of(tooManyErrors(canary, percentMax, ""));
    }

    private static Optional<Worse> errorRateLately(Canary rules, SideTally canary, SideTally recent, Duration window) {
        Double percentMax = rules.guardrails().errorRatePercentMax();
        return percentMax == null
                        || !armed(rules, canary)
                        || !beyondDoubt(recent.errors(), recent.answers(), percentMax / PERCENT)
                ? Optional.empty()
                : Optional.of(tooManyErrors(recent, percentMax, lately(window)));
    }

    private static boolean armed(Canary rules, SideTally canary) {
        return canary.answers() >= rules.answersMin() && canary.errors() >= ERRORS_MIN;
    }

    private static Worse tooManyErrors(SideTally side, double percentMax, String when) {
        String observed = String.format(
                Locale.ROOT,
                "%.1f %% (%d of %d)%s",
                side.errors() * PERCENT / side.answers(),
                side.errors(),
                side.answers(),
                when);
        return new Worse("guardrail", "errorRate", observed, "< " + number(percentMax) + " %");
    }

    private static Optional<Worse> latency(LatencyLimit limit, SideTally canary) {
        boolean broken = slower(limit, canary) > tail(limit) * canary.timed() + ROUNDING;
        return armed(limit, canary) && broken ? Optional.of(tooSlow(limit, canary, "")) : Optional.empty();
    }

    private static Optional<Worse> latencyLately(
            LatencyLimit limit, SideTally canary, SideTally recent, Duration window) {
        return armed(limit, canary) && beyondDoubt(slower(limit, recent), recent.timed(), tail(limit))
                ? Optional.of(tooSlow(limit, recent, lately(window)))
                : Optional.empty();
    }

    private static boolean armed(LatencyLimit limit, SideTally canary) {
        return canary.timed() + ROUNDING >= TAIL_ANSWERS_MIN / tail(limit);
    }

    private static double tail(LatencyLimit limit) {
        return 1 - limit.quantile();
    }

    private static long slower(LatencyLimit limit, SideTally side) {
        return LatencyBuckets.slowerThan(side.latency(), limit.below().toNanos() / 1e6);
    }

    private static Worse tooSlow(LatencyLimit limit, SideTally side, String when) {
        String observed = String.format(
                Locale.ROOT, "%.0f ms%s", LatencyBuckets.quantileMs(side.latency(), limit.quantile()), when);
        return new Worse(
                "guardrail",
                "p" + number(limit.quantile() * PERCENT),
                observed,
                "< " + limit.below().toMillis() + " ms");
    }

    /** Whether k of n cannot be by chance where the true share is at the limit. */
    static boolean beyondDoubt(long k, long n, double limit) {
        if (n == 0 || k <= limit * n || limit >= 1) {
            return false;
        }
        double share = (double) k / n;
        double failed = limit <= 0 ? Double.POSITIVE_INFINITY : share * Math.log(share / limit);
        double good = share >= 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - limit));
        return n * (failed + good) >= -Math.log(DOUBT);
    }

    private static String lately(Duration window) {
        return " in the last " + window.toSeconds() + " s";
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
