package dev.slipway.validation.judgement;

import static dev.slipway.messaging.Decision.move;
import static dev.slipway.messaging.Decision.stay;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.StopJudging;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.validation.judgement.JudgementInput.AbandonmentDue;
import dev.slipway.validation.judgement.JudgementInput.JudgeAsked;
import dev.slipway.validation.judgement.JudgementInput.Sampled;
import dev.slipway.validation.judgement.JudgementInput.StopAsked;
import dev.slipway.validation.judgement.JudgementState.Idle;
import dev.slipway.validation.judgement.JudgementState.Judging;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The story of an environment's judgements. The environment asks, samples tell, and what was found sticks.
 *
 * <ul>
 *   <li>any + JudgeAsked for a rollout that has ended: its last status again
 *   <li>idle + JudgeAsked for another: judging, from nothing
 *   <li>judging + JudgeAsked for the same: at a higher step, that step from now on; else only the status again
 *   <li>judging + JudgeAsked for another: the environment has moved on; the old judgement ends, the new one begins
 *   <li>judging + Sampled, not counted before: counted; worse sticks and wins over a passed step; status every second, and
 *       at once when something was found
 *   <li>judging + StopAsked for the same: idle; its last status is kept
 *   <li>judging + AbandonmentDue, no Judge for too long: idle; else it is looked at again later
 *   <li>idle + Sampled, StopAsked, AbandonmentDue; judging + Sampled again, StopAsked for another: nothing
 * </ul>
 */
public final class Judgement implements Core<JudgementState, JudgementInput> {
    public static final String ABANDON = "abandon";
    private static final String SLOT = "judgement";

    /**
     * Bounds of an environment's judgements.
     *
     * @param memory last statuses kept
     * @param statusEvery how often counts are told while judging, in seconds of traffic
     * @param heardEvery how exactly it is known when a Judge command was last heard
     * @param abandonAfter without a Judge command for so long, nobody wants to know any more
     */
    public record Bounds(int memory, Duration statusEvery, Duration heardEvery, Duration abandonAfter) {}

    private final Bounds bounds;

    public Judgement(Bounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public JudgementState initial(String id) {
        return new Idle(id, List.of());
    }

    /** It goes on as long as its environment does. */
    @Override
    public boolean finished(JudgementState state) {
        return false;
    }

    /** Counts tick every second; only what was found is worth an entry. */
    @Override
    public Set<String> unjournaled() {
        return Set.of("tally");
    }

    @Override
    public Decision<JudgementState> decide(JudgementState state, JudgementInput input, Instant now) {
        return switch (input) {
            case JudgeAsked asked -> asked(state, asked.judge(), now);
            case Sampled sampled ->
                switch (state) {
                    case Idle idle -> stay(idle);
                    case Judging judging -> sampled(judging, sampled.sample());
                };
            case StopAsked asked ->
                switch (state) {
                    case Idle idle -> stay(idle);
                    case Judging judging -> stop(judging, asked.stop());
                };
            case AbandonmentDue _ ->
                switch (state) {
                    case Idle idle -> stay(idle);
                    case Judging judging -> abandonment(judging, now);
                };
        };
    }

    private Decision<JudgementState> asked(JudgementState state, Judge judge, Instant now) {
        Optional<JudgementStatus> ended = state.endedWith(judge.question());
        if (ended.isPresent()) {
            return Decision.<JudgementState>stay(state).and(tell(ended.get()));
        }
        return switch (state) {
            case Idle idle -> begin(idle, judge, now);
            case Judging judging ->
                judging.rollout().question().equals(judge.question())
                        ? askedAgain(judging, judge, now)
                        : begin(over(judging), judge, now);
        };
    }

    private Decision<JudgementState> begin(Idle idle, Judge judge, Instant now) {
        Rollout rollout = new Rollout(judge.question(), judge.canary(), judge.baseline(), judge.rules());
        Judging begun = new Judging(
                idle.id(),
                rollout,
                Step.of(judge),
                Verdicts.starting(judge.baseline() == null),
                Tally.starting(now),
                idle.ended());
        return Decision.<JudgementState>move(begun, tell(status(begun)), watch(now))
                .because("judging " + judge.question());
    }

    private Decision<JudgementState> askedAgain(Judging state, Judge judge, Instant now) {
        boolean noted = now.isBefore(state.tally().heardAt().plus(bounds.heardEvery()));
        Judging heard =
                noted ? state : state.with(state.verdicts(), state.tally().heard(now));
        Judging next = judge.step() > state.step().number() ? heard.at(Step.of(judge)) : heard;
        return move(next, tell(status(next)));
    }

    private Decision<JudgementState> sampled(Judging state, TrafficSample sample) {
        if (state.tally().counted(sample)) {
            return stay(state);
        }
        Judging next = Counting.counted(state, sample);
        Instant said = state.tally().saidAt();
        boolean due = said == null || !sample.second().isBefore(said.plus(bounds.statusEvery()));
        boolean found = !next.verdicts().equals(state.verdicts());
        if (!due && !found) {
            return move(next);
        }
        next = next.with(next.verdicts(), next.tally().said(sample.second()));
        Decision<JudgementState> told = move(next, tell(status(next)));
        return found ? told.because(reason(state, next)) : told;
    }

    private static String reason(Judging before, Judging now) {
        if (now.verdicts().worse() != null) {
            return "worse: " + now.verdicts().worse();
        }
        return now.verdicts().passedStep() > before.verdicts().passedStep()
                ? "passed step " + now.verdicts().passedStep()
                : "the baseline is known";
    }

    private Decision<JudgementState> stop(Judging state, StopJudging stop) {
        return state.rollout().question().equals(stop.question())
                ? Decision.<JudgementState>move(over(state), Effect.stopTimer(ABANDON))
                        .because("the rollout is decided")
                : stay(state); // another one's end is no news
    }

    private Decision<JudgementState> abandonment(Judging state, Instant now) {
        boolean heard = now.isBefore(state.tally().heardAt().plus(bounds.abandonAfter()));
        return heard
                ? Decision.<JudgementState>stay(state).and(watch(now))
                : Decision.<JudgementState>move(over(state)).because("nobody asked for " + bounds.abandonAfter());
    }

    private Idle over(Judging state) {
        return state.over(status(state), bounds.memory());
    }

    private Effect watch(Instant now) {
        return Effect.startTimer(ABANDON, now.plus(bounds.abandonAfter()));
    }

    private static JudgementStatus status(Judging state) {
        return Counting.status(state);
    }

    private static Effect tell(JudgementStatus status) {
        String release = status.question().release().value();
        return Effect.send(Message.status(
                Topics.VALIDATION_RESULTS, release, ValidationTypes.JUDGEMENT_STATUS, status, release, SLOT));
    }
}
