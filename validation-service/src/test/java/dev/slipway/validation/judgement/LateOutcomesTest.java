package dev.slipway.validation.judgement;

import static dev.slipway.validation.judgement.Traffic.BASELINE;
import static dev.slipway.validation.judgement.Traffic.CANARY;
import static dev.slipway.validation.judgement.Traffic.START;
import static dev.slipway.validation.judgement.Traffic.judge;
import static dev.slipway.validation.judgement.Traffic.second;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.policy.Canary.Guardrails;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import dev.slipway.validation.judgement.JudgementInput.JudgeAsked;
import dev.slipway.validation.judgement.JudgementInput.Sampled;
import dev.slipway.validation.judgement.JudgementState.Judging;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that are open at the gateways' cut-off (ADR 19): their wait is among the latencies of their second, their outcome
 * among the answers of the second in which it comes.
 */
final class LateOutcomesTest {
    private static final Canary RULES = Traffic.rules(Assign.REQUEST, new Guardrails(5.0, List.of()));
    private static final int BEGINS = 20; // second of the canary's first share
    private static final int SECONDS = 150;
    private static final int REQUESTS_PER_SECOND = 60;
    private static final int CANARY_PERCENT = 20;
    private static final int CUT_OFF_MS = 5_000;

    private final Judgement core = new Judgement(Traffic.BOUNDS);
    private JudgementState state = core.initial(Traffic.ENVIRONMENT);
    private int at;

    /** What a version does with a request. */
    private enum Doing {
        /** Every sixth answer takes eight seconds and is good. */
        SOMETIMES_LATE,
        PROMPT,
        /** Nothing is answered; the gateway gives up after 30 s. */
        HANGING
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void a_version_whose_late_answers_are_good_is_no_worse_than_one_that_does_the_same(long seed) {
        assertThat(judged(Doing.SOMETIMES_LATE, Doing.SOMETIMES_LATE, seed)).isNull();
        assertThat(judging().verdicts().passedStep()).isEqualTo(1);
        assertThat(judging().tally().canary().errors()).isZero();
        assertThat(judging().tally().baseline().errors()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void late_answers_beside_a_version_that_has_none_are_found_as_slow_not_as_errors(long seed) {
        Worse worse = Objects.requireNonNull(judged(Doing.SOMETIMES_LATE, Doing.PROMPT, seed), "not found");

        assertThat(worse.metric()).isEqualTo("slow");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void a_version_that_hangs_is_found_by_its_waits_long_before_the_time_for_the_first_byte_is_over(long seed) {
        Worse worse = Objects.requireNonNull(judged(Doing.HANGING, Doing.PROMPT, seed), "not found");

        assertThat(worse.metric()).isEqualTo("slow");
        assertThat(at).isBetween(BEGINS, BEGINS + 5);
    }

    private @Nullable Worse judged(Doing canary, Doing baseline, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Version ofCanary = new Version(CANARY, canary);
        Version ofBaseline = new Version(BASELINE, baseline);
        input(new JudgeAsked(judge(0, 0, Duration.ZERO, 4, RULES)), START);
        for (at = 0; at < SECONDS; at++) {
            if (at == BEGINS) {
                input(
                        new JudgeAsked(judge(1, CANARY_PERCENT, Duration.ofSeconds(60), 5, RULES)),
                        START.plusSeconds(at));
            }
            for (int request = 0; request < REQUESTS_PER_SECOND; request++) {
                boolean toCanary = at >= BEGINS && random.nextInt(100) < CANARY_PERCENT;
                (toCanary ? ofCanary : ofBaseline).request(at, random);
            }
            TrafficSample sample = second(at, at < BEGINS ? 4 : 5, ofCanary.told(at), ofBaseline.told(at));
            input(new Sampled(sample), START.plusSeconds(at + 6));
            Worse worse = state.present().orElseThrow().worse();
            if (worse != null) {
                return worse;
            }
        }
        return null;
    }

    private void input(JudgementInput input, Instant now) {
        state = core.decide(state, input, now).state();
    }

    private Judging judging() {
        return (Judging) state;
    }

    /** Counts as a gateway does. */
    private static final class Version {
        private final String key;
        private final Doing doing;
        private final long[] answers = new long[SECONDS + 31];
        private final long[] errors = new long[SECONDS + 31];
        private final long[] prompt = new long[SECONDS];
        private final long[] waited = new long[SECONDS];

        private Version(String key, Doing doing) {
            this.key = key;
            this.doing = doing;
        }

        private void request(int second, SplittableRandom random) {
            boolean late = doing == Doing.HANGING || (doing == Doing.SOMETIMES_LATE && random.nextInt(6) == 0);
            (late ? waited : prompt)[second]++;
            int end = second + (late ? doing == Doing.HANGING ? 30 : 8 : 0);
            answers[end]++;
            errors[end] += doing == Doing.HANGING ? 1 : 0;
        }

        private VersionCounts told(int second) {
            List<Long> latency = new ArrayList<>(Collections.nCopies(LatencyBuckets.COUNT, 0L));
            latency.set(LatencyBuckets.bucketOf(Duration.ofMillis(20).toNanos()), prompt[second]);
            latency.set(LatencyBuckets.bucketOf(Duration.ofMillis(CUT_OFF_MS).toNanos()), waited[second]);
            Counts counts = new Counts(answers[second], errors[second], 0, latency, Map.of());
            return new VersionCounts(key, counts, new Counts(0, 0, 0, List.of(), Map.of()));
        }
    }
}
