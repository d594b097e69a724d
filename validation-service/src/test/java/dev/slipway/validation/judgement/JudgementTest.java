package dev.slipway.validation.judgement;

import static dev.slipway.validation.judgement.Traffic.BASELINE;
import static dev.slipway.validation.judgement.Traffic.CANARY;
import static dev.slipway.validation.judgement.Traffic.START;
import static dev.slipway.validation.judgement.Traffic.answered;
import static dev.slipway.validation.judgement.Traffic.counts;
import static dev.slipway.validation.judgement.Traffic.firstRelease;
import static dev.slipway.validation.judgement.Traffic.judge;
import static dev.slipway.validation.judgement.Traffic.rules;
import static dev.slipway.validation.judgement.Traffic.second;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import dev.slipway.contracts.validation.StopJudging;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.testkit.GoldenTraces;
import dev.slipway.validation.judgement.JudgementInput.AbandonmentDue;
import dev.slipway.validation.judgement.JudgementInput.JudgeAsked;
import dev.slipway.validation.judgement.JudgementInput.Sampled;
import dev.slipway.validation.judgement.JudgementInput.StopAsked;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class JudgementTest {
    private static final Duration HOLD = Duration.ofSeconds(3);
    private static final Canary RULES = rules(Assign.REQUEST);

    private final Judgement core = new Judgement(Traffic.BOUNDS);
    private JudgementState state = core.initial(Traffic.ENVIRONMENT);
    private Optional<JudgementStatus> told = Optional.empty();

    @TestFactory
    Stream<DynamicTest> traces() {
        return GoldenTraces.of(core, JudgementState.class, JudgementInput.class)
                .in("judgement")
                .tests();
    }

    @Test
    void the_baseline_is_ready_when_its_latency_is_known() {
        judged(judge(0, 0, Duration.ZERO, 4, RULES));
        assertThat(status().waitingFor()).isEqualTo("baseline: 0 of 60 answers");

        sampled(second(0, 4, answered(BASELINE, 50, 0)));
        assertThat(status().baselineReady()).isFalse();

        sampled(second(1, 4, answered(BASELINE, 50, 0)));
        assertThat(status().baselineReady()).isTrue();
        assertThat(status().passedStep()).isZero();
    }

    @Test
    void a_step_passes_after_its_hold_with_enough_answers() {
        ready();
        judged(judge(1, 10, HOLD, 5, RULES));
        sampled(second(2, 4, answered(BASELINE, 50, 0))); // still the table before
        sampled(shared(3, 5, 20, 0));
        assertThat(status().waitingFor()).isEqualTo("20 of 40 answers");
        sampled(shared(4, 5, 20, 0));
        assertThat(status().waitingFor()).isEqualTo("2 of 3 s");
        assertThat(status().passedStep()).isZero();

        sampled(shared(5, 5, 20, 0));

        assertThat(status().passedStep()).isEqualTo(1);
        assertThat(status().waitingFor()).isEmpty();
    }

    @Test
    void a_step_waits_for_answers_however_long_its_hold_is_over() {
        ready();
        judged(judge(1, 10, HOLD, 5, RULES));
        for (int i = 2; i < 30; i++) {
            sampled(shared(i, 5, 1, 0));
        }

        assertThat(status().passedStep()).isZero();
        assertThat(status().waitingFor()).isEqualTo("28 of 40 answers");
    }

    @Test
    void the_comparison_finds_a_canary_that_fails_beside_a_good_baseline() {
        ready();
        judged(judge(1, 10, HOLD, 5, RULES));
        for (int i = 2; i < 8 && status().worse() == null; i++) {
            sampled(shared(i, 5, 5, 2));
        }

        assertThat(worse().rule()).isEqualTo("comparison");
        assertThat(worse().metric()).isEqualTo("errors");
        assertThat(worse().toString()).startsWith("comparison errors: ").contains("beside 0 of");
    }

    @Test
    void the_comparison_finds_a_slow_canary() {
        ready();
        judged(judge(1, 10, HOLD, 5, RULES));
        for (int i = 2; i < 8 && status().worse() == null; i++) {
            sampled(second(i, 5, answered(CANARY, 5, 0, 400), answered(BASELINE, 45, 0)));
        }

        assertThat(worse().rule()).isEqualTo("comparison");
        assertThat(worse().metric()).isEqualTo("slow");
        assertThat(status().canary().slow()).isEqualTo(status().canary().answers());
    }

    @Test
    void slow_means_slower_than_the_baseline_before_the_first_share_by_much() {
        ready(); // p95 of 20 ms, so slow is what takes 220 ms and more

        assertThat(judging().verdicts().slowLimitMs()).isBetween(220.0, 222.0);
        judged(judge(1, 10, HOLD, 5, RULES));
        for (int i = 2; i < 60; i++) {
            sampled(second(i, 5, answered(CANARY, 5, 0, 60), answered(BASELINE, 45, 0)));
        }
        assertThat(status().worse()).isNull();
    }

    @Test
    void worse_sticks_and_wins_over_every_later_second() {
        ready();
        judged(judge(1, 10, HOLD, 5, RULES));
        sampled(shared(2, 5, 50, 50));
        Worse first = worse();
        for (int i = 3; i < 20; i++) {
            sampled(shared(i, 5, 100, 0));
        }

        assertThat(worse()).isEqualTo(first);
        assertThat(status().passedStep()).isZero();
        judged(judge(2, 25, HOLD, 6, RULES));
        assertThat(worse()).isEqualTo(first);
    }

    @Test
    void a_guardrail_is_armed_only_with_enough_answers_and_three_errors() {
        judged(firstRelease(1, 100, 1, RULES));
        sampled(second(0, 1, answered(CANARY, 39, 39)));
        assertThat(status().worse()).isNull();

        sampled(second(1, 1, answered(CANARY, 1, 0)));

        assertThat(worse()).isEqualTo(new Worse("guardrail", "errorRate", "97.5 % (39 of 40)", "< 5 %"));
    }

    @Test
    void two_errors_break_no_guardrail() {
        judged(firstRelease(1, 100, 1, RULES));
        sampled(second(0, 1, answered(CANARY, 40, 2)));

        assertThat(status().worse()).isNull();
        sampled(second(1, 1, answered(CANARY, 1, 1)));
        assertThat(worse().metric()).isEqualTo("errorRate");
    }

    @Test
    void a_latency_limit_is_armed_from_three_answers_in_the_tail() {
        judged(firstRelease(1, 100, 1, RULES));
        sampled(second(0, 1, answered(CANARY, 59, 0, 3_000)));
        assertThat(status().worse()).isNull();

        sampled(second(1, 1, answered(CANARY, 1, 0, 3_000)));

        assertThat(worse().rule()).isEqualTo("guardrail");
        assertThat(worse().metric()).isEqualTo("p95");
        assertThat(worse().limit()).isEqualTo("< 1000 ms");
    }

    @Test
    void a_first_release_has_no_comparison_and_is_ready_at_once() {
        judged(firstRelease(0, 0, 0, RULES));
        assertThat(status().baselineReady()).isTrue();
        judged(firstRelease(1, 100, 1, RULES));
        sampled(second(0, 1, answered(CANARY, 40, 1)));

        assertThat(status().passedStep()).isEqualTo(1);
    }

    @Test
    void a_sample_that_comes_again_counts_once() {
        ready();
        judged(judge(1, 10, HOLD, 5, RULES));
        sampled(shared(3, 5, 5, 0));
        JudgementState once = state;
        sampled(shared(3, 5, 5, 0));
        sampled(shared(2, 5, 5, 5));

        assertThat(state).isEqualTo(once);
    }

    @Test
    void samples_of_several_gateways_are_blocks_of_their_own() {
        ready();
        judged(judge(1, 10, HOLD, 5, RULES));
        sampled(second("gateway-1", 3, 5, answered(CANARY, 5, 0), answered(BASELINE, 45, 0)));
        sampled(second("gateway-2", 3, 5, answered(CANARY, 5, 0), answered(BASELINE, 45, 0)));

        assertThat(status(judging()).canary().answers()).isEqualTo(10);
        assertThat(judging().tally().cursors().known()).hasSize(2);
    }

    @Test
    void where_clients_stick_the_comparison_counts_first_answers_and_guardrails_count_all() {
        Canary sticky = rules(Assign.CLIENT);
        judged(judge(0, 0, Duration.ZERO, 4, sticky));
        sampled(second(0, 4, answered(BASELINE, 100, 0)));
        judged(judge(1, 10, HOLD, 5, sticky));
        sampled(second(
                1,
                5,
                new VersionCounts(CANARY, counts(50, 2, 20), counts(4, 0, 20)),
                new VersionCounts(BASELINE, counts(100, 0, 20), counts(30, 0, 20))));

        assertThat(judging().tally().errors().canaryAnswers()).isEqualTo(4);
        assertThat(status().canary().answers()).isEqualTo(50);
        assertThat(status().waitingFor()).isEqualTo("4 of 40 answers");
        sampled(second(2, 5, new VersionCounts(CANARY, counts(10, 10, 20), counts(0, 0, 20))));
        assertThat(worse().rule()).isEqualTo("guardrail");
    }

    @Test
    void at_full_traffic_guardrails_go_on_and_the_comparison_has_nothing_to_add() {
        ready();
        judged(judge(1, 10, HOLD, 5, RULES));
        for (int i = 2; i < 12; i++) {
            sampled(shared(i, 5, 10, 0));
        }
        judged(judge(2, 100, Duration.ZERO, 6, RULES));
        double before = judging().tally().errors().logProduct();
        sampled(second(12, 6, answered(CANARY, 50, 1)));

        assertThat(status().passedStep()).isEqualTo(2);
        assertThat(judging().tally().errors().logProduct()).isEqualTo(before);
        sampled(second(13, 6, answered(CANARY, 50, 50)));
        assertThat(worse().rule()).isEqualTo("guardrail");
    }

    @Test
    void the_same_question_is_answered_again_without_a_change() {
        ready();
        JudgementState before = state;
        judged(judge(0, 0, Duration.ZERO, 4, RULES));

        assertThat(state).isEqualTo(before);
        assertThat(told).isPresent();
    }

    @Test
    void a_question_about_an_earlier_step_does_not_turn_back() {
        ready();
        judged(judge(2, 25, HOLD, 6, RULES));
        judged(judge(1, 10, HOLD, 5, RULES));

        assertThat(judging().step().number()).isEqualTo(2);
    }

    @Test
    void an_ended_judgement_still_answers_and_never_begins_again() {
        ready();
        judged(judge(1, 10, HOLD, 5, RULES));
        sampled(shared(2, 5, 50, 50));
        JudgementStatus last = status(judging());
        input(new StopAsked(new StopJudging(QuestionKey.parse(CANARY), EnvironmentId.parse(Traffic.ENVIRONMENT))));
        assertThat(state).isInstanceOf(JudgementState.Idle.class);
        sampled(shared(3, 5, 50, 50));

        judged(judge(1, 10, HOLD, 5, RULES));

        assertThat(state).isInstanceOf(JudgementState.Idle.class);
        assertThat(told).contains(last);
    }

    @Test
    void the_end_of_another_rollout_is_no_news() {
        ready();
        QuestionKey other = QuestionKey.parse("hello@0.9.0/production/1");
        input(new StopAsked(new StopJudging(other, EnvironmentId.parse(Traffic.ENVIRONMENT))));

        assertThat(state).isInstanceOf(JudgementState.Judging.class);
    }

    @Test
    void a_judgement_that_nobody_asks_for_rests() {
        ready();
        Decision<JudgementState> early = core.decide(state, new AbandonmentDue(), START.plus(Duration.ofMinutes(59)));
        Decision<JudgementState> late = core.decide(state, new AbandonmentDue(), START.plus(Duration.ofHours(1)));

        assertThat(early.state()).isEqualTo(state);
        assertThat(early.effects()).hasAtLeastOneElementOfType(Effect.StartTimer.class);
        assertThat(late.state()).isInstanceOf(JudgementState.Resting.class);
    }

    @Test
    void the_state_is_the_same_after_it_was_stored() {
        ready();
        judged(judge(1, 10, HOLD, 5, RULES));
        sampled(shared(2, 5, 7, 1));
        sampled(shared(3, 5, 7, 1));

        String json = MessagingJson.mapper().writerFor(JudgementState.class).writeValueAsString(state);
        assertThat(MessagingJson.mapper().readValue(json, JudgementState.class)).isEqualTo(state);
    }

    private void ready() {
        judged(judge(0, 0, Duration.ZERO, 4, RULES));
        sampled(second(0, 4, answered(BASELINE, 50, 0)));
        sampled(second(1, 4, answered(BASELINE, 50, 0)));
        assertThat(status().baselineReady()).isTrue();
    }

    private static TrafficSample shared(int second, long counter, long canary, long canaryErrors) {
        return second(second, counter, answered(CANARY, canary, canaryErrors), answered(BASELINE, 45, 0));
    }

    private void judged(Judge judge) {
        input(new JudgeAsked(judge));
    }

    private void sampled(TrafficSample sample) {
        input(new Sampled(sample), sample.second().plusSeconds(2));
    }

    private void input(JudgementInput input) {
        input(input, START);
    }

    private void input(JudgementInput input, Instant now) {
        Decision<JudgementState> decision = core.decide(state, input, now);
        state = decision.state();
        told = decision.effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect ->
                        (JudgementStatus) ((Effect.Send) effect).message().body())
                .findFirst()
                .or(() -> told);
    }

    private JudgementStatus status() {
        return told.orElseThrow();
    }

    private static JudgementStatus status(JudgementState.Judging judging) {
        return Counting.status(judging);
    }

    private Worse worse() {
        @Nullable Worse worse = status().worse();
        return Objects.requireNonNull(worse, () -> "not worse: " + status());
    }

    private JudgementState.Judging judging() {
        return (JudgementState.Judging) state;
    }
}
