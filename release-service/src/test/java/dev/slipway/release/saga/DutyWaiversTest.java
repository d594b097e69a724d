package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Duty.Before;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.WaiverRule;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A duty that failed, is late or open is waived as a gate is: by two people, for a time, on record. */
final class DutyWaiversTest {
    private static final String WAIVED = "duty-try-it";

    /** The technical lead may waive the duty that is asked there; DevOps answers it. */
    private static Policy waivable(Before before) {
        WaiverRule rule =
                new WaiverRule(List.of(WAIVED), List.of("technical-lead"), Duration.ofDays(2), Duration.ofHours(12));
        return Examples.demoPolicy(List.of(rule), Journey.demo().retention(), List.of(Journey.duty("try-it", before)));
    }

    private static Journey waitingFor(Before before) {
        Journey journey = new Journey(waivable(before));
        return before == Before.STAGING ? journey.staging() : journey.candidate();
    }

    private static Journey failed(Before before) {
        Journey journey = waitingFor(before);
        return journey.take(journey.answer("try-it", Examples.BEN, Result.FAILED));
    }

    private static Journey waived(Journey journey) {
        return journey.take(journey.waive(WAIVED, Examples.ADA)).take(journey.confirm(WAIVED, Examples.BEN));
    }

    private static ReleasePhase phase(Journey journey) {
        return journey.dossier().state().phase();
    }

    private static DutyView duty(Journey journey) {
        return DutyStates.of(journey.dossier()).getFirst();
    }

    private static Waiting waiting(Journey journey) {
        return Objects.requireNonNull(Telling.waiting(journey.dossier()));
    }

    private static String refusal(Journey journey) {
        Refusal refusal = journey.refusal();
        return refusal == null ? "" : refusal.code();
    }

    // ---- what is waited for

    @ParameterizedTest
    @EnumSource(
            value = Before.class,
            names = {"STAGING", "PRODUCTION"})
    void one_that_failed_waits_for_its_waiver_and_goes_on_with_it(Before before) {
        Journey journey = failed(before);

        assertThat(phase(journey))
                .isEqualTo(before == Before.STAGING ? ReleasePhase.AWAITING_APPROVAL : ReleasePhase.CANDIDATE);
        assertThat(waiting(journey).what()).isEqualTo("a waiver, or abort, as the duty try-it did not pass");
        assertThat(waiting(journey).command())
                .isEqualTo("./slipway release waive hello@1.0.0 duty-try-it --as EMAIL --reason WHY --until TIME");
        assertThat(waiting(journey).until()).isEqualTo(journey.now().plus(Duration.ofHours(12)));
        Milestone told = journey.dossier().milestones().getLast();
        assertThat(told.kind()).isEqualTo(Milestone.Kind.PAUSED);
        assertThat(told.cause().text()).startsWith("Duty try-it: ben@example.test says that it failed: tried it.");

        waived(journey);

        assertThat(journey.dossier().cause()).isNull();
        assertThat(duty(journey).state()).isEqualTo(LineState.WAIVED);
        assertThat(duty(journey).why())
                .contains("by ada@example.test and ben@example.test: flaky, see 12", "says that it failed");
        if (before == Before.STAGING) {
            assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
        } else {
            assertThat(journey.sent()).anyMatch(type -> type.contains("assessment"));
        }
        assertThat(Telling.limitations(journey.dossier()))
                .singleElement()
                .asString()
                .startsWith("duty try-it waived until");
        assertThat(journey.reason()).contains("duty try-it waived until");
    }

