package dev.slipway.validation.judgement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.traffic.LatencyBuckets;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.validation.judgement.JudgementInput.JudgeAsked;
import dev.slipway.validation.judgement.JudgementInput.Sampled;
import dev.slipway.validation.judgement.JudgementState.Judging;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Seeded traffic through the whole core. A failure prints its seed, and the seed replays it. */
final class JudgementSimulationTest {
    private static final long SEED = Long.getLong("slipway.simulation.seed", 20261123L);
    private static final int RUNS = 200;
    private static final int ANSWERS_PER_SECOND = 50;
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final int BASELINE_SECONDS = 5;

    @Test
    void a_canary_that_is_no_worse_is_rarely_found_worse() {
        SplittableRandom random = new SplittableRandom(SEED);
        int worse = 0;
        for (int run = 0; run < RUNS; run++) {
            worse += secondsUntilWorse(random.split(), 10, 0.005, 0.005, 300) >= 0 ? 1 : 0;
        }

        report("no difference: %d of %d found worse within 300 s".formatted(worse, RUNS));
        assertThat(worse).as("seed %d", SEED).isLessThanOrEqualTo(2);
    }

    @Test
    void a_canary_that_fails_three_answers_in_ten_is_found_within_seconds() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Integer> seconds = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            seconds.add(secondsUntilWorse(random.split(), 10, 0.30, 0.005, 60));
        }
        seconds.sort(null);

        int median = seconds.get(RUNS / 2);
        report(String.format(
                Locale.ROOT,
                "30 %% against 0.5 %% at 10 %% of %d/s: median %d s, 99th of 100 %d s, longest %d s",
                ANSWERS_PER_SECOND,
                median,
                seconds.get(RUNS * 99 / 100),
                seconds.getLast()));
        assertThat(seconds.getFirst()).as("each is found, seed %d", SEED).isPositive();
        assertThat(median).as("seed %d", SEED).isLessThanOrEqualTo(5);
    }

    /** Seconds of shared traffic until the canary is found worse, or -1 if it is not. */
    private static int secondsUntilWorse(
            SplittableRandom random, int sharePercent, double canaryFails, double baselineFails, int secondsMax) {
        Judgement core = new Judgement(Traffic.BOUNDS);
        JudgementState state = core.decide(core.initial(Traffic.ENVIRONMENT), asked(0, 0), START)
                .state();
        for (int second = 0; second < BASELINE_SECONDS; second++) {
            state = count(core, state, sample(random, second, 0, canaryFails, baselineFails));
        }
        state = core.decide(state, asked(1, sharePercent), START).state();
        for (int second = 0; second < secondsMax; second++) {
            state = count(
                    core, state, sample(random, BASELINE_SECONDS + second, sharePercent, canaryFails, baselineFails));
            if (((Judging) state).verdicts().worse() != null) {
                return second + 1;
            }
        }
        return -1;
    }

    private static JudgementState count(Judgement core, JudgementState state, TrafficSample sample) {
        return core.decide(state, new Sampled(sample), sample.second().plusSeconds(2))
                .state();
    }

    private static JudgeAsked asked(int step, int percent) {
        return new JudgeAsked(
                Traffic.judge(step, percent, Duration.ofSeconds(10), step, Traffic.rules(Assign.REQUEST)));
    }

    private static TrafficSample sample(
            SplittableRandom random, int second, int sharePercent, double canaryFails, double baselineFails) {
        int canary = 0;
        for (int i = 0; i < ANSWERS_PER_SECOND; i++) {
            canary += random.nextInt(100) < sharePercent ? 1 : 0;
        }
        return new TrafficSample(
                EnvironmentId.parse(Traffic.ENVIRONMENT),
                "gateway-1",
                "boot-1",
                START.plusSeconds(second),
                sharePercent == 0 ? 0 : 1,
                List.of(
                        version(Traffic.CANARY, answers(random, canary, canaryFails)),
                        version(Traffic.BASELINE, answers(random, ANSWERS_PER_SECOND - canary, baselineFails))));
    }

    private static VersionCounts version(String key, Counts counts) {
        return new VersionCounts(key, counts, counts);
    }

    private static Counts answers(SplittableRandom random, int number, double fails) {
        Long[] latency = new Long[LatencyBuckets.COUNT];
        Arrays.fill(latency, 0L);
        int errors = 0;
        for (int i = 0; i < number; i++) {
            errors += random.nextDouble() < fails ? 1 : 0;
            double ms = -20 * Math.log(1 - random.nextDouble()) + 2;
            latency[LatencyBuckets.bucketOf((long) (ms * 1e6))]++;
        }
        return new Counts(number, errors, List.of(latency));
    }

    private static void report(String figures) {
        System.out.println("[simulation, seed " + SEED + "] " + figures);
    }
}
