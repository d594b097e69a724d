package dev.slipway.validation.judgement;

import org.jspecify.annotations.Nullable;

/**
 * Which share of answers is not well without the canary, as the baseline tells it.
 *
 * @param errors 0 to 1, like the others; 0 where there is no baseline, so that whatever fails is the canary's
 * @param slowFromMs from when on an answer counts as slow: the baseline's p95 before the first share, with the policy's margin;
 *     null where that is not known, and nothing is slow
 */
record Bad(
        double errors,
        double refusals,
        double slow,
        @Nullable Double slowFromMs) {
    /** Nothing is to be expected, and nothing is slow. */
    static final Bad NONE = new Bad(0, 0, 0, null);

    static Bad shares(SideTally baseline, @Nullable SlowLimits limits) {
        Double from = limits == null ? null : limits.slowFromMs();
        long timed = baseline.timed();
        return new Bad(
                share((double) baseline.errors(), baseline.answers()),
                share((double) baseline.refusals(), baseline.answers()),
                from == null ? 0 : share(SlowLimits.slower(baseline.latency(), from), timed),
                from);
    }

    /** How many of a side's answers are slow; of a latency bucket that the limit cuts, a part counts. */
    double slowOf(SideTally side) {
        return slowFromMs == null ? 0 : SlowLimits.slower(side.latency(), slowFromMs);
    }

    private static double share(double bad, long answers) {
        return answers == 0 ? 0 : Math.min(1, bad / answers);
    }
}
