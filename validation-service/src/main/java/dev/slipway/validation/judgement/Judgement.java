package dev.slipway.validation.judgement;

import static dev.slipway.messaging.Decision.move;
import static dev.slipway.messaging.Decision.stay;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Texts;
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
import dev.slipway.validation.judgement.JudgementInput.SecondsKept;
import dev.slipway.validation.judgement.JudgementInput.StopAsked;
import dev.slipway.validation.judgement.JudgementState.Idle;
import dev.slipway.validation.judgement.JudgementState.Judging;
import dev.slipway.validation.judgement.JudgementState.Resting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The story of an environment's judgements. The environment asks, samples tell, and what was found sticks: worse wins over
 * every passed step, in the same second too. A sample counts once, in whatever order gateways send theirs; what it is
 * evidence of is looked at when its second is over for all gateways, or has been waited for long enough. The status is said
 * every second and at once when something was found. A step, and the bake is the last of them, passes when its seconds were
 * really seen, answers suffice, nothing is worse and nothing is in doubt: a limit that is perhaps crossed by chance, or a
 * share that is not the one that was set, takes nothing back and lets nothing on. A side that has no share is not waited for.
 * A rollout that has ended is answered with its last status, for as long as that is remembered; what its canary still answers
 * is counted for some seconds if it was not well, and judged by nobody. A question with an older traffic table than the present
 * one is from the past and neither begins nor ends anything. One that nobody asks about rests: what comes meanwhile is not
 * counted, and when it is asked for again its step is held anew. Where more gateways report than can be known, some
 * samples are left out: that is noted, and no step passes by such seconds. What is found, how soon, and how often wrongly:
 * infra/docs/judge.md.
 *
 * <p>Every (state, input) pair, as a test holds it against the code:
 *
 * <pre>
 * IDLE, nothing was ever judged
 *   JudgeAsked | JudgeAsked for an older step | JudgeAsked for the next step | JudgeAsked for a newer rollout |
 *       JudgeAsked for a forgotten one → JUDGING, says judgement.changed, timer abandon
 *   Sampled good | Sampled bad | Sampled again | SecondsKept | SecondsKept of another | StopAsked | StopAsked for
 *       another | AbandonmentDue early | AbandonmentDue → nothing
 * IDLE, the rollout has ended
 *   JudgeAsked | JudgeAsked for an older step | JudgeAsked for the next step → says judgement.changed
 *   JudgeAsked for a newer rollout → JUDGING, says judgement.changed, timer abandon
 *   SecondsKept → noted, says judgement.changed
 *   JudgeAsked for a forgotten one | Sampled good | Sampled bad | Sampled again | SecondsKept of another | StopAsked
 *       | StopAsked for another | AbandonmentDue early | AbandonmentDue → nothing
 * IDLE, the rollout has ended badly
 *   JudgeAsked | JudgeAsked for an older step | JudgeAsked for the next step → says judgement.changed
 *   JudgeAsked for a newer rollout → JUDGING, says judgement.changed, timer abandon
 *   Sampled good | Sampled bad | SecondsKept → noted, says judgement.changed
 *   JudgeAsked for a forgotten one | Sampled again | SecondsKept of another | StopAsked | StopAsked for another |
 *       AbandonmentDue early | AbandonmentDue → nothing
 * JUDGING, the baseline is measured
 *   JudgeAsked | JudgeAsked for the next step | Sampled good | Sampled bad | Sampled again | SecondsKept → noted,
 *       says judgement.changed
 *   JudgeAsked for an older step → says judgement.changed
 *   JudgeAsked for a newer rollout → noted, says judgement.changed, timer abandon
 *   StopAsked → IDLE
 *   AbandonmentDue early → timer abandon
 *   AbandonmentDue → RESTING
 *   JudgeAsked for a forgotten one | SecondsKept of another | StopAsked for another → nothing
 * JUDGING, a step is held
 *   JudgeAsked | JudgeAsked for an older step → says judgement.changed
 *   JudgeAsked for the next step | Sampled good | Sampled bad | SecondsKept → noted, says judgement.changed
 *   JudgeAsked for a newer rollout → noted, says judgement.changed, timer abandon
 *   StopAsked → IDLE
 *   AbandonmentDue early → timer abandon
 *   AbandonmentDue → RESTING
 *   JudgeAsked for a forgotten one | Sampled again | SecondsKept of another | StopAsked for another → nothing
 * JUDGING, found worse
 *   JudgeAsked | JudgeAsked for an older step → says judgement.changed
 *   JudgeAsked for the next step | Sampled good | Sampled bad | SecondsKept → noted, says judgement.changed
 *   JudgeAsked for a newer rollout → noted, says judgement.changed, timer abandon
 *   StopAsked → IDLE
 *   AbandonmentDue early → timer abandon
 *   AbandonmentDue → RESTING
 *   JudgeAsked for a forgotten one | Sampled again | SecondsKept of another | StopAsked for another → nothing
 * RESTING
 *   JudgeAsked | JudgeAsked for an older step | JudgeAsked for the next step | JudgeAsked for a newer rollout →
 *       JUDGING, says judgement.changed, timer abandon
 *   SecondsKept → noted, says judgement.changed
 *   StopAsked → IDLE
 *   JudgeAsked for a forgotten one | Sampled good | Sampled bad | Sampled again | SecondsKept of another | StopAsked
 *       for another | AbandonmentDue early | AbandonmentDue → nothing
 * </pre>
 */
