package dev.slipway.validation.judgement;

import static dev.slipway.validation.judgement.Traffic.BASELINE;
import static dev.slipway.validation.judgement.Traffic.CANARY;
import static dev.slipway.validation.judgement.Traffic.START;
import static dev.slipway.validation.judgement.Traffic.answered;
import static dev.slipway.validation.judgement.Traffic.judge;
import static dev.slipway.validation.judgement.Traffic.second;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import dev.slipway.validation.judgement.JudgementInput.JudgeAsked;
import dev.slipway.validation.judgement.JudgementInput.Sampled;
import dev.slipway.validation.judgement.JudgementState.Judging;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several gateways, some of which come, go, restart, lag behind, or have a clock of their own. */
final class GatewaysTest {
    private static final Canary RULES = Traffic.rules(Assign.REQUEST);
    private static final Duration HOLD = Duration.ofSeconds(6);
    private static final VersionCounts[] GOOD = {answered(CANARY, 20, 0), answered(BASELINE, 80, 0)};

    private final Judgement core = new Judgement(Traffic.BOUNDS);
    private JudgementState state = core.initial(Traffic.ENVIRONMENT);

    @BeforeEach
    void a_step_has_begun() {
        judged(0, 4);
        sampled(second("g1", 0, 4, answered(BASELINE, 100, 0)));
        judged(1, 5);
    }

    @Test
    void seconds_that_both_report_are_held_once_and_counted_twice() {
        for (int i = 1; i <= 3; i++) {
            sampled(second("g1", i, 5, GOOD));
            sampled(second("g2", i, 5, GOOD));
        }

        assertThat(judging().tally().hold().seconds()).isEqualTo(3);
        assertThat(judging().tally().canary().answers()).isEqualTo(120);
        assertThat(passed()).isZero();
    }

    @Test
    void interleaved_seconds_of_one_that_lags_behind_change_nothing_about_the_hold() {
        for (int i = 1; i <= 5; i++) {
            sampled(second("g1", i + 3, 5, GOOD));
            sampled(second("g2", i, 5, GOOD));
        }
        assertThat(passed()).isZero();

        sampled(second("g1", 9, 5, GOOD));

        assertThat(passed()).isEqualTo(1);
        assertThat(judging().tally().canary().answers()).isEqualTo(11 * 20);
    }

    @Test
    void a_gateway_that_still_has_the_table_before_counts_and_does_not_hold() {
        for (int i = 1; i <= 9; i++) {
            sampled(second("g2", i, 4, answered(BASELINE, 100, 0)));
        }

        assertThat(judging().tally().hold()).isEqualTo(Hold.NOT_BEGUN);
        assertThat(judging().tally().baseline().answers()).isEqualTo(1000);
    }

    @Test
    void where_one_goes_away_the_other_ones_seconds_go_on() {
        sampled(second("g1", 1, 5, GOOD));
        sampled(second("g2", 1, 5, GOOD));
        sampled(second("g1", 2, 5, GOOD)); // its last one
        for (int i = 2; i <= 5; i++) {
            sampled(second("g2", i, 5, GOOD));
            assertThat(passed()).isZero();
        }

        sampled(second("g2", 6, 5, GOOD));

        assertThat(passed()).isEqualTo(1);
    }

    @Test
    void one_that_starts_later_adds_to_what_is_there() {
        for (int i = 1; i <= 4; i++) {
            sampled(second("g1", i, 5, GOOD));
        }
        sampled(second("g3", "boot-9", 5, 5, GOOD));
        sampled(second("g3", "boot-9", 6, 5, GOOD));

        assertThat(passed()).isEqualTo(1);
        assertThat(judging().tally().canary().answers()).isEqualTo(120);
    }

    @Test
    void a_restart_loses_seconds_and_counts_none_twice() {
        sampled(second("g1", "boot-1", 1, 5, GOOD));
        sampled(second("g1", "boot-1", 2, 5, GOOD)); // killed within second 3
        sampled(second("g1", "boot-2", 6, 5, GOOD));
        sampled(second("g1", "boot-1", 2, 5, GOOD)); // comes again
        sampled(second("g1", "boot-2", 6, 5, GOOD));

        assertThat(judging().tally().canary().answers()).isEqualTo(60);
        assertThat(judging().tally().hold().seconds())
                .as("a time in which nobody looked is not a healthy one")
                .isEqualTo(3);
    }

    @Test
    void a_clock_that_runs_ahead_neither_ends_a_hold_nor_holds_it_up() {
        input(new Sampled(second("g2", 3_600, 5, GOOD)), 1);
        assertThat(passed()).isZero();

        for (int i = 2; i <= 6; i++) {
            sampled(second("g1", i, 5, GOOD));
        }

        assertThat(passed()).isEqualTo(1);
    }

    @Test
    void a_boot_that_was_forgotten_is_not_counted_again() {
        for (int boot = 0; boot < 40; boot++) {
            sampled(second("g1", "boot-" + boot, 10 + boot, 5, GOOD));
        }
        long counted = judging().tally().canary().answers();
        assertThat(judging().tally().cursors().known()).hasSize(32);

        sampled(second("g1", "boot-0", 10, 5, GOOD));
        sampled(second("g1", "boot-40", 17, 5, GOOD));

        assertThat(judging().tally().canary().answers()).isEqualTo(counted);
        sampled(second("g1", "boot-41", 50, 5, GOOD));
        assertThat(judging().tally().canary().answers()).isEqualTo(counted + 20);
    }

    @Test
    void worse_wins_where_the_same_second_would_have_passed_the_step() {
        for (int i = 1; i <= 5; i++) {
            sampled(second("g1", i, 5, GOOD));
        }

        sampled(second("g1", 6, 5, answered(CANARY, 40, 40), answered(BASELINE, 60, 0)));

        assertThat(judging().verdicts().worse()).isNotNull();
        assertThat(passed()).isZero();
    }

    @Test
    void a_pass_that_was_said_before_it_got_worse_stays_said_beside_it() {
        for (int i = 1; i <= 6; i++) {
            sampled(second("g1", i, 5, GOOD));
        }
        sampled(second("g1", 7, 5, answered(CANARY, 40, 40), answered(BASELINE, 60, 0)));

        assertThat(state.present()).hasValueSatisfying(status -> {
            assertThat(status.passedStep()).isEqualTo(1);
            assertThat(status.worse()).isNotNull();
        });
    }

    private void judged(int step, long counter) {
        input(new JudgeAsked(judge(step, 10 * step, HOLD, counter, RULES)), 0);
    }

    private void sampled(TrafficSample sample) {
        input(new Sampled(sample), Duration.between(START, sample.second()).toSeconds() + 2);
    }

    private void input(JudgementInput input, long seconds) {
        state = core.decide(state, input, START.plusSeconds(seconds)).state();
    }

    private Judging judging() {
        return (Judging) state;
    }

    private int passed() {
        return judging().verdicts().passedStep();
    }
}
