package dev.slipway.contracts.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReleasePhaseTest {
    @Test
    void a_release_stays_for_good_where_nothing_more_is_to_be_done() {
        assertThat(Arrays.stream(ReleasePhase.values()).filter(ReleasePhase::terminal))
                .containsExactlyInAnyOrder(
                        ReleasePhase.COMPLETED,
                        ReleasePhase.REJECTED,
                        ReleasePhase.EXPIRED,
                        ReleasePhase.ABORTED,
                        ReleasePhase.SUPERSEDED,
                        ReleasePhase.ROLLED_BACK);
    }

    @Test
    void everyone_is_told_of_a_failure_a_rollback_and_a_need_for_a_person() {
        assertThat(Arrays.stream(Milestone.Kind.values()).filter(Milestone.Kind::alert))
                .containsExactlyInAnyOrder(
                        Milestone.Kind.REJECTED,
                        Milestone.Kind.EXPIRED,
                        Milestone.Kind.ABORTED,
                        Milestone.Kind.ROLLING_BACK,
                        Milestone.Kind.ROLLED_BACK,
                        Milestone.Kind.NEEDS_OPERATOR,
                        Milestone.Kind.REGRESSED,
                        Milestone.Kind.DUTY_ESCALATED,
                        Milestone.Kind.DATE_ESCALATED,
                        Milestone.Kind.PAUSED);
    }

    @Test
    void people_can_be_told_of_every_end_and_a_bad_end_is_an_alert() {
        Arrays.stream(ReleasePhase.values()).filter(ReleasePhase::terminal).forEach(end -> {
            Milestone.Kind told = Milestone.Kind.valueOf(end.name());
            assertThat(told.alert())
                    .as(end.name())
                    .isEqualTo(end != ReleasePhase.COMPLETED && end != ReleasePhase.SUPERSEDED);
        });
    }
}
