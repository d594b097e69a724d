package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.Announcing.After;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.DutyView.TimeState;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.OwedDuty;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is left to do of a release that has ended: asked for until it is done or waived, and never in its way. */
final class AfterWorkTest {
    private static final Duty BACK = Journey.duty("merge-back", Duty.Before.END).withAfter(After.COMPLETED);
    private static final ReleaseSaga SAGA = new ReleaseSaga(Examples.SAGA_LIMITS);

    private static Policy policy(Duty... duties) {
        WaiverRule rule = new WaiverRule(
                List.of("duty-" + duties[0].id()), List.of("technical-lead"), Duration.ofDays(2), Duration.ofHours(12));
        return Examples.demoPolicy(List.of(rule), Journey.demo().retention(), List.of(duties));
    }

    private static Journey completed() {
        return new Journey(policy(BACK)).completed();
    }

    private static Journey answered(Journey journey, Result result) {
        return journey.take(journey.answer("merge-back", Examples.BEN, result));
    }

    private static DutyView duty(Journey journey) {
        return DutyStates.of(journey.dossier()).getFirst();
    }

    private static String refusal(Journey journey) {
        Refusal refusal = journey.refusal();
        return refusal == null ? "" : refusal.code();
    }

    private static boolean asksOn(Journey journey) {
        return journey.messages()
                .map(Message::body)
                .filter(ReleaseStatus.class::isInstance)
                .map(ReleaseStatus.class::cast)
                .reduce((_, last) -> last)
                .orElseThrow()
                .asksOn();
    }

    @Test
    void nothing_waits_for_it_and_it_is_asked_for_when_the_release_has_ended() {
        Journey journey = new Journey(policy(BACK)).baked();
        assertThat(duty(journey).state()).isEqualTo(LineState.OPEN);
        assertThat(refusal(answered(journey, Result.PASSED))).isEqualTo("not-now");
        assertThat(Objects.requireNonNull(journey.refusal()).detail()).endsWith("is answered after completed.");
        PlanView.Step end =
                ReleasePlan.of(journey.dossier(), journey.now()).steps().getLast();
        assertThat(end.text()).contains("Then 1 duty is asked for, until done or waived: merge-back.");
        assertThat(end.asked()).extracting(PlanView.Asked::name).containsExactly("merge-back");

        Journey ended = completed();

        assertThat(ended.dossier().state().phase()).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(duty(ended).state()).isEqualTo(LineState.DUE);
        assertThat(ended.dossier().milestones().reversed())
                .extracting(Milestone::kind)
                .startsWith(Milestone.Kind.DUTY_ASKED, Milestone.Kind.COMPLETED);
        assertThat(ended.dossier().milestones().getLast().asked()).containsExactly("devops");
        assertThat(asksOn(ended)).isTrue();
        assertThat(AfterWork.owed(ended.dossier()))
                .extracting(OwedDuty::release)
                .containsExactly(Journey.ID);
    }

