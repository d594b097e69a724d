package dev.slipway.validation.judgement;

import static dev.slipway.validation.judgement.Traffic.BASELINE;
import static dev.slipway.validation.judgement.Traffic.CANARY;
import static dev.slipway.validation.judgement.Traffic.START;
import static dev.slipway.validation.judgement.Traffic.answered;
import static dev.slipway.validation.judgement.Traffic.counts;
import static dev.slipway.validation.judgement.Traffic.firstRelease;
import static dev.slipway.validation.judgement.Traffic.judge;
import static dev.slipway.validation.judgement.Traffic.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import dev.slipway.contracts.traffic.TrafficSample.FirstAnswer;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.validation.judgement.JudgementInput.JudgeAsked;
import dev.slipway.validation.judgement.JudgementInput.Sampled;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers that do not tell how long they took: those of a gateway that has just started, and of long polls. */
final class UntimedTest {
    private static final Canary RULES = Traffic.rules(Assign.REQUEST);
    private static final Duration HOLD = Duration.ofSeconds(3);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Judgement core = new Judgement(Traffic.BOUNDS);
    private JudgementState state = core.initial(Traffic.ENVIRONMENT);

    @Test
    void a_step_that_hardly_saw_how_long_answers_took_passes_and_says_so() {
        asked(judge(0, 0, Duration.ZERO, 4, RULES));
        sampled(second(0, 4, answered(BASELINE, 100, 0)));
        asked(judge(1, 50, HOLD, 5, RULES));
        sampled(second(1, 5, answered(CANARY, 20, 0), answered(BASELINE, 20, 0)));
        sampled(second(2, 5, untimed(CANARY, 19), untimed(BASELINE, 20)));
        sampled(second(3, 5, answered(CANARY, 21, 0), answered(BASELINE, 20, 0)));
        assertThat(status().passedStep()).isEqualTo(1);
        assertThat(status().notes()).as("more than half did").hasSize(1).allMatch(note -> note.contains("up to p90"));

        asked(judge(2, 50, HOLD, 6, RULES));
        sampled(second(4, 6, untimed(CANARY, 20), untimed(BASELINE, 20)));
        sampled(second(5, 6, answered(CANARY, 9, 0), answered(BASELINE, 10, 0)));
        sampled(second(6, 6, untimed(CANARY, 20), untimed(BASELINE, 20)));

        assertThat(status().passedStep()).isEqualTo(2);
        assertThat(status().worse()).isNull();
        assertThat(status().notes()).hasSize(2).contains("step 2: only 9 of 49 answers told how long they took");
    }

    @Test
    void what_the_version_before_did_not_tell_either_is_no_news() {
        asked(judge(0, 0, Duration.ZERO, 4, RULES));
        sampled(second(0, 4, answered(BASELINE, 60, 0)));
        sampled(second(1, 4, untimed(BASELINE, 540)));
        asked(judge(1, 50, HOLD, 5, RULES));
        for (int i = 2; i < 5; i++) {
            sampled(second(i, 5, mostlyPolls(CANARY), mostlyPolls(BASELINE)));
        }

        assertThat(status().passedStep()).isEqualTo(1);
        assertThat(status().notes()).noneMatch(note -> note.startsWith("step"));
    }

    @Test
    void at_a_first_release_a_limit_on_latencies_was_to_be_looked_at() {
        asked(firstRelease(1, 100, 1, RULES));
        sampled(second(0, 1, answered(CANARY, 50, 0)));
        assertThat(status().passedStep()).as("nothing was to be held").isEqualTo(1);
        assertThat(status().notes()).isEmpty();

        asked(new Judge(
                firstRelease(2, 100, 1, RULES).question(),
                firstRelease(2, 100, 1, RULES).environment(),
                CANARY,
                null,
                2,
                100,
                HOLD,
                1,
                RULES));
        for (int i = 1; i < 4; i++) {
            sampled(second(i, 1, untimed(CANARY, 50)));
        }

        assertThat(status().passedStep()).isEqualTo(2);
        assertThat(status().notes()).containsExactly("step 2: only 0 of 150 answers told how long they took");
    }

    /** The bound of before is fixed once: by a minute in which hardly a latency was told nothing slow would be found for good. */
    @Test
    void a_canary_alone_is_held_against_the_last_latencies_only_where_they_are_enough() {
        SideTally measured = SideTally.of(counts(2_000, 0, 20));
        SlowLimits limits = SlowLimits.measured(measured, RULES);
        Recent last = Recent.NOTHING
                .plus(START, SideTally.of(counts(40, 0, 20)), MINUTE)
                .plus(START.plusSeconds(1), new SideTally(6_000, 6, 0, List.of(), Map.of()), MINUTE);

        Processes alone = Processes.starting(RULES)
                .slowFrom(limits, measured)
                .alone(SideTally.of(counts(50, 0, 20)), last, limits, Effects.SLOWNESS);

        assertThat(alone.errors().alone().getFirst().bound())
                .as("of the 6,040 last answers")
                .isCloseTo((6 + 2.33 * Math.sqrt(6) + 3) / 6_040, within(1e-9));
        assertThat(alone.slow().alone().getLast().bound())
                .as("of the 2,000 latencies of the whole rollout, none of which is above the p99")
                .isCloseTo(3 / 2_000.0, within(1e-9));
    }

    @Test
    void a_client_s_first_answer_without_a_latency_is_an_answer_and_not_a_quick_one() {
        SideTally first = SideTally.of(new FirstAnswer(7, true, false, 0, true));

        assertThat(first.answers()).isEqualTo(1);
        assertThat(first.errors()).isEqualTo(1);
        assertThat(first.timed()).isZero();
        assertThat(SideTally.of(new FirstAnswer(7, true, false, 0)).timed()).isEqualTo(1);
    }

    private static VersionCounts untimed(String key, long answers) {
        Counts counts = new Counts(answers, 0, List.of());
        return new VersionCounts(key, counts, counts);
    }

    /** One in ten tells how long it took. */
    private static VersionCounts mostlyPolls(String key) {
        Counts counts = new Counts(20, 0, counts(2, 0, 20).latency());
        return new VersionCounts(key, counts, counts);
    }

    private void asked(Judge judge) {
        state = core.decide(state, new JudgeAsked(judge), START).state();
    }

    private void sampled(TrafficSample sample) {
        state = core.decide(state, new Sampled(sample), sample.second().plusSeconds(2))
                .state();
    }

    private JudgementStatus status() {
        return state.present().orElseThrow();
    }
}
