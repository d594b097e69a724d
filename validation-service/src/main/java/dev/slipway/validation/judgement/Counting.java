package dev.slipway.validation.judgement;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.JudgementStatus.SideCounts;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import dev.slipway.validation.judgement.JudgementState.Judging;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one more sample means for a judgement, and what a judgement says. DESIGN section 10. */
final class Counting {
    private static final double BASELINE_QUANTILE = 0.95;
    private static final int BASELINE_ANSWERS_MIN = 60;
    /** Metrics that are compared, errors and slow answers, share alpha between them (Bonferroni). */
    private static final int METRICS = 2;

    private Counting() {}

    /** Counts the sample, then looks whether the canary is worse, and only if it is not, whether the step has passed. */
    static Judging counted(Judging state, TrafficSample sample, Duration window, Instant now) {
        Rollout rollout = state.rollout();
        Tally tally = state.tally().counting(sample, rollout, state.step(), window, now);
        Verdicts verdicts = baseline(rollout, state.verdicts(), tally);
        Double slowLimitMs = verdicts.slowLimitMs();
        boolean comparing = state.step().number() > 0 || tally.canary().answers() > 0;
        if (comparing && slowLimitMs != null) {
            tally = tally.comparing(sample, rollout, slowLimitMs);
        }
        Optional<Worse> worse = worse(rollout, tally, window);
        if (worse.isPresent()) {
            verdicts = verdicts.worse(worse.get());
        } else if (verdicts.worse() == null && missing(state.with(verdicts, tally)) == null) {
            verdicts = verdicts.passed(state.step().number());
        }
        return state.with(verdicts, tally);
    }

    /** Fixes the baseline's latency once there is enough of it, before the canary is compared with it. */
    private static Verdicts baseline(Rollout rollout, Verdicts verdicts, Tally tally) {
        boolean enough = tally.baseline().timed() >= baselineAnswersMin(rollout.rules());
        return verdicts.baselineReady() || !enough
                ? verdicts
                : verdicts.baselineKnown(
                        LatencyBuckets.quantileMs(tally.baseline().latency(), BASELINE_QUANTILE));
    }

    private static long baselineAnswersMin(Canary rules) {
        return Math.max(rules.answersMin(), BASELINE_ANSWERS_MIN);
    }

    private static Optional<Worse> worse(Rollout rollout, Tally tally, Duration window) {
        double alpha = rollout.rules().alpha() / METRICS;
        return Guardrails.broken(rollout.rules(), tally.canary())
                .or(() -> Guardrails.brokenLately(
                        rollout.rules(), tally.canary(), tally.recent().sum(), window))
                .or(() -> compared("errors", tally.errors(), alpha))
                .or(() -> compared("slow", tally.slow(), alpha));
    }

    private static Optional<Worse> compared(String metric, SequentialComparison comparison, double alpha) {
        if (!comparison.worse(alpha)) {
            return Optional.empty();
        }
        String observed = String.format(
                Locale.ROOT,
                "%d of %d beside %d of %d, evidence %.2f",
                comparison.canaryFailures(),
                comparison.canaryAnswers(),
                comparison.baselineFailures(),
                comparison.baselineAnswers(),
                comparison.logProduct());
        String limit = String.format(Locale.ROOT, "%.2f", SequentialComparison.boundAt(alpha));
        return Optional.of(new Worse("comparison", metric, observed, limit));
    }

    /** What the present step still lacks, for people; null if it has passed. */
    static @Nullable String missing(Judging state) {
        Canary rules = state.rollout().rules();
        if (!state.verdicts().baselineReady()) {
            return "baseline: %d of %d answers"
                    .formatted(state.tally().baseline().timed(), baselineAnswersMin(rules));
        }
        if (state.step().number() == 0) {
            return "the first share";
        }
        long canary = counted(state, true);
        if (canary < rules.answersMin()) {
            return "%d of %d answers".formatted(canary, rules.answersMin());
        }
        long baseline = counted(state, false);
        if (state.rollout().baseline() != null && state.step().shared() && baseline < rules.answersMin()) {
            return "baseline: %d of %d answers".formatted(baseline, rules.answersMin());
        }
        return stillHolding(state);
    }

    /** Answers that a step may rely on: where clients stick to a side and are compared, only first answers. */
    private static long counted(Judging state, boolean canary) {
        boolean firstOnly = state.rollout().rules().assign() == Canary.Assign.CLIENT
                && state.rollout().baseline() != null;
        Tally tally = state.tally();
        if (firstOnly) {
            return canary ? tally.errors().canaryAnswers() : tally.errors().baselineAnswers();
        }
        return canary ? tally.canary().answers() : tally.baseline().answers();
    }

    private static @Nullable String stillHolding(Judging state) {
        Hold hold = state.tally().hold();
        Duration asked = state.step().hold();
        if (hold.to() == null) {
            return "the first second of this step";
        }
        return hold.atLeast(asked) ? null : "%d of %d s".formatted(hold.seconds(), asked.toSeconds());
    }

    static JudgementStatus status(Judging state) {
        Verdicts verdicts = state.verdicts();
        boolean settled = verdicts.worse() != null
                || verdicts.passedStep() >= Math.max(1, state.step().number());
        String missing = settled ? null : missing(state);
        return new JudgementStatus(
                state.rollout().question(),
                EnvironmentId.parse(state.id()),
                verdicts.baselineReady(),
                verdicts.passedStep(),
                verdicts.worse(),
                counts(state.tally().canary(), verdicts),
                counts(state.tally().baseline(), verdicts),
                missing == null ? "" : missing);
    }

    private static SideCounts counts(SideTally side, Verdicts verdicts) {
        Double limitMs = verdicts.slowLimitMs();
        long slow = limitMs == null ? 0 : LatencyBuckets.slowerThan(side.latency(), limitMs);
        return new SideCounts(side.answers(), side.errors(), slow);
    }
}
