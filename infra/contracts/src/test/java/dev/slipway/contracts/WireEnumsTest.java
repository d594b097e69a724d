package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.notification.DeliveryView;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Cohort;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.Stop;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.policy.WhenBad;
import dev.slipway.contracts.release.AnnouncementView;
import dev.slipway.contracts.release.ChangeView;
import dev.slipway.contracts.release.DoraView;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.NextVersionView;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.RehearsalView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.VoteView;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.GateVerdict;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

class WireEnumsTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                RolloutStatus.Phase.class,
                Channel.class,
                DeliveryView.State.class,
                Stage.class,
                Milestone.Kind.class,
                ReleasePhase.class,
                AssessmentStatus.Outcome.class,
                GateVerdict.Verdict.class,
                DutyView.Result.class,
                DutyView.TimeState.class,
                DutyView.Via.class,
                GuideAnswer.By.class,
                ReleaseKind.class,
                GuideView.LineState.class,
                ChangeView.Kind.class,
                NextVersionView.Step.class,
                DoraView.Trend.class,
                PlanView.Progress.class,
                PlanView.AskedKind.class,
                RehearsalView.Result.class,
                AnnouncementView.Channel.class,
                VoteView.Outcome.class
            })
    <E extends Enum<E>> void what_a_status_may_say_later_is_read_as_unknown(Class<E> type) {
        E read = WireJson.mapper().readValue("\"ADDED_LATER\"", type);

        assertThat(read.name()).isEqualTo("UNKNOWN");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Announcing.After.class,
                Strategy.class,
                Canary.Assign.class,
                Canary.OnInconclusive.class,
                Canary.Traffic.class,
                Cohort.Source.class,
                Duty.Before.class,
                Policy.OnPush.class,
                Stop.Signal.class,
                WhenBad.class
            })
    <E extends Enum<E>> void an_order_that_the_reader_does_not_know_is_refused_with_the_legal_ones(Class<E> type) {
        String[] legal = Arrays.stream(type.getEnumConstants()).map(Enum::name).toArray(String[]::new);

        assertThatThrownBy(() -> WireJson.mapper().readValue("\"ADDED_LATER\"", type))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("ADDED_LATER")
                .hasMessageContainingAll(legal);
    }
}
