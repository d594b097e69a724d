package dev.slipway.validation.judgement;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.validation.judgement.JudgementState.Judging;
import java.time.Duration;
import java.util.Optional;

/** What a step still lacks, for people. A side without a share is not waited for: it would never have what is asked of it. */
final class Missing {
    static final String TOO_MANY =
            "more than %d gateways report, and what some of them say is left out".formatted(Cursors.KNOWN_MAX);
    private static final int BASELINE_ANSWERS_MIN = 60;

    private Missing() {}

    /**
     * Something that can be seen and is not beyond doubt: no reason to go back, but one not to go on.
     *
     * @param text with the present figures
     * @param note for the record, once
     */
    record Doubt(String text, String note) {}

    static long baselineTimedMin(Rollout rollout) {
        return Math.max(rollout.rules().answersMin(), BASELINE_ANSWERS_MIN);
    }

    /** Whether the baseline has no share although there is something to be judged. */
    static boolean unwatchedSide(Judging state) {
        boolean fewSeen =
                state.tally().baseline().answers() < state.rollout().rules().answersMin()
                        || !state.verdicts().baselineReady();
        return state.rollout().baseline() != null
                && !state.step().shared()
                && (fewSeen || state.step().hold().isPositive());
    }

    /**
     * What a step that passes has not seen of latencies, for the record: after its start a gateway tells none (ADR 82).
     * Beside what the version before told, as a long poll never does.
     */
    static Optional<String> untimed(Judging state) {
        SlowLimits slow = state.verdicts().slow();
        boolean looked = (slow != null && !slow.ms().isEmpty())
                || !state.rollout().rules().guardrails().latencies().isEmpty();
        SideTally before = state.tally().windows().before().answers();
        SideTally here = state.tally().windows().stepCanary().answers();
        double usual = before.answers() == 0 ? 1 : Math.min(1, (double) before.timed() / before.answers());
        return looked && state.step().hold().isPositive() && here.timed() < usual * here.answers() / 2
                ? Optional.of("step %d: only %d of %d answers told how long they took"
                        .formatted(state.step().number(), here.timed(), here.answers()))
                : Optional.empty();
    }

    /** Time and answers that are lacking. */
    static Optional<String> of(Judging state) {
        Canary rules = state.rollout().rules();
        if (!state.verdicts().baselineReady() && state.step().number() == 0) {
            return Optional.of("baseline: %d of %d answers"
                    .formatted(state.tally().baseline().timed(), baselineTimedMin(state.rollout())));
        }
        if (state.step().number() == 0) {
            return Optional.of("the first share");
        }
        if (!state.tally().cursors().allHeard(state.tally().hold().to())) {
            return Optional.of(TOO_MANY);
        }
        long canary =
                counted(state, state.tally().canary(), state.tally().firsts().canary());
        if (canary < rules.answersMin()) {
            return Optional.of("%d of %d answers".formatted(canary, rules.answersMin()));
        }
        long baseline =
                counted(state, state.tally().baseline(), state.tally().firsts().baseline());
        if (state.rollout().baseline() != null && state.step().shared() && baseline < rules.answersMin()) {
            return Optional.of("baseline: %d of %d answers".formatted(baseline, rules.answersMin()));
        }
        return stillHolding(state);
    }

    /** Answers that a step may rely on: where clients stick to a side and are compared, only first answers. */
    private static long counted(Judging state, SideTally all, SideTally firsts) {
        boolean firstOnly = state.rollout().sticky()
                && state.rollout().baseline() != null
                && state.step().shared();
        return firstOnly ? firsts.answers() : all.answers();
    }

    private static Optional<String> stillHolding(Judging state) {
        Hold hold = state.tally().hold();
        Duration asked = state.step().hold();
        if (hold.to() == null) {
            return Optional.of("the first second of this step");
        }
        return hold.atLeast(asked)
                ? Optional.empty()
                : Optional.of("%d of %d s".formatted(hold.seconds(), asked.toSeconds()));
    }

    /** Looked at when nothing is lacking any more. */
    static Optional<Doubt> doubt(Judging state, Duration window) {
        Optional<Doubt> limit = Guardrails.inDoubt(
                        state.rollout().rules(),
                        state.tally().canary(),
                        state.tally().recent().sum(),
                        window)
                .map(text -> new Doubt(
                        text, text.substring(0, text.indexOf(' ')) + " was above its limit, which may be chance"));
        return limit.isPresent() || state.rollout().baseline() == null
                ? limit
                : state.tally()
                        .ratio()
                        .mismatch(state.step().trafficPercent())
                        .map(text -> new Doubt(text, "the share that was seen is not the share that was set"));
    }
}