public final class Judgement implements Core<JudgementState, JudgementInput> {
    public static final String ABANDON = "abandon";
    /** Slow answers of one second were once as much evidence as there were answers. Recordings that do not say go by that. */
    public static final int BY_ANSWER = 0;
    /** A second of them is bounded evidence (ADR 82). */
    public static final int BY_SECOND = 1;

    private static final String SLOT = "judgement";

    /**
     * Bounds of an environment's judgements.
     *
     * @param memory last statuses kept
     * @param statusEvery how often counts are told while judging, in seconds of traffic
     * @param heardEvery how exactly it is known when a Judge command was last heard
     * @param abandonAfter without a Judge command for so long, nobody wants to know for the time being
     * @param window how far back is lately; 6 s to 10 min
     * @param secondWithin how long a second is waited for that some gateway has not reported; longer than a gateway waits
     *     for answers
     * @param way how slow answers are weighed: {@link #BY_SECOND}, or {@link #BY_ANSWER} where a recording is judged again
     */
    public record Bounds(
            int memory,
            Duration statusEvery,
            Duration heardEvery,
            Duration abandonAfter,
            Duration window,
            Duration secondWithin,
            int way) {
        /** As is judged now. */
        public Bounds(
                int memory,
                Duration statusEvery,
                Duration heardEvery,
                Duration abandonAfter,
                Duration window,
                Duration secondWithin) {
            this(memory, statusEvery, heardEvery, abandonAfter, window, secondWithin, BY_SECOND);
        }

        Effects slowness() {
            return way == BY_ANSWER ? Effects.SLOWNESS_BY_ANSWER : Effects.SLOWNESS;
        }
    }

    private final Bounds bounds;

    public Judgement(Bounds bounds) {
        this.bounds = bounds;
    }

    @Override
    public JudgementState initial(String id) {
        return new Idle(id, 0, List.of());
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
        return switch (state) {
            case Idle idle -> whenIdle(idle, input, now);
            case Judging judging -> whenJudging(judging, input, now);
            case Resting resting -> whenResting(resting, input, now);
        };
    }

    private Decision<JudgementState> whenIdle(Idle state, JudgementInput input, Instant now) {
        return switch (input) {
            case JudgeAsked asked ->
                answered(state, asked.judge(), state.tableCounter()).orElseGet(() -> begin(state, asked.judge(), now));
            case SecondsKept kept -> keptLate(state, kept);
            case Sampled sampled -> trailed(state, sampled.sample(), now);
            case StopAsked _, AbandonmentDue _ -> stay(state);
        };
    }

    /** What still comes of a version that was not well is told with the last word about it. */
    private static Decision<JudgementState> trailed(Idle state, TrafficSample sample, Instant now) {
        return Optional.ofNullable(state.tally())
                .flatMap(trailing -> trailing.with(sample, now))
                .map(state::counting)
                .flatMap(next -> next.endedWith(
                                Objects.requireNonNull(next.tally()).rollout())
                        .map(word -> Decision.<JudgementState>move(next, tell(word))))
                .orElseGet(() -> stay(state));
    }

    private Decision<JudgementState> whenJudging(Judging state, JudgementInput input, Instant now) {
        return switch (input) {
            case JudgeAsked asked
            when isAbout(state, asked.judge().question()) -> askedAgain(state, asked.judge(), now);
            case JudgeAsked asked ->
                answered(state, asked.judge(), state.step().tableCounter())
                        .orElseGet(() -> begin(over(state, now), asked.judge(), now));
            case Sampled sampled -> sampled(state, sampled.sample(), now);
            case SecondsKept kept -> kept(state, state, kept);
            case StopAsked asked -> stop(state, state, asked.stop(), now);
            case AbandonmentDue _ -> abandonment(state, now);
        };
    }

