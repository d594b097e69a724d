package dev.slipway.validation.judgement;

import static dev.slipway.validation.judgement.Traffic.BASELINE;
import static dev.slipway.validation.judgement.Traffic.CANARY;
import static dev.slipway.validation.judgement.Traffic.START;
import static dev.slipway.validation.judgement.Traffic.answered;
import static dev.slipway.validation.judgement.Traffic.judge;
import static dev.slipway.validation.judgement.Traffic.second;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.StopJudging;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.testkit.ListedPairs;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Questions that come late, long after their answer, or not at all for a while; and the list of all pairs. */
final class RestingTest {
    private static final Canary RULES = Traffic.rules(Assign.REQUEST);
    private static final Duration HOLD = Duration.ofSeconds(3);
    private static final Instant LATER = START.plus(Duration.ofHours(2));
    private static final VersionCounts[] GOOD = {answered(CANARY, 20, 0), answered(BASELINE, 80, 0)};

    private final Judgement core = new Judgement(Traffic.BOUNDS);

    @Test
    void a_judgement_that_rested_goes_on_with_its_counts_and_holds_its_step_anew() {
        JudgementState resting = decided(stepping(2), new AbandonmentDue(), LATER);
        assertThat(resting).isInstanceOf(Resting.class);
        assertThat(decided(resting, new Sampled(second(3_600, 5, GOOD)), LATER)).isEqualTo(resting);

        Decision<JudgementState> asked = core.decide(resting, new JudgeAsked(step(1, 5)), LATER);

        assertThat(asked.effects()).contains(Effect.startTimer(Judgement.ABANDON, LATER.plus(Duration.ofHours(1))));
        JudgementState awake = asked.state();
        assertThat(awake).isInstanceOfSatisfying(Judging.class, judging -> {
            assertThat(judging.tally().canary().answers()).isEqualTo(40);
            assertThat(judging.tally().hold()).isEqualTo(Hold.NOT_BEGUN);
        });
        for (int i = 7_200; i < 7_203; i++) {
            awake = decided(awake, new Sampled(second(i, 5, GOOD)), LATER.plusSeconds(i - 7_190));
        }
        assertThat(((Judging) awake).verdicts().passedStep()).isEqualTo(1);
    }

    @Test
    void what_was_found_worse_stays_worse_over_a_rest() {
        JudgementState worse = decided(stepping(2), new Sampled(second(5, 5, answered(CANARY, 90, 90))), LATER);
        JudgementState resting = decided(worse, new AbandonmentDue(), LATER.plus(Duration.ofHours(2)));

        JudgementState awake = decided(resting, new JudgeAsked(step(1, 5)), LATER.plus(Duration.ofHours(3)));

        assertThat(((Judging) awake).verdicts().worse()).isNotNull();
    }

    @Test
    void a_question_from_before_all_memory_neither_begins_nor_ends_anything() {
        JudgementState judging = stepping(2);
        JudgementState idle = new Idle(Traffic.ENVIRONMENT, 9, List.of());

        for (JudgementState state : List.of(judging, idle)) {
            Decision<JudgementState> decision = core.decide(state, new JudgeAsked(other("hello@0.1.0", 2)), START);
            assertThat(decision.state()).isEqualTo(state);
            assertThat(decision.effects()).isEmpty();
        }
    }

    @Test
    void a_judgement_is_the_same_after_it_was_stored_while_it_rests() {
        JudgementState resting = decided(stepping(2), new AbandonmentDue(), LATER);

        String json = MessagingJson.mapper().writerFor(JudgementState.class).writeValueAsString(resting);

        assertThat(MessagingJson.mapper().readValue(json, JudgementState.class)).isEqualTo(resting);
    }

    @Test
    void what_is_stored_of_what_was_judged_is_said_of_the_word_that_rests_on_it_and_only_ever_grows() {
        JudgementState judging = stepping(2);
        for (JudgementState state : List.of(
                judging, decided(judging, new AbandonmentDue(), LATER), decided(judging, stop(CANARY), START))) {
            Decision<JudgementState> first = core.decide(state, kept(CANARY, 40), START);
            assertThat(said(first)).isEqualTo(kept(CANARY, 40).seconds());

            Decision<JudgementState> more = core.decide(first.state(), kept(CANARY, 90), START);
            assertThat(said(more)).isEqualTo(kept(CANARY, 90).seconds());
            assertThat(core.decide(more.state(), kept(CANARY, 40), START)).isEqualTo(Decision.stay(more.state()));
        }
        JudgementState ended = decided(decided(judging, kept(CANARY, 40), START), stop(CANARY), START);
        assertThat(ended.ended().getLast().seconds()).isEqualTo(kept(CANARY, 40).seconds());
    }

