package dev.slipway.validation.judgement;

import static dev.slipway.validation.judgement.Traffic.BASELINE;
import static dev.slipway.validation.judgement.Traffic.CANARY;
import static dev.slipway.validation.judgement.Traffic.START;
import static dev.slipway.validation.judgement.Traffic.answered;
import static dev.slipway.validation.judgement.Traffic.firstRelease;
import static dev.slipway.validation.judgement.Traffic.judge;
import static dev.slipway.validation.judgement.Traffic.second;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.contracts.validation.Excess;
import dev.slipway.contracts.validation.Excess.Metric;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.Measured;
import dev.slipway.contracts.validation.Measured.Answered;
import dev.slipway.contracts.validation.Measured.Quantile;
import dev.slipway.contracts.validation.StopJudging;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.validation.judgement.JudgementInput.JudgeAsked;
import dev.slipway.validation.judgement.JudgementInput.Sampled;
import dev.slipway.validation.judgement.JudgementInput.StopAsked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class MeasuringTest {
    private static final Canary RULES = Traffic.rules(Assign.REQUEST);
    private static final Duration HOLD = Duration.ofSeconds(60);

    private final Judgement core = new Judgement(Traffic.BOUNDS);
    private JudgementState state = core.initial(Traffic.ENVIRONMENT);
    private List<JudgementStatus> told = List.of();

    @Test
    void what_was_answered_before_the_first_share_and_since_is_told_apart() {
        input(new JudgeAsked(judge(0, 0, Duration.ZERO, 4, RULES)), START);
        assertThat(status().measured()).isNull();
        sampled(second(0, 4, answered(BASELINE, 60, 1)));
        sampled(second(1, 4, answered(BASELINE, 40, 0)));
        input(new JudgeAsked(judge(1, 10, HOLD, 5, RULES)), START);
        sampled(second(2, 4, answered(BASELINE, 50, 0))); // the table before
        sampled(second(3, 5, answered(CANARY, 5, 1, 400), answered(BASELINE, 45, 0)));

        Measured measured = measured();

        assertThat(measured.before().seconds()).isEqualTo(2);
        assertThat(measured.before().answers()).isEqualTo(100);
        assertThat(measured.before().errors()).isEqualTo(1);
        assertThat(measured.before().from()).isEqualTo(START);
        assertThat(measured.before().to()).isEqualTo(START.plusSeconds(2));
        assertThat(measured.beside().answers()).isEqualTo(95);
        assertThat(measured.canary().answers()).isEqualTo(5);
        assertThat(measured.canary().seconds()).isEqualTo(2);
        assertThat(quantile(measured.canary()).ms()).isEqualTo(hundredths(LatencyBuckets.bucketOf(400_000_000L)));
        assertThat(measured.step()).isEqualTo(1);
        assertThat(measured.trafficPercent()).isEqualTo(10);
        assertThat(measured.stepCanary().seconds())
                .as("what had the table before is none of the step")
                .isEqualTo(1);
        assertThat(measured.stepBeside().answers()).isEqualTo(45);
    }

    @Test
    void the_last_step_is_measured_by_itself() {
        ready(0);
        input(new JudgeAsked(judge(1, 10, HOLD, 5, RULES)), START);
        sampled(second(2, 5, answered(CANARY, 5, 0), answered(BASELINE, 45, 0)));
        input(new JudgeAsked(judge(2, 95, HOLD, 6, RULES)), START);
        assertThat(measured().stepCanary()).isEqualTo(Answered.NOTHING);
        sampled(second(3, 6, answered(CANARY, 95, 2), answered(BASELINE, 5, 0)));

        assertThat(measured().step()).isEqualTo(2);
        assertThat(measured().stepCanary().answers()).isEqualTo(95);
        assertThat(measured().stepCanary().errors()).isEqualTo(2);
        assertThat(measured().canary().answers()).isEqualTo(100);
    }

    @Test
    void a_quantile_has_bounds_by_how_many_answers_there_are() {
        List<Long> even = new ArrayList<>(Collections.nCopies(100, 1L));
        Windows.Window few = Windows.Window.NONE.plus(START, new SideTally(100, 0, 0, even, Map.of()));
        Windows.Window many =
                Windows.Window.NONE.plus(START, new SideTally(10_000, 0, 0, Collections.nCopies(100, 100L), Map.of()));

        // the median of 100 lies in bucket 49; 2.576 * sqrt(0.25 / 100) is 0.129, of 10,000 a tenth of that
        assertThat(few.said().p50()).isEqualTo(new Quantile(hundredths(49), hundredths(37), hundredths(62)));
        assertThat(many.said().p50()).isEqualTo(new Quantile(hundredths(49), hundredths(48), hundredths(51)));
        assertThat(Windows.Window.NONE.plus(START, SideTally.NONE).said().p50()).isNull();
    }

    /**
     * By hand. Latencies fall into buckets whose upper bounds are powers of 1.1 ms: 10 ms into 1.1^25 = 10.83 ms, 50 ms into
     * 1.1^42 = 54.76 ms, 200 ms into 1.1^56 = 207.97 ms, 900 ms into 1.1^72 = 955.59 ms.
     *
     * <p>Before: 200 answers, of which 150 took 10 ms, 40 took 50 ms, 9 took 200 ms and one 900 ms; so 150, 190, 199 and 200
     * took at most as long. The share of a sample lies within 2.576 * sqrt(share * (1 - share) / 200) of it, 99 times in 100.
     * The median is the 100th, 10.83; 0.5 -+ 0.0911 are the 82nd and the 119th, both 10.83. Of 95 in 100 it is the 190th,
     * 54.76; 0.95 -+ 0.0397 are the 183rd, 54.76, and the 198th, 207.97. Of 99 in 100 it is the 198th, 207.97;
     * 0.99 -+ 0.0181 are the 195th, 207.97, and the last, 955.59. Errors: 1 + 2 = 3 of 200, 1.5 %.
     *
     * <p>The new version: 100 answers, of which 60, 30, 8 and 2 took so long; so 60, 90, 98 and 100. The median is the 50th,
     * 10.83; 0.5 -+ 0.1288 are the 38th, 10.83, and the 63rd, 54.76. Of 95 in 100 it is the 95th, 207.97; 0.95 -+ 0.0561 are the
     * 90th, 54.76, and the last, 955.59. Of 99 in 100 it is the 99th, 955.59; 0.99 -+ 0.0256 are the 97th, 207.97, and the last.
     * Errors: 1 + 1 = 2 of 100, 2 %.
     */
    @Test
    void errors_and_quantiles_before_and_after_are_those_that_a_person_counts() {
        input(new JudgeAsked(judge(0, 0, Duration.ZERO, 4, RULES)), START);
        sampled(second(0, 4, spread(BASELINE, 1, 100, 10, 4, 0)));
        sampled(second(1, 4, spread(BASELINE, 2, 50, 30, 5, 1)));
        input(new JudgeAsked(judge(1, 10, HOLD, 5, RULES)), START);
        sampled(second(2, 5, spread(CANARY, 1, 40, 10, 2, 0), spread(BASELINE, 0, 20, 0, 0, 0)));
        sampled(second(3, 5, spread(CANARY, 1, 20, 20, 6, 2), spread(BASELINE, 1, 29, 1, 0, 0)));

        Measured measured = measured();

        assertThat(measured.before())
                .isEqualTo(new Answered(
                        2,
                        START,
                        START.plusSeconds(2),
                        200,
                        3,
                        0,
                        new Quantile(10.83, 10.83, 10.83),
                        new Quantile(54.76, 54.76, 207.97),
                        new Quantile(207.97, 207.97, 955.59)));
        assertThat(measured.canary())
                .isEqualTo(new Answered(
                        2,
                        START.plusSeconds(2),
                        START.plusSeconds(4),
                        100,
                        2,
                        0,
                        new Quantile(10.83, 10.83, 54.76),
                        new Quantile(207.97, 54.76, 955.59),
                        new Quantile(955.59, 207.97, 955.59)));
        assertThat(measured.stepCanary()).isEqualTo(measured.canary());
        assertThat(measured.beside().answers()).isEqualTo(50);
        assertThat(measured.beside().errors()).isEqualTo(1);
        assertThat(quantile(measured.beside())).isEqualTo(new Quantile(10.83, 10.83, 10.83));
    }

    /** Of so many answers each of 10, 50, 200 and 900 ms. */
    private static VersionCounts spread(String key, long errors, long... answers) {
        int[] ms = {10, 50, 200, 900};
        List<Long> latency = new ArrayList<>(Collections.nCopies(LatencyBuckets.COUNT, 0L));
        for (int i = 0; i < ms.length; i++) {
            latency.set(LatencyBuckets.bucketOf(ms[i] * 1_000_000L), answers[i]);
        }
        Counts counts = new Counts(Arrays.stream(answers).sum(), errors, latency);
        return new VersionCounts(key, counts, counts);
    }

    @Test
    void bad_answers_are_counted_from_the_first_bad_second_on() {
        ready(0);
        input(new JudgeAsked(judge(1, 10, HOLD, 5, RULES)), START);
        sampled(shared(2, 10, 0));
        sampled(shared(3, 10, 0));
        assertThat(status().excess()).isEmpty();
        sampled(shared(4, 10, 1));
        sampled(shared(5, 10, 2));
        sampled(shared(6, 10, 0));

        assertThat(status().excess())
                .containsExactly(new Excess(Metric.ERRORS, 3, 30, 0, START.plusSeconds(4), START.plusSeconds(7)));
    }

    @Test
    void what_the_share_of_the_baseline_explains_is_not_beyond_it_and_an_old_stray_error_is_no_beginning() {
        ready(5); // 5 of 100
        input(new JudgeAsked(judge(1, 10, HOLD, 5, RULES)), START);
        sampled(second(2, 5, answered(CANARY, 10, 1), answered(BASELINE, 100, 5)));
        sampled(second(3, 5, answered(CANARY, 10, 0), answered(BASELINE, 100, 5)));
        assertThat(status().excess()).isEmpty();
        sampled(second(4, 5, answered(CANARY, 10, 3), answered(BASELINE, 100, 5)));

        assertThat(status().excess())
                .containsExactly(new Excess(Metric.ERRORS, 3, 10, 0.5, START.plusSeconds(4), START.plusSeconds(5)));
    }

    @Test
    void slow_answers_are_counted_likewise() {
        ready(0);
        input(new JudgeAsked(judge(1, 10, HOLD, 5, RULES)), START);
        sampled(second(2, 5, answered(CANARY, 5, 0, 20), answered(BASELINE, 45, 0)));
        sampled(second(3, 5, answered(CANARY, 5, 0, 400), answered(BASELINE, 45, 0)));

        assertThat(status().excess())
                .containsExactly(new Excess(Metric.SLOW, 5, 5, 0, START.plusSeconds(3), START.plusSeconds(4)));
    }

    @Test
    void at_a_first_release_every_error_is_its_own() {
        input(new JudgeAsked(firstRelease(1, 100, 1, RULES)), START);
        sampled(second(0, 1, answered(CANARY, 40, 2)));

        assertThat(status().excess()).containsExactly(new Excess(Metric.ERRORS, 2, 40, 0, START, START.plusSeconds(1)));
    }

    @Test
    void of_a_verified_version_that_is_left_each_bad_answer_is_counted_until_its_last_and_nothing_is_judged_by_it() {
        input(new JudgeAsked(leaving(0, 0, 4)), START);
        sampled(second(0, 4, answered(BASELINE, 50, 0)));
        assertThat(status().left()).isEmpty();
        sampled(second(1, 4, answered(BASELINE, 50, 5)));
        input(new JudgeAsked(leaving(1, 100, 5)), START.plusSeconds(3));
        sampled(second(2, 5, answered(CANARY, 40, 0), answered(BASELINE, 10, 2)));
        sampled(second(3, 5, answered(CANARY, 50, 0)));

        assertThat(status().left())
                .containsExactly(new Excess(Metric.ERRORS, 7, 60, 0, START.plusSeconds(1), START.plusSeconds(3)));
        assertThat(status().excess()).isEmpty();
        assertThat(status().worse()).isNull();
        assertThat(status().baseline().answers()).isZero();
        String json = MessagingJson.mapper().writerFor(JudgementState.class).writeValueAsString(state);
        assertThat(MessagingJson.mapper().readValue(json, JudgementState.class)).isEqualTo(state);
    }

    private static Judge leaving(int step, int percent, long counter) {
        return new Judge(
                QuestionKey.parse(CANARY),
                EnvironmentId.parse(Traffic.ENVIRONMENT),
                CANARY,
                null,
                step,
                percent,
                Duration.ZERO,
                counter,
                RULES,
                Duration.ofHours(1),
                BASELINE);
    }

    @Test
    void what_a_bad_version_answers_after_its_end_is_counted_for_a_while_and_judged_by_nobody() {
        ready(0);
        input(new JudgeAsked(judge(1, 10, HOLD, 5, RULES)), START);
        sampled(shared(2, 50, 50));
        JudgementStatus before = status();
        assertThat(before.worse()).isNotNull();
        input(stop(), START.plusSeconds(4));

        sampled(shared(3, 20, 10));
        sampled(shared(3, 20, 10)); // again
        sampled(second(4, 6, answered(BASELINE, 90, 0)));
        JudgementState counted = state;
        sampled(shared(13, 20, 10)); // later than that can be

        assertThat(state).isEqualTo(counted).isInstanceOf(JudgementState.Idle.class);
        assertThat(told).hasSize(1);
        JudgementStatus word = told.getFirst();
        assertThat(word.ended()).isTrue();
        assertThat(word.worse()).isEqualTo(before.worse());
        assertThat(word.excess())
                .containsExactly(new Excess(Metric.ERRORS, 60, 70, 0, START.plusSeconds(2), START.plusSeconds(4)));
        input(new JudgeAsked(judge(1, 10, HOLD, 5, RULES)), START.plusSeconds(20));
        assertThat(told).last().isEqualTo(word);
    }

    @Test
    void nothing_is_waited_for_of_a_version_that_was_well() {
        ready(0);
        input(new JudgeAsked(judge(1, 10, HOLD, 5, RULES)), START);
        sampled(shared(2, 5, 0));
        input(stop(), START.plusSeconds(4));
        JudgementState ended = state;
        sampled(shared(3, 20, 10));

        assertThat(state).isEqualTo(ended);
        assertThat(told).isEmpty();
    }

    @Test
    void what_is_still_counted_is_the_same_after_it_was_stored() {
        ready(0);
        input(new JudgeAsked(judge(1, 10, HOLD, 5, RULES)), START);
        sampled(shared(2, 50, 50));
        input(stop(), START.plusSeconds(4));
        sampled(shared(3, 20, 10));

        String json = MessagingJson.mapper().writerFor(JudgementState.class).writeValueAsString(state);
        assertThat(MessagingJson.mapper().readValue(json, JudgementState.class)).isEqualTo(state);
    }

    private void ready(long errors) {
        input(new JudgeAsked(judge(0, 0, Duration.ZERO, 4, RULES)), START);
        sampled(second(0, 4, answered(BASELINE, 100, errors)));
        assertThat(status().baselineReady()).isTrue();
    }

    private static TrafficSample shared(int second, long canary, long canaryErrors) {
        return second(second, 5, answered(CANARY, canary, canaryErrors), answered(BASELINE, 45, 0));
    }

    private static StopAsked stop() {
        return new StopAsked(new StopJudging(QuestionKey.parse(CANARY), EnvironmentId.parse(Traffic.ENVIRONMENT)));
    }

    private void sampled(TrafficSample sample) {
        input(new Sampled(sample), sample.second().plusSeconds(2));
    }

    private void input(JudgementInput input, Instant now) {
        boolean wasIdle = state instanceof JudgementState.Idle;
        Decision<JudgementState> decision = core.decide(state, input, now);
        state = decision.state();
        List<JudgementStatus> all = new ArrayList<>(wasIdle ? told : List.of());
        decision.effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect ->
                        (JudgementStatus) ((Effect.Send) effect).message().body())
                .forEach(all::add);
        told = all;
    }

    private JudgementStatus status() {
        return state.present().orElseThrow();
    }

    private Measured measured() {
        return Objects.requireNonNull(status().measured());
    }

    private static Quantile quantile(Answered answered) {
        return Objects.requireNonNull(answered.p50());
    }

    private static double hundredths(int bucket) {
        return Math.round(LatencyBuckets.upperMs(bucket) * 100) / 100.0;
    }
}
