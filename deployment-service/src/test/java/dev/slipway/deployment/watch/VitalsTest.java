package dev.slipway.deployment.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.HealthChecks;
import dev.slipway.deployment.watch.Vitals.Standing;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class VitalsTest {
    private static final HealthChecks CHECKS =
            new HealthChecks("/ready", "/live", null, null, Duration.ofSeconds(5), Duration.ofSeconds(2), 2, 3);

    private Vitals vitals = Vitals.UNSEEN;

    private Standing seen(boolean... ready) {
        for (boolean well : ready) {
            vitals = vitals.ready(well);
        }
        return vitals.standing(CHECKS);
    }

    @Test
    void nothing_is_said_before_as_many_looks_in_a_row_as_the_policy_says() {
        assertThat(vitals.standing(CHECKS)).isEqualTo(Standing.UNSURE);
        assertThat(seen(false, false)).isEqualTo(Standing.UNSURE);
        assertThat(seen(false)).isEqualTo(Standing.UNREADY);
    }

    @Test
    void one_good_answer_between_bad_ones_begins_the_row_anew() {
        assertThat(seen(false, false, true, false, false)).isEqualTo(Standing.UNSURE);
        assertThat(seen(false)).isEqualTo(Standing.UNREADY);
    }

    @Test
    void it_is_ready_again_after_as_many_good_answers_as_the_policy_says() {
        assertThat(seen(false, false, false, true)).isEqualTo(Standing.UNSURE);
        assertThat(seen(true)).isEqualTo(Standing.READY);
    }

    @Test
    void one_without_life_hangs_whatever_it_says_of_being_ready() {
        vitals = vitals.ready(true).ready(true).live(false).live(false);
        assertThat(vitals.standing(CHECKS)).isEqualTo(Standing.READY);

        assertThat(vitals.live(false).standing(CHECKS)).isEqualTo(Standing.HANGS);
        assertThat(vitals.live(true).live(false).standing(CHECKS)).isEqualTo(Standing.READY);
    }
}
