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
        assertThat(AfterWork.owed(journey.dossier())).isEmpty();
    }

    @Test
    void a_waiver_after_the_end_is_for_its_time_and_then_it_is_asked_for_again() {
        Journey journey = completed().told();
        journey.take(journey.waive("duty-merge-back", Examples.ADA))
                .take(journey.confirm("duty-merge-back", Examples.BEN))
                .told();
        assertThat(SAGA.finished(journey.dossier()))
                .as("somebody has to be asked again")
                .isFalse();
        assertThat(Waivers.nextEnd(journey.dossier())).contains(journey.now().plus(Duration.ofDays(1)));
        int told = journey.dossier().milestones().size();

        journey.after(Duration.ofDays(1)).take(ReleaseSaga.onTimer(ReleaseSaga.WAIVER));

        assertThat(duty(journey).state()).isEqualTo(LineState.DUE);
        assertThat(AfterWork.owed(journey.dossier())).hasSize(1);
        assertThat(journey.dossier().milestones().subList(told, told + 2))
                .extracting(Milestone::kind)
                .as("asked again, and late by then")
                .containsExactly(Milestone.Kind.DUTY_ASKED, Milestone.Kind.DUTY_REMINDED);
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(Waivers.nextEnd(journey.dossier())).isEmpty();
        answered(journey, Result.PASSED);
        assertThat(SAGA.finished(journey.told().dossier())).isTrue();
    }

    @Test
    void a_waiver_after_the_end_is_taken_back_by_whoever_said_it() {
        Journey journey = completed().told();
        journey.take(journey.waive("duty-merge-back", Examples.ADA))
                .take(journey.confirm("duty-merge-back", Examples.BEN));

        journey.take(journey.withdraw("duty-merge-back", Examples.BEN));

        assertThat(journey.refusal()).isNull();
        assertThat(duty(journey).state()).isEqualTo(LineState.DUE);
        assertThat(journey.dossier().milestones().getLast().kind()).isEqualTo(Milestone.Kind.DUTY_ASKED);
    }

    @Test
    void what_was_waived_and_is_done_after_all_is_over() {
        Journey journey = completed().told();
        journey.take(journey.waive("duty-merge-back", Examples.ADA))
                .take(journey.confirm("duty-merge-back", Examples.BEN));

        answered(journey, Result.PASSED);

        assertThat(duty(journey).state()).isEqualTo(LineState.PASSED);
        assertThat(SAGA.finished(journey.told().dossier())).isTrue();
        assertThat(Waivers.nextEnd(journey.dossier())).isEmpty();
    }

    @Test
    void what_passed_and_failed_later_is_asked_for_again_until_somebody_says_that_it_is_done() {
        Duty lessons = Journey.duty("lessons", Duty.Before.END).withAfter(After.COMPLETED);
        Journey journey = answered(new Journey(policy(BACK, lessons)).completed(), Result.PASSED);
        assertThat(AfterWork.open(journey.dossier())).containsExactly(lessons);

        answered(journey, Result.FAILED);

        assertThat(journey.refusal()).isNull();
        assertThat(duty(journey).state()).isEqualTo(LineState.FAILED);
        assertThat(AfterWork.open(journey.dossier())).containsExactly(BACK, lessons);
        answered(journey, Result.FAILED);
        assertThat(duty(journey).answers()).as("the same again changes nothing").hasSize(2);

        answered(journey, Result.PASSED);

        assertThat(duty(journey).state()).isEqualTo(LineState.PASSED);
        assertThat(AfterWork.open(journey.dossier())).containsExactly(lessons);
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.COMPLETED);
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

    @Test
    void one_that_is_asked_for_after_either_end_is_asked_after_both_and_after_no_other() {
        Policy either = policy(Journey.duty("lessons", Duty.Before.END).withAfter(After.END));
        Journey before = new Journey(either).baked();
        assertThat(duty(before).state()).isEqualTo(LineState.OPEN);
        assertThat(duty(before).why())
                .isEqualTo("it is asked for once the release has ended as COMPLETED or ROLLED_BACK");

        Journey completed = new Journey(either).completed();
        assertThat(duty(completed).state()).isEqualTo(LineState.DUE);
        assertThat(AfterWork.open(completed.dossier())).hasSize(1);
        Journey back = new Journey(either).rollingBack();
        back.take(back.rollout("production", Phase.RESTORED));
        assertThat(duty(back).state()).isEqualTo(LineState.DUE);
        assertThat(asksOn(back)).isTrue();
        back.take(back.answer("lessons", Examples.BEN, Result.PASSED));
        assertThat(back.refusal()).isNull();
        assertThat(duty(back).state()).isEqualTo(LineState.PASSED);

        Journey rejected = new Journey(either).validating();
        rejected.take(rejected.onlyFailed(Steps.ASSESS_PRE_RELEASE, "unit-tests"));
        assertThat(duty(rejected).state()).isEqualTo(LineState.DOES_NOT_APPLY);
    }
}
