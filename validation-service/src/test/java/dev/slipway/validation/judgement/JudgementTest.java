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
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.FirstAnswer;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
        judged(judge(1, 30, HOLD, 5, RULES));
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
        assertThat(worse().toString())
                .startsWith("comparison errors: ")
                .contains("beside 0 of")
                .endsWith("limit a chance of 0.006 where it is no worse");
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
        assertThat(worse().observed()).contains("took more than").contains("before)");
        assertThat(status().canary().slow()).isEqualTo(status().canary().answers());
    }

    @Test
    void a_version_that_is_slower_by_less_than_the_margin_is_not_slow() {
        ready(); // all in the bucket of 20 ms, whose bound is 21 ms
        judged(judge(1, 10, HOLD, 5, RULES));
        for (int i = 2; i < 300; i++) {
            sampled(second(i, 5, answered(CANARY, 5, 0, 22), answered(BASELINE, 45, 0)));
        }

        assertThat(judging().verdicts().slow())
                .isEqualTo(new SlowLimits(Collections.nCopies(4, LatencyBuckets.upperMs(32)), 1.15, 5));
        assertThat(status().worse()).isNull();
        assertThat(status().notes())
                .containsExactly("100 answers of the baseline were measured before the first share:"
                        + " slow answers are compared up to p90");
    }

    @Test
    void a_version_that_is_slower_by_less_than_anybody_notices_is_not_slow_however_quick_the_other_one_is() {
        judged(judge(0, 0, Duration.ZERO, 4, RULES));
        for (int i = 0; i < 5; i++) {
            sampled(second(i, 4, answered(BASELINE, 100, 0, 1)));
        }
        judged(judge(1, 10, HOLD, 5, RULES));
        for (int i = 5; i < 60; i++) {
            sampled(second(i, 5, answered(CANARY, 50, 0, 5), answered(BASELINE, 450, 0, 1)));
        }
        assertThat(status().worse()).isNull();

        for (int i = 60; i < 70; i++) {
            sampled(second(i, 5, answered(CANARY, 50, 0, 8), answered(BASELINE, 450, 0, 1)));
        }
        assertThat(worse().observed()).contains("took more than 6 ms, beside");
    }

    @Test
    void from_500_answers_on_seven_quantiles_are_compared() {
        judged(judge(0, 0, Duration.ZERO, 4, RULES));
        for (int i = 0; i < 5; i++) {
            sampled(second(i, 4, answered(BASELINE, 100, 0)));
        }
        judged(judge(1, 10, HOLD, 5, RULES));
        sampled(shared(5, 5, 5, 0));

        assertThat(Objects.requireNonNull(judging().verdicts().slow()).ms()).hasSize(7);
        assertThat(status().notes()).isEmpty();
    }

    @Test
    void what_is_slow_is_fixed_before_the_canary_has_traffic_and_stays() {
        ready();
        judged(judge(1, 10, HOLD, 5, RULES));
        sampled(shared(2, 5, 5, 0));
        SlowLimits fixed = judging().verdicts().slow();
        for (int i = 3; i < 30; i++) {
            sampled(second(i, 5, answered(CANARY, 5, 0), answered(BASELINE, 45, 0, 900)));
        }

        assertThat(judging().verdicts().slow()).isEqualTo(fixed);
    }

    @Test
    void refusals_are_compared_like_errors() {
        ready();
        judged(judge(1, 10, HOLD, 5, RULES));
        for (int i = 2; i < 30 && status().worse() == null; i++) {
            sampled(second(i, 5, refused(CANARY, 5, 3), refused(BASELINE, 45, 0)));
        }

        assertThat(worse().metric()).isEqualTo("refusals");
        assertThat(worse().observed()).contains("were refused (").contains(" × 401), beside 0 of");
        assertThat(status().canary().errors()).isZero();
        assertThat(status().canary().refusals()).isPositive();
        assertThat(status().canary().kinds()).containsOnlyKeys("200", "401");
    }

    private static VersionCounts refused(String key, long answers, long refusals) {
        Map<String, Long> kinds = Map.of("200", answers - refusals, "401", refusals);
        Counts counts = new Counts(answers, 0, refusals, counts(answers, 0, 20).latency(), kinds);
        return new VersionCounts(key, counts, Counts.NONE);
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
    void a_share_above_its_limit_that_may_be_chance_keeps_a_step_from_passing_and_takes_nothing_back() {
        judged(firstRelease(1, 100, 1, RULES));
        sampled(second(0, 1, answered(CANARY, 40, 3)));

        assertThat(status().worse()).isNull();
        assertThat(status().passedStep()).isZero();
        assertThat(status().waitingFor())
                .isEqualTo("errorRate within its limit: 7.5 % (3 of 40), limit < 5 %, which may be chance");
        assertThat(status().notes()).containsExactly("step 1: errorRate was above its limit, which may be chance");
        sampled(second(1, 1, answered(CANARY, 40, 0)));
        assertThat(status().passedStep()).isEqualTo(1);
        assertThat(status().waitingFor()).isEmpty();
    }

    @Test
    void a_guardrail_needs_no_more_answers_than_leave_no_doubt() {
        judged(firstRelease(1, 100, 1, RULES));
        sampled(second(0, 1, answered(CANARY, 3, 3)));
        assertThat(status().worse()).isNull();

        sampled(second(1, 1, answered(CANARY, 2, 2)));

        assertThat(worse()).isEqualTo(new Worse("guardrail", "errorRate", "100.0 % (5 of 5)", "< 5 %"));
    }

    @Test
    void so_does_a_latency_limit() {
        judged(firstRelease(1, 100, 1, RULES));
        sampled(second(0, 1, answered(CANARY, 3, 0, 3_000)));
        assertThat(status().worse()).isNull();

        sampled(second(1, 1, answered(CANARY, 2, 0, 3_000)));

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

        assertThat(errors().canaryAnswers()).isEqualTo(4);
        assertThat(status().canary().answers()).isEqualTo(50);
        assertThat(status().waitingFor()).isEqualTo("4 of 40 answers");
        sampled(second(2, 5, new VersionCounts(CANARY, counts(10, 10, 20), counts(0, 0, 20))));
        assertThat(worse().rule()).isEqualTo("guardrail");
    }

    @Test
    void at_full_traffic_the_canary_goes_on_alone_against_what_the_baseline_did() {
        ready();
        judged(judge(1, 10, HOLD, 5, RULES));
        for (int i = 2; i < 12; i++) {
            sampled(shared(i, 5, 10, 0));
        }
        judged(judge(2, 100, Duration.ZERO, 6, RULES));
        SequentialComparison before = errors();
        sampled(second(12, 6, answered(CANARY, 50, 1)));

        assertThat(status().passedStep()).isEqualTo(2);
        assertThat(errors()).isEqualTo(before);
        for (int i = 13; i < 30 && status().worse() == null; i++) {
            sampled(second(i, 6, answered(CANARY, 50, 4)));
        }
        assertThat(worse().rule()).isEqualTo("comparison");
        assertThat(worse().observed()).contains(" lately").endsWith("where at most 0.55 % did before");
    }

    @Test
    void in_the_bake_the_share_that_is_held_back_is_compared_with() {
        ready();
        judged(judge(1, 100, Duration.ZERO, 5, RULES));
        sampled(second(2, 5, answered(CANARY, 50, 0)));
        assertThat(status().passedStep()).isEqualTo(1);
        judged(judge(2, 95, HOLD, 6, RULES));
        for (int i = 3; i < 5; i++) {
            sampled(second(i, 6, answered(CANARY, 57, 0), answered(BASELINE, 3, 0)));
        }
        assertThat(status().passedStep()).isEqualTo(1);
        assertThat(status().waitingFor()).isEqualTo("2 of 3 s");
        assertThat(errors().canaryAnswers()).isEqualTo(114);

        sampled(second(9, 6, answered(CANARY, 57, 0), answered(BASELINE, 3, 0)));

        assertThat(status().passedStep()).as("three seconds really seen").isEqualTo(2);
    }

    @Test
    void a_baseline_that_has_no_share_is_not_waited_for_and_a_note_says_so() {
        judged(judge(0, 0, Duration.ZERO, 4, RULES));
        sampled(second(0, 4, answered(BASELINE, 3, 0)));
        assertThat(status().baselineReady()).isFalse();

        judged(judge(2, 100, HOLD, 5, RULES)); // promoted to full traffic in the warm-up
        for (int i = 1; i < 4; i++) {
            sampled(second(i, 5, answered(CANARY, 20, 0)));
        }

        assertThat(status().passedStep()).isEqualTo(2);
        assertThat(status().notes()).contains("the baseline has no share: guardrails and what was seen decide");
        sampled(second(4, 5, answered(CANARY, 20, 20)));
        assertThat(worse().rule()).isEqualTo("guardrail");
    }

    @Test
    void a_share_that_is_not_the_one_that_was_set_makes_a_step_inconclusive() {
        ready();
        judged(judge(1, 10, HOLD, 5, RULES));
        for (int i = 2; i < 12; i++) {
            sampled(shared(i, 5, 10, 0)); // 18 %, not 10 %
        }

        assertThat(status().passedStep()).isZero();
        assertThat(status().worse()).isNull();
        assertThat(status().waitingFor())
                .isEqualTo("a share of 10 %: 18.2 % was seen (100 of 550),"
                        + " so something else than the draw decides who goes where");
        assertThat(status().notes()).contains("step 1: the share that was seen is not the share that was set");
    }

    @Test
    void an_exact_test_tells_a_wrong_share_from_chance() {
        assertThat(new Ratio(100, 1_000).mismatch(10)).isEmpty();
        assertThat(new Ratio(131, 1_000).mismatch(10)).isEmpty(); // twice the tail is 0.0019
        assertThat(new Ratio(133, 1_000).mismatch(10)).isPresent(); // 0.0009
        assertThat(new Ratio(70, 1_000).mismatch(10)).isEmpty(); // 0.0011
        assertThat(new Ratio(69, 1_000).mismatch(10)).isPresent(); // 0.0008
        assertThat(new Ratio(0, 0).mismatch(10)).isEmpty();
        assertThat(new Ratio(5, 5).mismatch(100)).isEmpty();
    }

    @Test
    void a_client_that_comes_by_several_gateways_is_counted_once() {
        Canary sticky = rules(Assign.CLIENT);
        judged(judge(0, 0, Duration.ZERO, 4, sticky));
        sampled(second(0, 4, answered(BASELINE, 100, 0)));
        judged(judge(1, 10, HOLD, 5, sticky));
        FirstAnswer one = new FirstAnswer(1, true, false, 30);
        FirstAnswer two = new FirstAnswer(65_535, false, true, 30);
        sampled(second("gateway-1", 1, 5, firsts(CANARY, one, two)));
        sampled(second(
                "gateway-2", 1, 5, firsts(CANARY, one), firsts(BASELINE, two, new FirstAnswer(7, true, false, 1))));
        sampled(second("gateway-2", 2, 5, firsts(CANARY, two)));

        Sides firsts = judging().tally().firsts();
        assertThat(firsts.canary().answers()).isEqualTo(2);
        assertThat(firsts.canary().errors()).isEqualTo(1);
        assertThat(firsts.canary().refusals()).isEqualTo(1);
        assertThat(firsts.baseline().answers()).isEqualTo(102);
        assertThat(judging().tally().ratio())
                .as("a client that was on the other side before was not drawn now")
                .isEqualTo(new Ratio(2, 3));
    }

    private static VersionCounts firsts(String key, FirstAnswer... firsts) {
        return new VersionCounts(key, counts(9, 1, 20), counts(firsts.length, 0, 20), List.of(firsts));
    }

    /** It is written every ten seconds: 65,536 clients on each side, latencies all over, three gateways. */
    @Test
    void the_state_stays_small_after_hours() {
        Canary sticky = rules(Assign.CLIENT);
        judged(judge(0, 0, Duration.ZERO, 4, sticky));
        for (int i = 0; i < 500; i++) {
            FirstAnswer[] firsts = new FirstAnswer[264];
            for (int client = 0; client < firsts.length; client++) {
                firsts[client] = new FirstAnswer(
                        (i * firsts.length + client) % 65_536, client % 50 == 0, client % 30 == 0, client % 118);
            }
            judged(judge(i < 10 ? 0 : 1, i < 10 ? 0 : 50, HOLD, i < 10 ? 4 : 5, sticky));
            for (String gateway : List.of("gateway-1", "gateway-2", "gateway-3")) {
                sampled(second(gateway, i, 5, firsts(BASELINE, firsts), firsts(CANARY, firsts)));
            }
        }

        String json = MessagingJson.mapper().writerFor(JudgementState.class).writeValueAsString(state);
        assertThat(json.length()).isLessThan(64 * 1024);
    }

    @Test
    void what_a_former_version_of_the_service_has_stored_is_read_and_judged_on() {
        String stored = resource("/states/judging-before-mixtures.json");
        state = MessagingJson.mapper().readValue(stored, JudgementState.class);

        assertThat(state.present()).hasValueSatisfying(status -> {
            assertThat(status.canary().answers()).isEqualTo(18);
            assertThat(status.baselineReady()).isTrue();
            assertThat(status.waitingFor()).isEqualTo("18 of 40 answers");
        });
        for (int i = 4; i < 20 && status().worse() == null; i++) {
            sampled(shared(i, 5, 5, 3));
        }
        assertThat(worse().metric()).isIn("errors", "errorRate");
    }

    private static String resource(String name) {
        try (InputStream stored = JudgementTest.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(stored).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
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

        judged(judge(1, 10, HOLD, 5, RULES));

        assertThat(state).isInstanceOf(JudgementState.Idle.class);
        assertThat(told).contains(last.since(last.excess()));
        sampled(shared(3, 5, 50, 50));
        assertThat(told).hasValueSatisfying(word -> {
            assertThat(word.worse()).isEqualTo(last.worse());
            assertThat(word.canary()).as("which is not judged").isEqualTo(last.canary());
        });
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
        return told.or(() -> state.present()).orElseThrow();
    }

    private static JudgementStatus status(JudgementState.Judging judging) {
        return Saying.status(judging);
    }

    private Worse worse() {
        @Nullable Worse worse = status().worse();
        return Objects.requireNonNull(worse, () -> "not worse: " + status());
    }

    private SequentialComparison errors() {
        return Objects.requireNonNull(judging().tally().processes())
                .errors()
                .chains()
                .getFirst();
    }

    private JudgementState.Judging judging() {
        return (JudgementState.Judging) state;
    }
}
