package dev.slipway.validation.judgement;

import static dev.slipway.validation.judgement.Traffic.START;
import static dev.slipway.validation.judgement.Traffic.counts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits are crossed beyond doubt only; late faults are found in seconds. */
@Tag("thorough")
final class GuardrailsTest {
    private static final long SEED = Long.getLong("slipway.simulation.seed", 20261123L);
    private static final Canary RULES = Traffic.rules(Assign.REQUEST); // < 5 %, p95 < 1 s
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final int ANSWERS_PER_SECOND = 50;
    private static final int HOUR = 3_600;
    /** As beside a baseline, an hour planned. */
    private static final Levels LEVELS = new Levels(0.01, true, HOUR);

    @ParameterizedTest
    @CsvSource({
        "2,2,false",
        "3,3,false",
        "5,5,true",
        "3,40,false",
        "9,40,false",
        "12,40,true",
        "60,1000,false",
        "75,1000,false",
        "95,1000,true",
        "0,1000,false"
    })
    void a_limit_is_crossed_beyond_doubt_or_not_at_all(long errors, long answers, boolean expected) {
        SideTally side = SideTally.of(counts(answers, errors, 20));

        assertThat(Guardrails.broken(RULES, LEVELS, side).isPresent()).isEqualTo(expected);
    }

    @Test
    void what_is_above_the_limit_and_perhaps_chance_is_said_to_be_in_doubt() {
        SideTally six = SideTally.of(counts(100, 6, 20));
        SideTally four = SideTally.of(counts(100, 4, 20));
        SideTally slow = SideTally.of(counts(94, 0, 20)).plus(SideTally.of(counts(6, 0, 3_000)));

        assertThat(inDoubt(six, four))
                .contains("errorRate within its limit: 6.0 % (6 of 100), limit < 5 %, which may be chance");
        assertThat(inDoubt(four, six).orElseThrow()).contains("(6 of 100) in the last 60 s");
        assertThat(inDoubt(slow, four).orElseThrow()).startsWith("p95 within its limit: ");
        assertThat(inDoubt(four, SideTally.of(counts(39, 3, 20))))
                .as("too few answers lately")
                .isEmpty();
        assertThat(inDoubt(four, four)).isEmpty();
    }

    private static Optional<String> inDoubt(SideTally all, SideTally lately) {
        return Guardrails.inDoubt(RULES, all, lately, WINDOW);
    }

    @Test
    void what_was_found_says_of_what_kind_it_was() {
        SideTally side = SideTally.of(
                new Counts(100, 40, 3, List.of(100L), Map.of("200", 57L, "404", 3L, "500", 31L, "time-out", 9L)));

        assertThat(Guardrails.broken(RULES, LEVELS, side))
                .contains(new Worse("guardrail", "errorRate", "40.0 % (40 of 100) (31 × 500, 9 × time-out)", "< 5 %"));
    }

    @Test
    void a_limit_of_everything_is_none() {
        Canary rules = Traffic.rules(Assign.REQUEST, new Canary.Guardrails(100.0, List.of()));

        assertThat(Guardrails.broken(rules, LEVELS, SideTally.of(counts(1_000, 1_000, 20))))
                .isEmpty();
    }

    @Test
    void a_fault_that_comes_after_a_good_hour_is_found_in_seconds() {
        Stream stream = new Stream(new SplittableRandom(SEED));
        assertThat(stream.secondsUntilWorse(HOUR, 0.005, 20)).isEqualTo(-1);

        int seconds = stream.secondsUntilWorse(300, 0.30, 20);

        report("30 %% errors after an hour at 0.5 %%: found after %d s, cumulative rate then %.1f %%"
                .formatted(seconds, 100.0 * stream.all.errors() / stream.all.answers()));
        assertThat(seconds).isBetween(1, 3);
    }

    @Test
    void answers_that_become_slow_after_a_good_hour_are_found_in_seconds() {
        Stream stream = new Stream(new SplittableRandom(SEED));
        assertThat(stream.secondsUntilWorse(HOUR, 0, 20)).isEqualTo(-1);

        int seconds = stream.secondsUntilWorse(300, 0, 3_000);

        assertThat(seconds).isBetween(1, 3);
        assertThat(Guardrails.brokenLately(RULES, LEVELS, stream.lately, stream.recent, WINDOW))
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
        Recent recent = Recent.NOTHING.plus(START, SideTally.of(counts(10, 10, 20)), WINDOW);
        assertThat(recent.plus(START.plusSeconds(49), SideTally.of(counts(5, 0, 20)), WINDOW)
                        .sum()
                        .answers())
                .isEqualTo(15);

        Recent later = recent.plus(START.plusSeconds(60), SideTally.of(counts(5, 0, 20)), WINDOW);

        assertThat(later.sum().answers()).isEqualTo(5);
        assertThat(later.plus(START, SideTally.of(counts(10, 10, 20)), WINDOW)
                        .sum()
                        .answers())
                .isEqualTo(5);
        assertThat(later.slots()).hasSizeLessThanOrEqualTo(6);
    }

    /** A canary at full traffic, second by second, of which only guardrails know. */
    private static final class Stream {
        private final SplittableRandom random;
        private SideTally all = SideTally.NONE;
        private Recent recent = Recent.NOTHING;
        private List<List<Double>> lately = Guardrails.start(RULES);
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
                SideTally answered = SideTally.of(counts(ANSWERS_PER_SECOND, errors, ms));
                all = all.plus(answered);
                recent = recent.plus(START.plusSeconds(second++), answered, WINDOW);
                lately = Guardrails.after(RULES, lately, answered);
                if (Guardrails.broken(RULES, LEVELS, all)
                        .or(() -> Guardrails.brokenLately(RULES, LEVELS, lately, recent, WINDOW))
                        .isPresent()) {
                    return i;
                }
            }
            return -1;
        }
    }

    private static void report(String figures) {
        System.out.println("[simulation, seed " + SEED + "] " + figures);
    }
}