    @Test
    void the_release_stays_among_those_that_can_be_answered_until_it_is_done() {
        Journey journey = completed().told();
        assertThat(SAGA.finished(journey.dossier())).isFalse();
        assertThat(journey.effects()).contains(Effect.stopTimer(ReleaseSaga.REPEAT));

        answered(journey, Result.PASSED);

        assertThat(duty(journey).state()).isEqualTo(LineState.PASSED);
        assertThat(asksOn(journey)).isFalse();
        assertThat(AfterWork.owed(journey.dossier())).isEmpty();
        assertThat(SAGA.finished(journey.dossier())).isTrue();
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.COMPLETED);
    }

    @Test
    void what_failed_changes_nothing_of_the_release_and_is_asked_for_until_it_is_done() {
        Journey journey = answered(completed(), Result.FAILED);

        assertThat(journey.refusal()).isNull();
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(journey.dossier().cause()).isNull();
        assertThat(duty(journey).state()).isEqualTo(LineState.FAILED);
        assertThat(AfterWork.open(journey.dossier())).containsExactly(BACK);
        assertThat(refusal(answered(journey, Result.NOT_POSSIBLE))).isEqualTo("answered-before");

        answered(journey, Result.PASSED);

        assertThat(journey.refusal()).isNull();
        assertThat(duty(journey).state()).isEqualTo(LineState.PASSED);
        assertThat(duty(journey).answers()).hasSize(2);
    }

    @Test
    void whoever_is_asked_is_reminded_once_it_is_late_and_the_release_stays_what_it_is() {
        Journey journey = completed().told();
        Instant late = journey.dossier().since().plus(BACK.within());
        assertThat(Timetable.next(journey.dossier())).contains(late);

        journey.after(Duration.between(journey.now(), late)).take(ReleaseSaga.onTimer(ReleaseSaga.TIMETABLE));

        assertThat(journey.dossier().milestones().getLast().kind()).isEqualTo(Milestone.Kind.DUTY_REMINDED);
        assertThat(journey.dossier().milestones().getLast().asked()).containsExactly(Examples.BEN);
        assertThat(Objects.requireNonNull(duty(journey).timing()).state()).isEqualTo(TimeState.LATE);
        assertThat(Objects.requireNonNull(duty(journey).timing()).rule()).isEqualTo("2 h after the end of the release");
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(Timetable.next(journey.dossier())).isEmpty();
        assertThat(asksOn(journey)).isTrue();
    }

    @Test
    void it_is_waived_by_two_people_after_the_end_and_is_no_limitation_of_the_release() {
        Journey journey = completed().told();

        journey.take(journey.waive("duty-merge-back", Examples.ADA));
        assertThat(journey.refusal()).isNull();
        assertThat(SAGA.finished(journey.dossier())).isFalse();
        journey.take(journey.confirm("duty-merge-back", Examples.BEN));

        assertThat(duty(journey).state()).isEqualTo(LineState.WAIVED);
        assertThat(duty(journey).why()).startsWith("Left undone, waived until");
        assertThat(Telling.limitations(journey.dossier())).isEmpty();
        assertThat(SAGA.finished(journey.dossier())).isTrue();
    }

    @Test
    void gates_of_a_release_that_has_ended_are_not_waived() {
        Journey journey = completed();

        assertThat(refusal(journey.take(journey.waive("unit-tests", Examples.ADA))))
                .isEqualTo("not-now");
    }

    @Test
    void it_is_handed_over_after_the_end() {
        Journey journey = completed();

        journey.take(journey.handOver(Examples.BEN, Examples.ADA, null));

        assertThat(journey.refusal()).isNull();
        assertThat(refusal(answered(journey, Result.PASSED))).isEqualTo("not-your-role");
        journey.take(journey.answer("merge-back", Examples.ADA, Result.PASSED));
        assertThat(duty(journey).state()).isEqualTo(LineState.PASSED);
    }

    @Test
    void after_another_end_it_does_not_apply_and_nobody_is_asked() {
        Journey rejected = new Journey(policy(BACK)).validating();
        rejected.take(rejected.onlyFailed(Steps.ASSESS_PRE_RELEASE, "unit-tests"));
        assertThat(rejected.dossier().state().phase()).isEqualTo(ReleasePhase.REJECTED);
        assertThat(duty(rejected).state()).isEqualTo(LineState.DOES_NOT_APPLY);
        assertThat(SAGA.finished(rejected.told().dossier())).isTrue();

        Duty lessons = Journey.duty("lessons", Duty.Before.END).withAfter(After.ROLLED_BACK);
        Journey completed = new Journey(policy(lessons)).completed();
        assertThat(duty(completed).state()).isEqualTo(LineState.DOES_NOT_APPLY);
        Journey back = new Journey(policy(lessons)).rollingBack();
        back.take(back.rollout("production", Phase.RESTORED));
        assertThat(back.dossier().state().phase()).isEqualTo(ReleasePhase.ROLLED_BACK);
        assertThat(duty(back).state()).isEqualTo(LineState.DUE);
    }
}
