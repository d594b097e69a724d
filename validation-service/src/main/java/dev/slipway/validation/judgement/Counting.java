package dev.slipway.validation.judgement;

import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import dev.slipway.validation.judgement.JudgementState.Judging;
import dev.slipway.validation.judgement.Seconds.Open;
import java.time.Instant;
import java.util.Optional;

/** What one more sample means for a judgement. DESIGN section 10. */
final class Counting {
    private Counting() {}

    /** Counts the sample, then looks whether the canary is worse, and only if it is not, whether the step has passed. */
    static Judging counted(Judging state, TrafficSample sample, Judgement.Bounds bounds, Instant now) {
        Optional<Cursors> passed = state.tally().cursors().passing(sample, now);
        if (passed.isEmpty()) {
            return state.with(
                    state.verdicts().noting(Missing.TOO_MANY), state.tally().leavingOut(now));
        }
        Tally taken = state.tally().taking(sample, passed.get(), state.rollout(), state.step(), now);
        Judging next = fixing(ready(state.with(state.verdicts(), taken)));
        Optional<Open> over = next.tally().seconds().over(next.tally().cursors(), now, bounds.secondWithin());
        while (over.isPresent()) {
            next = closed(next, over.get(), bounds);
            over = next.tally().seconds().over(next.tally().cursors(), now, bounds.secondWithin());
        }
        return found(next, bounds);
    }

    /** The first share may be given once the baseline's latency is known. */
    private static Judging ready(Judging state) {
        boolean enough = state.tally().baseline().timed() >= Missing.baselineTimedMin(state.rollout());
        return state.verdicts().baselineReady() || !enough
                ? state
                : state.with(state.verdicts().baselineKnown(), state.tally());
    }

    /** Fixes from when on an answer is slow, by what the baseline did before the canary had a share. */
    private static Judging fixing(Judging state) {
        Verdicts verdicts = state.verdicts();
        if (state.rollout().baseline() == null || verdicts.slow() != null || !comparing(state)) {
            return state;
        }
        SideTally measured = state.tally().baselineOver();
        SlowLimits limits = SlowLimits.measured(measured, state.rollout().rules());
        Processes processes = state.tally().processes(state.rollout()).slowFrom(limits, measured);
        boolean few = measured.timed() < SlowLimits.ANSWERS_FOR_TAIL;
        Verdicts fixed = verdicts.slowFrom(limits);
        return state.with(
                few
                        ? fixed.noting(
                                "%d answers of the baseline were measured before the first share: slow answers are %s"
                                        .formatted(
                                                measured.timed(),
                                                limits.ms().isEmpty() ? "not compared" : "compared up to p90"))
                        : fixed,
                state.tally().with(processes));
    }

    private static boolean comparing(Judging state) {
        return state.step().number() > 0 || state.tally().canary().answers() > 0;
    }

    /** A second is over for all gateways: what it is evidence of. */
    private static Judging closed(Judging state, Open second, Judgement.Bounds bounds) {
        Processes before = state.tally().processes(state.rollout());
        Processes after = comparing(state)
                ? judged(state, before, second, bounds.slowness())
                : before.measured(second.compared().baseline());
        return state.with(
                state.verdicts(),
                state.tally()
                        .closing(
                                second,
                                after,
                                bounds.window(),
                                comparing(state),
                                state.step().number(),
                                state.verdicts().slow()));
    }

    private static Processes judged(Judging state, Processes before, Open second, Effects slowness) {
        Processes limited = before.limited(state.rollout().rules(), second.all().canary());
        SlowLimits limits = state.verdicts().slow();
        if (state.rollout().baseline() == null || limits == null) {
            return limited;
        }
        boolean alone = !state.step().shared() && second.compared().baseline().answers() == 0;
        return alone
                ? limited.alone(
                        second.compared().canary(),
                        state.rollout().sticky()
                                ? Recent.NOTHING
                                : state.tally().recentBaseline(),
                        limits,
                        slowness)
                : limited.compared(second.compared(), limits, slowness);
    }

    private static Judging found(Judging state, Judgement.Bounds bounds) {
        Optional<Worse> worse = Findings.worse(state, bounds.window());
        Verdicts verdicts = state.verdicts();
        if (worse.isPresent()) {
            return state.with(verdicts.worse(worse.get()), state.tally());
        }
        if (verdicts.worse() != null || verdicts.passedStep() >= state.step().number()) {
            return state;
        }
        if (Missing.of(state).isPresent()) {
            return state.with(verdicts, state.tally().doubting(""));
        }
        Optional<Missing.Doubt> doubt = Missing.doubt(state, bounds.window());
        Verdicts noted = Missing.unwatchedSide(state)
                ? verdicts.noting("the baseline has no share: guardrails and what was seen decide")
                : verdicts;
        int step = state.step().number();
        return doubt.map(each -> state.with(
                        noted.noting("step %d: %s".formatted(step, each.note())),
                        state.tally().doubting(each.text())))
                .orElseGet(() -> state.with(
                        Missing.untimed(state).map(noted::noting).orElse(noted).passed(step),
                        state.tally().doubting("")));
    }
}