    private static @Nullable JudgedSeconds said(Decision<JudgementState> decision) {
        return decision.effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect ->
                        ((JudgementStatus) ((Effect.Send) effect).message().body()).seconds())
                .reduce((_, last) -> last)
                .orElse(null);
    }

    @Test
    void the_class_doc_lists_every_pair() {
        JudgementState measuring = decided(initial(), new JudgeAsked(step(0, 4)), START);
        JudgementState stepping = stepping(2);
        JudgementState worse = decided(stepping, new Sampled(second(5, 5, answered(CANARY, 90, 90))), LATER);
        JudgementState ended = decided(stepping, stop(CANARY), START);
        ListedPairs.of(core)
                .state("IDLE, nothing was ever judged", initial())
                .state("IDLE, the rollout has ended", ended)
                .state("IDLE, the rollout has ended badly", decided(worse, stop(CANARY), START))
                .state("JUDGING, the baseline is measured", measuring)
                .state("JUDGING, a step is held", stepping)
                .state("JUDGING, found worse", worse)
                .state("RESTING", decided(stepping, new AbandonmentDue(), LATER))
                .input("JudgeAsked", new JudgeAsked(step(1, 5)), START)
                .input("JudgeAsked for an older step", new JudgeAsked(step(0, 4)), START)
                .input("JudgeAsked for the next step", new JudgeAsked(step(2, 6)), START)
                .input("JudgeAsked for a newer rollout", new JudgeAsked(other("hello@1.2.0", 9)), START)
                .input("JudgeAsked for a forgotten one", new JudgeAsked(other("hello@0.1.0", 2)), START)
                .input("Sampled good", new Sampled(second(6, 5, GOOD)), LATER)
                .input("Sampled bad", new Sampled(second(6, 5, answered(CANARY, 90, 90))), LATER)
                .input("Sampled again", new Sampled(second(0, 4, GOOD)), LATER)
                .input("SecondsKept", kept(CANARY, 40), START)
                .input("SecondsKept of another", kept("hello@0.9.0/production/1", 40), START)
                .input("StopAsked", stop(CANARY), START)
                .input("StopAsked for another", stop("hello@0.9.0/production/1"), START)
                .input("AbandonmentDue early", new AbandonmentDue(), START)
                .input("AbandonmentDue", new AbandonmentDue(), LATER)
                .check(JudgementState.class, JudgementInput.class);
    }

    private JudgementState initial() {
        return core.initial(Traffic.ENVIRONMENT);
    }

    /** At its first step, with that many seconds of it. */
    private JudgementState stepping(int seconds) {
        JudgementState state = decided(initial(), new JudgeAsked(step(0, 4)), START);
        state = decided(state, new Sampled(second(0, 4, answered(BASELINE, 100, 0))), START.plusSeconds(2));
        state = decided(state, new JudgeAsked(step(1, 5)), START.plusSeconds(2));
        for (int i = 1; i <= seconds; i++) {
            state = decided(state, new Sampled(second(i, 5, GOOD)), START.plusSeconds(i + 2));
        }
        return state;
    }

    private JudgementState decided(JudgementState state, JudgementInput input, Instant now) {
        return core.decide(state, input, now).state();
    }

    private static Judge step(int number, long counter) {
        return judge(number, 20 * number, HOLD, counter, RULES);
    }

    private static Judge other(String release, long counter) {
        QuestionKey question = QuestionKey.parse(release + "/production/1");
        EnvironmentId environment = EnvironmentId.parse(Traffic.ENVIRONMENT);
        return new Judge(question, environment, question.toString(), CANARY, 0, 0, Duration.ZERO, counter, RULES);
    }

    private static SecondsKept kept(String question, long lines) {
        return new SecondsKept(QuestionKey.parse(question), new JudgedSeconds(lines, Digest.of("what is stored"), 0));
    }

    private static StopAsked stop(String question) {
        return new StopAsked(new StopJudging(QuestionKey.parse(question), EnvironmentId.parse(Traffic.ENVIRONMENT)));
    }
}
