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
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void a_second_is_over_when_the_one_that_lags_behind_has_reported_it() {
        for (int i = 1; i <= 5; i++) {
            sampled(second("g1", i + 3, 5, GOOD));
            sampled(second("g2", i, 5, GOOD));
        }
        sampled(second("g1", 9, 5, GOOD));
        for (int i = 6; i <= 8; i++) {
            sampled(second("g2", i, 5, GOOD));
            assertThat(passed()).isZero();
        }

        sampled(second("g2", 9, 5, GOOD));

        assertThat(passed()).isEqualTo(1);
        assertThat(judging().tally().canary().answers()).isEqualTo(15 * 20);
    }

    @Test
    void what_many_gateways_report_in_a_second_is_one_block_however_it_comes() {
        for (int i = 1; i <= 3; i++) {
            sampled(second("g1", i, 5, answered(CANARY, 3, 1), answered(BASELINE, 50, 1)));
        }
        Processes alone = processes();

        state = core.initial(Traffic.ENVIRONMENT);
        a_step_has_begun();
        sampled(second("g2", 0, 4));
        sampled(second("g3", 0, 4));
        sampled(second("g3", 1, 5, answered(BASELINE, 20, 0)));
        sampled(second("g1", 1, 5, answered(CANARY, 2, 1), answered(BASELINE, 20, 1)));
        sampled(second("g1", 2, 5, answered(CANARY, 2, 1), answered(BASELINE, 20, 1)));
        sampled(second("g2", 1, 5, answered(CANARY, 1, 0), answered(BASELINE, 10, 0)));
        sampled(second("g2", 2, 5, answered(CANARY, 1, 0), answered(BASELINE, 10, 0)));
        sampled(second("g2", 3, 5, answered(CANARY, 1, 0), answered(BASELINE, 10, 0)));
        sampled(second("g3", 2, 5, answered(BASELINE, 20, 0)));
        sampled(second("g3", 3, 5, answered(BASELINE, 20, 0)));
        sampled(second("g1", 3, 5, answered(CANARY, 2, 1), answered(BASELINE, 20, 1)));

        assertThat(processes().errors()).isEqualTo(alone.errors());
        assertThat(processes().seconds()).isEqualTo(alone.seconds());
    }

    @Test
    void a_block_stays_open_until_both_sides_have_an_answer() {
        sampled(second("g1", 1, 5, answered(BASELINE, 50, 0)));
        sampled(second("g1", 2, 5, answered(BASELINE, 50, 0)));
        assertThat(errors().baselineAnswers()).isZero();

        sampled(second("g1", 3, 5, answered(CANARY, 1, 1), answered(BASELINE, 50, 0)));

        assertThat(errors().baselineAnswers()).isEqualTo(150);
        assertThat(errors().canaryAnswers()).isEqualTo(1);
        assertThat(processes().waiting()).isEqualTo(Sides.NONE);
    }

    @Test
    void what_comes_for_a_second_that_is_over_counts_in_the_next_one() {
        sampled(second("g1", 1, 5, GOOD));
        sampled(second("g2", 1, 5, GOOD)); // nobody knew of it before
        assertThat(errors().canaryAnswers()).isEqualTo(20);

        sampled(second("g1", 2, 5, GOOD));
        sampled(second("g2", 2, 5, GOOD));

        assertThat(errors().canaryAnswers()).isEqualTo(80);
        assertThat(errors().baselineAnswers()).isEqualTo(320);
        assertThat(judging().tally().hold().seconds()).isEqualTo(2);
    }

    @Test
    void one_that_has_gone_silent_is_waited_for_no_longer_than_the_bound() {
        sampled(second("g2", 0, 4));
        input(new Sampled(second("g1", 1, 5, GOOD)), 7);
        assertThat(errors().canaryAnswers()).isZero();

        input(new Sampled(second("g1", 2, 5, GOOD)), 10);

        assertThat(errors().canaryAnswers()).isEqualTo(40);
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
        for (int i = 2; i <= 7; i++) {
            sampled(second("g2", i, 5, GOOD));
            assertThat(passed()).as("still waited for").isZero();
        }

        sampled(second("g2", 8, 5, GOOD));

        assertThat(passed()).isEqualTo(1);
    }

    @Test
    void one_that_starts_later_adds_to_what_is_there() {
        for (int i = 1; i <= 4; i++) {
            sampled(second("g1", i, 5, GOOD));
        }
        for (int i = 5; i <= 6; i++) {
            sampled(second("g3", "boot-9", i, 5, GOOD));
            assertThat(passed()).isZero();
            sampled(second("g1", i, 5, GOOD));
        }

        assertThat(passed()).isEqualTo(1);
        assertThat(judging().tally().canary().answers()).isEqualTo(160);
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

    /** With room for 32 of them, of 34 one in twenty seconds was lost, of 100 two thirds, and nobody knew. */
    @ParameterizedTest
    @ValueSource(ints = {34, 100, 256})
    void the_seconds_of_many_gateways_are_all_counted(int gateways) {
        for (int i = 1; i <= 5; i++) {
            for (int gateway = 1; gateway <= gateways; gateway++) {
                sampled(second("g" + gateway, i, 5, GOOD));
            }
        }

        assertThat(judging().tally().canary().answers()).isEqualTo(5L * gateways * 20);
        assertThat(judging().tally().baseline().answers()).isEqualTo(100 + 5L * gateways * 80);
        assertThat(judging().tally().hold().seconds()).isEqualTo(5);
        assertThat(judging().tally().cursors().leftOutAt()).isNull();
    }

    @Test
    void beyond_the_bound_those_that_are_known_count_and_no_step_passes_until_all_are_heard_again() {
        for (int i = 1; i <= 8; i++) {
            for (int gateway = 1; gateway <= 300; gateway++) {
                sampled(second("g" + gateway, i, 5, GOOD));
            }
        }

        assertThat(judging().tally().canary().answers()).isEqualTo(8 * 256 * 20);
        assertThat(passed()).as("held for 6 s, if all had been heard").isZero();
        assertThat(judging().verdicts().notes()).contains(Missing.TOO_MANY);
        assertThat(waitsFor()).isEqualTo(Missing.TOO_MANY).contains("256");

        for (int i = 9; i <= 20; i++) {
            assertThat(passed()).as("second %d", i).isZero();
            for (int gateway = 1; gateway <= 256; gateway++) {
                sampled(second("g" + gateway, i, 5, GOOD));
            }
        }

        assertThat(passed()).isEqualTo(1);
        assertThat(waitsFor()).isEmpty();
    }

    @Test
    void what_is_heard_beyond_the_bound_still_finds_a_fault() {
        for (int i = 1; i <= 3; i++) {
            for (int gateway = 1; gateway <= 300; gateway++) {
                sampled(second("g" + gateway, i, 5, answered(CANARY, 2, 1), answered(BASELINE, 8, 0)));
            }
        }

        assertThat(judging().verdicts().worse()).isNotNull();
    }

    @Test
    void a_boot_that_was_forgotten_is_not_counted_again() {
        for (int boot = 0; boot < 300; boot++) {
            sampled(second("g1", "boot-" + boot, 10 + boot, 5, GOOD));
        }
        long counted = judging().tally().canary().answers();
        assertThat(counted).isEqualTo(300 * 20);
        assertThat(judging().tally().cursors().known()).hasSize(256);

        sampled(second("g1", "boot-0", 10, 5, GOOD));
        sampled(second("g1", "boot-300", 17, 5, GOOD));

        assertThat(judging().tally().canary().answers()).isEqualTo(counted);
        assertThat(judging().verdicts().notes())
                .as("nobody can know which it was")
                .contains(Missing.TOO_MANY);
        sampled(second("g1", "boot-301", 400, 5, GOOD));
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
        input(new JudgeAsked(judge(step, 20 * step, HOLD, counter, RULES)), 0);
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

    private Processes processes() {
        return Objects.requireNonNull(judging().tally().processes());
    }

    private SequentialComparison errors() {
        return processes().errors().chains().getFirst();
    }

    private String waitsFor() {
        return state.present().orElseThrow().waitingFor();
    }

    private int passed() {
        return judging().verdicts().passedStep();
    }
}