    @Test
    void one_that_nobody_has_answered_is_waived_too_and_nobody_is_asked_then() {
        assertThat(phase(waived(waitingFor(Before.STAGING)))).isEqualTo(ReleasePhase.STAGING);

        Journey early = waived(new Journey(waivable(Before.STAGING)).validating());
        early.take(early.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.PASSED));
        assertThat(early.dossier().milestones()).noneMatch(milestone -> milestone.kind() == Milestone.Kind.DUTY_ASKED);
        early.take(early.approve(Examples.ADA)).take(early.approve(Examples.BEN));
        assertThat(phase(early)).isEqualTo(ReleasePhase.STAGING);
    }

    @Test
    void one_that_is_late_waits_once_more_for_its_waiver_or_its_answer() {
        Journey late = waitingFor(Before.PRODUCTION).after(Duration.ofHours(2)).take(new ReleaseInput.TimedOut());
        assertThat(phase(late)).isEqualTo(ReleasePhase.CANDIDATE);
        assertThat(waiting(late).until()).isEqualTo(late.now().plus(Duration.ofHours(12)));
        assertThat(waiting(late).what()).isEqualTo("the duty try-it of devops, or its waiver");

        Journey answered =
                waitingFor(Before.PRODUCTION).after(Duration.ofHours(2)).take(new ReleaseInput.TimedOut());
        answered.take(answered.answer("try-it", Examples.BEN, Result.PASSED));
        assertThat(answered.dossier().cause()).isNull();
        assertThat(answered.sent()).anyMatch(type -> type.contains("assessment"));

        late.after(Duration.ofHours(12)).take(new ReleaseInput.TimedOut());
        assertThat(late.dossier().state().phase()).isEqualTo(ReleasePhase.EXPIRED);
        assertThat(Objects.requireNonNull(late.dossier().cause()).kind()).isEqualTo("duty-late");
    }

    @Test
    void one_that_failed_and_that_nobody_waives_in_time_ends_it_as_it_would_have() {
        Journey journey = failed(Before.STAGING).overdue();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(Objects.requireNonNull(journey.dossier().cause()).kind()).isEqualTo("duty-failed");
        assertThat(Objects.requireNonNull(journey.dossier().cause()).text()).endsWith("Nobody has waived it in time.");
        assertThat(duty(journey).state()).isEqualTo(LineState.FAILED);
    }

    @Test
    void approvals_keep_their_time_though_a_waiver_was_waited_for() {
        Journey journey = new Journey(waivable(Before.STAGING)).awaitingApproval();
        journey.take(journey.answer("try-it", Examples.BEN, Result.FAILED));
        assertThat(waiting(journey).until()).isEqualTo(journey.now().plus(Duration.ofHours(12)));

        waived(journey);

        assertThat(waiting(journey).what()).isEqualTo("0 of 2 approvals");
        assertThat(waiting(journey).until()).isEqualTo(Journey.START.plus(Duration.ofHours(72)));
    }

    // ---- who and when

    @Test
    void a_second_person_who_did_not_make_the_change_confirms_it_and_whoever_asks_has_the_role() {
        Journey journey = failed(Before.STAGING);

        assertThat(refusal(journey.take(journey.waive(WAIVED, Examples.BEN)))).isEqualTo("not-your-role");
        journey.take(journey.waive(WAIVED, Examples.ADA));
        assertThat(waiting(journey).command()).endsWith("duty-try-it --as EMAIL --confirm");
        assertThat(refusal(journey.take(journey.confirm(WAIVED, Examples.ADA)))).isEqualTo("same-person");
        assertThat(refusal(journey.take(journey.confirm(WAIVED, Examples.AUTHOR))))
                .isEqualTo("own-change");
        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(refusal(journey.take(journey.confirm(WAIVED, Examples.BEN)))).isEmpty();
    }

    @Test
    void what_was_answered_or_that_no_rule_names_is_not_waived() {
        Journey answered = new Journey(waivable(Before.STAGING)).awaitingApproval();
        answered.take(answered.answer("try-it", Examples.BEN, Result.PASSED));
        assertThat(refusal(answered.take(answered.waive(WAIVED, Examples.ADA)))).isEqualTo("duty-answered");

        Journey unnamed = new Journey(Journey.dutiful(Journey.duty("try-it", Before.STAGING))).awaitingApproval();
        assertThat(refusal(unnamed.take(unnamed.waive(WAIVED, Examples.ADA)))).isEqualTo("not-waivable");
    }

    @Test
    void nobody_says_that_it_passed_beside_one_who_says_that_it_failed() {
        WaiverRule rule =
                new WaiverRule(List.of(WAIVED), List.of("technical-lead"), Duration.ofDays(2), Duration.ofHours(12));
        List<Policy.Contact> contacts = new ArrayList<>(Journey.demo().contacts());
        contacts.add(new Policy.Contact("devops", "Carl", "carl@example.test", null));
        Journey journey = new Journey(
                        Examples.demoPolicy(contacts, List.of(rule), List.of(Journey.duty("try-it", Before.STAGING))))
                .awaitingApproval();
        journey.take(journey.answer("try-it", "carl@example.test", Result.FAILED));

        assertThat(refusal(journey.take(journey.answer("try-it", Examples.BEN, Result.PASSED))))
                .isEqualTo("failed-before");
        assertThat(Objects.requireNonNull(journey.refusal()).detail())
                .contains("release waive hello@1.0.0 duty-try-it");
    }

    // ---- how long

    @Test
    void one_that_it_went_on_without_and_whose_waiver_is_over_before_production_ends_it() {
        Journey journey = waived(failed(Before.STAGING));
        Instant until = journey.now().plus(Duration.ofDays(1));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
        assertThat(Waivers.nextEnd(journey.dossier())).contains(until);

        journey.after(Duration.ofDays(1)).take(ReleaseSaga.onTimer(ReleaseSaga.WAIVER));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.RESTORING);
        assertThat(Objects.requireNonNull(journey.dossier().cause()).kind()).isEqualTo("waiver-expired");
        assertThat(Objects.requireNonNull(journey.dossier().cause()).text()).contains("duty try-it");
    }

    @Test
    void one_whose_waiver_is_over_while_it_can_still_be_answered_is_asked_for_again() {
        Journey journey = waived(waitingFor(Before.PRODUCTION));
        assertThat(Duties.awaited(journey.dossier())).isEmpty();
        int told = journey.dossier().milestones().size();

        journey.take(journey.withdraw(WAIVED, Examples.BEN));

        assertThat(Duties.awaited(journey.dossier())).hasSize(1);
        assertThat(journey.dossier().milestones()).hasSize(told + 1);
        assertThat(journey.dossier().milestones().getLast().kind()).isEqualTo(Milestone.Kind.DUTY_ASKED);
        assertThat(duty(journey).state()).isEqualTo(LineState.DUE);
        assertThat(Telling.limitations(journey.dossier())).isEmpty();
    }

    @Test
    void one_that_is_answered_after_all_is_no_limitation() {
        Journey journey = waived(waitingFor(Before.PRODUCTION));

        journey.take(journey.answer("try-it", Examples.BEN, Result.PASSED));

        assertThat(journey.refusal()).isNull();
        assertThat(duty(journey).state()).isEqualTo(LineState.PASSED);
        assertThat(Telling.limitations(journey.dossier())).isEmpty();
    }
}
