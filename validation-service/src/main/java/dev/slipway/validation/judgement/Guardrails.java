package dev.slipway.validation.judgement;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Canary.LatencyLimit;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import java.util.Locale;
import java.util.Optional;

/**
 * Limits that hold whatever the baseline does. A limit is armed only when a rate or quantile means something: the error
 * rate from {@code answersMin} answers and three errors on, a quantile q from 3/(1-q) answers on. A quantile counts as
 * above its limit when the buckets leave no doubt, so never because of their width.
 */
final class Guardrails {
    private static final int ERRORS_MIN = 3;
    private static final double TAIL_ANSWERS_MIN = 3;
    private static final double PERCENT = 100;
    private static final double ROUNDING = 1e-9;

    private Guardrails() {}

    /** The first armed limit that is broken. */
    static Optional<Worse> broken(Canary rules, SideTally canary) {
        return errorRate(rules, canary)
                .or(() -> rules.guardrails().latencies().stream()
                        .flatMap(limit -> latency(limit, canary).stream())
                        .findFirst());
    }

    private static Optional<Worse> errorRate(Canary rules, SideTally canary) {
        Double percentMax = rules.guardrails().errorRatePercentMax();
        boolean armed = canary.answers() >= rules.answersMin() && canary.errors() >= ERRORS_MIN;
        if (percentMax == null || !armed || canary.errors() * PERCENT < percentMax * canary.answers()) {
            return Optional.empty();
        }
        String observed = String.format(
                Locale.ROOT,
                "%.1f %% (%d of %d)",
                canary.errors() * PERCENT / canary.answers(),
                canary.errors(),
                canary.answers());
        return Optional.of(new Worse("guardrail", "errorRate", observed, "< " + number(percentMax) + " %"));
    }

    private static Optional<Worse> latency(LatencyLimit limit, SideTally canary) {
        long answers = canary.timed();
        double tail = 1 - limit.quantile();
        long slower = LatencyBuckets.slowerThan(canary.latency(), limit.below().toNanos() / 1e6);
        boolean armed = answers + ROUNDING >= TAIL_ANSWERS_MIN / tail;
        if (!armed || slower <= tail * answers + ROUNDING) {
            return Optional.empty();
        }
        String name = "p" + number(limit.quantile() * PERCENT);
        String observed =
                String.format(Locale.ROOT, "%.0f ms", LatencyBuckets.quantileMs(canary.latency(), limit.quantile()));
        return Optional.of(
                new Worse("guardrail", name, observed, "< " + limit.below().toMillis() + " ms"));
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.3f", value);
        return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
}
