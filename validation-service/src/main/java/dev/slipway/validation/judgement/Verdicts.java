package dev.slipway.validation.judgement;

import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import org.jspecify.annotations.Nullable;

/**
 * What has been found for good.
 *
 * @param baselineReady whether the first share may be given
 * @param slowLimitMs from how many milliseconds an answer is slow, fixed before the first share; null without a baseline
 * @param passedStep highest step that has passed, 0 for none
 * @param worse why the canary is worse; sticks and wins
 */
record Verdicts(
        boolean baselineReady,
        @Nullable Double slowLimitMs,
        int passedStep,
        @Nullable Worse worse) {
    private static final double TIMES = 3;
    private static final double PLUS_MS = 200;

    static Verdicts starting(boolean firstRelease) {
        return new Verdicts(firstRelease, null, 0, null);
    }

    /** Fixes what slow means: max(3 b, b + 200 ms), b being the baseline's p95. */
    Verdicts baselineKnown(double p95Ms) {
        double known = Math.min(p95Ms, LatencyBuckets.upperMs(LatencyBuckets.COUNT - 2)); // the last one has no end
        return new Verdicts(true, Math.max(TIMES * known, known + PLUS_MS), passedStep, worse);
    }

    Verdicts passed(int step) {
        return new Verdicts(baselineReady, slowLimitMs, Math.max(step, passedStep), worse);
    }

    Verdicts worse(Worse why) {
        return worse == null ? new Verdicts(baselineReady, slowLimitMs, passedStep, why) : this;
    }
}
