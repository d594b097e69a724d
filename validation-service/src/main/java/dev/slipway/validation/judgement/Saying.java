package dev.slipway.validation.judgement;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.JudgementStatus.SideCounts;
import dev.slipway.validation.judgement.JudgementState.Judging;

/** What a judgement says. */
final class Saying {
    private Saying() {}

    static JudgementStatus status(Judging state) {
        Verdicts verdicts = state.verdicts();
        boolean settled = verdicts.worse() != null
                || verdicts.passedStep() >= Math.max(1, state.step().number());
        return new JudgementStatus(
                state.rollout().question(),
                EnvironmentId.parse(state.id()),
                verdicts.baselineReady(),
                verdicts.passedStep(),
                verdicts.worse(),
                counts(state.tally().canary(), verdicts),
                counts(state.tally().baseline(), verdicts),
                settled ? "" : Missing.of(state).orElse(state.tally().doubt()),
                verdicts.notes(),
                verdicts.kept(),
                state.tally().windows().said(state.step()),
                state.tally().excesses(verdicts.slow()).said(),
                false,
                state.tally().leftSaid());
    }

    private static SideCounts counts(SideTally side, Verdicts verdicts) {
        SlowLimits slow = verdicts.slow();
        return new SideCounts(
                side.answers(), side.errors(), slow == null ? 0 : slow.slow(side), side.refusals(), side.kinds());
    }
}