    private Decision<JudgementState> whenResting(Resting state, JudgementInput input, Instant now) {
        Judging judging = state.judging();
        return switch (input) {
            case JudgeAsked asked
            when isAbout(judging, asked.judge().question()) ->
                askedAgain(awake(judging, now), asked.judge(), now)
                        .and(watch(now))
                        .because("asked for again");
            case JudgeAsked asked ->
                answered(state, asked.judge(), judging.step().tableCounter())
                        .orElseGet(() -> begin(over(judging, now), asked.judge(), now));
            case SecondsKept kept -> kept(state, judging, kept);
            case StopAsked asked -> stop(state, judging, asked.stop(), now);
            case Sampled _, AbandonmentDue _ -> stay(state);
        };
    }

    private static boolean isAbout(Judging state, QuestionKey question) {
        return state.rollout().question().equals(question);
    }

    /** What a question about another rollout gets that has ended; nothing if it is about a new one. */
    private Optional<Decision<JudgementState>> answered(JudgementState state, Judge judge, long tableCounter) {
        Optional<JudgementStatus> ended = state.endedWith(judge.question());
        if (ended.isPresent()) {
            return Optional.of(Decision.<JudgementState>stay(state).and(tell(ended.get())));
        }
        return judge.tableCounter() < tableCounter
                ? Optional.of(stay(state)) // ended so long ago that it is forgotten
                : Optional.empty();
    }

    private Decision<JudgementState> begin(Idle idle, Judge judge, Instant now) {
        Rollout rollout = Rollout.of(judge);
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

    /** Nobody looked while it rested, so the step is held anew. */
    private static Judging awake(Judging state, Instant now) {
        return state.with(state.verdicts(), state.tally().holdingAnew().heard(now));
    }

    private Decision<JudgementState> sampled(Judging state, TrafficSample sample, Instant now) {
        if (state.tally().counted(sample)) {
            return stay(state);
        }
        Judging next = Counting.counted(state, sample, bounds, now);
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
        if (now.verdicts().passedStep() > before.verdicts().passedStep()) {
            return "passed step " + now.verdicts().passedStep();
        }
        if (now.verdicts().notes().size() > before.verdicts().notes().size()) {
            return now.verdicts().notes().getLast();
        }
        return now.verdicts().baselineReady() && !before.verdicts().baselineReady()
                ? "the baseline is known"
                : "what is slow is fixed";
    }

    private Decision<JudgementState> stop(JudgementState state, Judging judging, StopJudging stop, Instant now) {
        return isAbout(judging, stop.question())
                ? Decision.<JudgementState>move(over(judging, now), Effect.stopTimer(ABANDON))
                        .because("the rollout is decided")
                : stay(state); // another one's end is no news
    }

    /** The word of before is said once more, with what it rests on. */
    private static Decision<JudgementState> kept(JudgementState state, Judging judging, SecondsKept kept) {
        Judging next = judging.with(judging.verdicts().keptAs(kept.seconds()), judging.tally());
        if (!isAbout(judging, kept.question()) || next.equals(judging)) {
            return stay(state);
        }
        JudgementState same = state instanceof Resting ? new Resting(next) : next;
        return Decision.<JudgementState>move(same, tell(status(next))).because(stored(kept));
    }

    /** The rollout was over before it was known what is stored of it. */
    private static Decision<JudgementState> keptLate(Idle state, SecondsKept kept) {
        return state.endedWith(kept.question())
                .filter(last -> last.seconds() == null
                        || last.seconds().lines() < kept.seconds().lines())
                .map(last -> Decision.<JudgementState>move(
                                state.over(last.question(), kept.seconds()), tell(last.over(kept.seconds())))
                        .because(stored(kept)))
                .orElseGet(() -> stay(state));
    }

    private static String stored(SecondsKept kept) {
        return "%d recorded lines are stored of what it judged"
                .formatted(kept.seconds().lines());
    }

    private Decision<JudgementState> abandonment(Judging state, Instant now) {
        boolean heard = now.isBefore(state.tally().heardAt().plus(bounds.abandonAfter()));
        return heard
                ? Decision.<JudgementState>stay(state).and(watch(now))
                : Decision.<JudgementState>move(new Resting(state))
                        .because("nobody asked for " + Texts.words(bounds.abandonAfter()));
    }

    private Idle over(Judging state, Instant now) {
        return state.over(status(state), bounds.memory(), Trailing.after(state, now, bounds.secondWithin()));
    }

    private Effect watch(Instant now) {
        return Effect.startTimer(ABANDON, now.plus(bounds.abandonAfter()));
    }

    private static JudgementStatus status(Judging state) {
        return Saying.status(state);
    }

    private static Effect tell(JudgementStatus status) {
        String release = status.question().release().value();
        return Effect.send(Message.status(
                Topics.VALIDATION_RESULTS, release, ValidationTypes.JUDGEMENT_STATUS, status, release, SLOT));
    }
}
