package dev.slipway.validation.judgement;

import static dev.slipway.validation.judgement.Traffic.START;
import static dev.slipway.validation.judgement.Traffic.counts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guardrails over the last while: late faults are found in seconds, and what is within its limit hardly ever is. */
final class GuardrailsTest {
    private static final long SEED = Long.getLong("slipway.simulation.seed", 20261123L);
    private static final Canary RULES = Traffic.rules(Assign.REQUEST); // < 5 %, p95 < 1 s
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int ANSWERS_PER_SECOND = 50;
    private static final int HOUR = 3_600;

    @ParameterizedTest
    @CsvSource({
        "4,4,false",
        "5,5,true",
        "12,42,false",
        "13,43,true",
        "3,40,false",
        "60,1000,false",
        "90,1000,false",
        "92,1000,true"
    })
    void beyond_doubt_is_what_chance_gives_less_than_once_in_a_million(long k, long n, boolean expected) {
        assertThat(Guardrails.beyondDoubt(k, n, 0.05)).isEqualTo(expected);
        assertThat(exactTail(k, n, 0.05) < 1e-6)
                .as("the bound is on the safe side")
                .isIn(true, expected);
    }

    @Test
    void a_fault_that_comes_after_a_good_hour_is_found_in_seconds() {
        Stream stream = new Stream(new SplittableRandom(SEED));
        assertThat(stream.secondsUntilWorse(HOUR, 0.005, 20)).isEqualTo(-1);

        int seconds = stream.secondsUntilWorse(300, 0.30, 20);

        report("30 %% errors after an hour at 0.5 %%: found after %d s, cumulative rate then %.1f %%"
                .formatted(seconds, 100.0 * stream.all.errors() / stream.all.answers()));
        assertThat(seconds).isBetween(1, 20);
        assertThat(Guardrails.broken(RULES, stream.all))
                .as("not by all answers together")
                .isEmpty();
    }

    @Test
    void answers_that_become_slow_after_a_good_hour_are_found_in_seconds() {
        Stream stream = new Stream(new SplittableRandom(SEED));
        assertThat(stream.secondsUntilWorse(HOUR, 0, 20)).isEqualTo(-1);

        int seconds = stream.secondsUntilWorse(300, 0, 3_000);

        assertThat(seconds).isBetween(1, 20);
        assertThat(Guardrails.brokenLately(RULES, stream.all, stream.recent.sum(), WINDOW))
                .hasValueSatisfying(worse -> assertThat(worse.toString())
                        .startsWith("guardrail p95: ")
                        .endsWith(" in the last 60 s, limit < 1000 ms"));
    }

    @Test
    void what_is_just_within_its_limit_is_not_found_by_chance() {
        SplittableRandom random = new SplittableRandom(SEED);
        int found = 0;
        for (int run = 0; run < 50; run++) {
            found += new Stream(random.split()).secondsUntilWorse(HOUR, 0.045, 20) >= 0 ? 1 : 0;
        }

        report("4.5 %% errors at a limit of 5 %%, 50 hours: %d found".formatted(found));
        assertThat(found).as("seed %d", SEED).isZero();
    }

    @Test
    void old_answers_leave_the_window_and_too_old_ones_do_not_enter_it() {
        Recent recent = Recent.NOTHING.plus(START, counts(10, 10, 20), WINDOW);
        assertThat(recent.plus(START.plusSeconds(49), counts(5, 0, 20), WINDOW)
                        .sum()
                        .answers())
                .isEqualTo(15);

        Recent later = recent.plus(START.plusSeconds(60), counts(5, 0, 20), WINDOW);

        assertThat(later.sum().answers()).isEqualTo(5);
        assertThat(later.plus(START, counts(10, 10, 20), WINDOW).sum().answers())
                .isEqualTo(5);
        assertThat(later.slots()).hasSizeLessThanOrEqualTo(6);
    }

    @Test
    void a_window_is_armed_as_the_rollout_is() {
        SideTally few = SideTally.NONE.plus(counts(39, 39, 20));

        assertThat(Guardrails.brokenLately(RULES, few, few, WINDOW)).isEmpty();
        SideTally enough = few.plus(counts(1, 0, 20));
        assertThat(Guardrails.brokenLately(RULES, enough, enough, WINDOW))
                .contains(new Worse("guardrail", "errorRate", "97.5 % (39 of 40) in the last 60 s", "< 5 %"));
    }

    /** A canary at full traffic, second by second. */
    private static final class Stream {
        private final SplittableRandom random;
        private SideTally all = SideTally.NONE;
        private Recent recent = Recent.NOTHING;
        private int second;

        Stream(SplittableRandom random) {
            this.random = random;
        }

        int secondsUntilWorse(int secondsMax, double fails, double ms) {
            for (int i = 1; i <= secondsMax; i++) {
                int errors = 0;
                for (int answer = 0; answer < ANSWERS_PER_SECOND; answer++) {
                    errors += random.nextDouble() < fails ? 1 : 0;
                }
                Counts answered = counts(ANSWERS_PER_SECOND, errors, ms);
                all = all.plus(answered);
                recent = recent.plus(START.plusSeconds(second++), answered, WINDOW);
                if (Guardrails.brokenLately(RULES, all, recent.sum(), WINDOW).isPresent()) {
                    return i;
                }
            }
            return -1;
        }
    }

    /** P(Bin(n, p) >= k), summed. */
    private static double exactTail(long k, long n, double p) {
        double term = Math.pow(1 - p, (double) n);
        double below = 0;
        for (long i = 0; i < k; i++) {
            below += term;
            term *= (double) (n - i) / (i + 1) * p / (1 - p);
        }
        return 1 - below;
    }

    private static void report(String figures) {
        System.out.println("[simulation, seed " + SEED + "] " + figures);
    }
}
