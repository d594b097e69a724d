package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Duty.Before;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.AnswerFile;
import dev.slipway.contracts.release.Cause;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What only people can know or do: asked where a release waits for it, and counted like a gate. */
final class DutiesTest {
    private static final String CARL = "carl@example.test";

    private static ReleasePhase phase(Journey journey) {
        return journey.dossier().state().phase();
    }

    private static Refusal refusal(Journey journey) {
        return Objects.requireNonNull(journey.refusal());
    }

    private static Waiting waiting(Journey journey) {
        return Objects.requireNonNull(Telling.waiting(journey.dossier()));
    }

    private static Cause cause(Journey journey) {
        return Objects.requireNonNull(journey.dossier().cause());
    }

    /** A release that waits for this duty, and for nothing else of people. */
    private static Journey waitingFor(Duty duty) {
        Journey journey = new Journey(Journey.dutiful(duty));
        return switch (Objects.requireNonNull(duty.before())) {
            case STAGING -> journey.staging();
            case PRODUCTION -> journey.candidate();
            case END -> journey.baked();
        };
    }

    private static Journey waitingFor(Before before, String... fields) {
        return waitingFor(Journey.duty("try-it", before, fields));
    }

    private static Journey answered(Journey journey, String email, Result result) {
        return journey.take(journey.answer("try-it", email, result));
    }

    private static DutyView duty(Journey journey) {
        return DutyStates.of(journey.dossier()).getFirst();
    }

    // ---- what waits

    @ParameterizedTest
    @EnumSource(Before.class)
    void a_release_waits_for_the_duty_before_it_goes_on_and_says_of_whom(Before before) {
        Journey journey = waitingFor(before);

        assertThat(phase(journey))
                .isEqualTo(
                        switch (before) {
                            case STAGING -> ReleasePhase.AWAITING_APPROVAL;
                            case PRODUCTION -> ReleasePhase.CANDIDATE;
                            case END -> ReleasePhase.BAKING;
                        });
        assertThat(waiting(journey).owner()).isEqualTo("people");
        assertThat(waiting(journey).what()).isEqualTo("the duty try-it of devops");
        assertThat(waiting(journey).command())
                .isEqualTo("./slipway release duty hello@1.0.0 try-it pass --reason WHY --as EMAIL");
        Milestone asked = journey.dossier().milestones().stream()
                .filter(milestone -> milestone.kind() == Milestone.Kind.DUTY_ASKED)
                .reduce((_, last) -> last)
                .orElseThrow();
        assertThat(asked.asked()).containsExactly("devops");
        assertThat(asked.cause().text()).contains("try-it of devops (Try it)");
        assertThat(duty(journey).state()).isEqualTo(LineState.DUE);
    }

    @Test
    void a_duty_that_passed_lets_it_go_on() {
        Journey staging = answered(waitingFor(Before.STAGING), Examples.BEN, Result.PASSED);
        Journey end = answered(waitingFor(Before.END), Examples.BEN, Result.PASSED);

        assertThat(phase(staging)).isEqualTo(ReleasePhase.STAGING);
        assertThat(end.dossier().state())
                .isInstanceOfSatisfying(
                        ReleaseState.Baking.class,
                        baking -> assertThat(baking.part()).isEqualTo(ReleaseState.Part.CONFIRMING));
        assertThat(duty(end).state()).isEqualTo(LineState.PASSED);
        assertThat(staging.reason()).contains("duty try-it: ben@example.test says that it passed: tried it");
    }

    @Test
    void what_is_looked_at_before_production_is_looked_at_after_people_have_answered() {
        Journey journey = waitingFor(Before.PRODUCTION);
        assertThat(journey.sent()).noneMatch(type -> type.contains("assessment") || type.contains("wayback"));
        assertThat(Work.of(journey.dossier())).isEmpty();

        answered(journey.after(Duration.ofHours(1)), Examples.BEN, Result.PASSED);

        assertThat(phase(journey)).isEqualTo(ReleasePhase.CANDIDATE);
        assertThat(journey.sent()).anyMatch(type -> type.contains("assessment"));
        assertThat(Objects.requireNonNull(journey.dossier().state().waits()).since())
                .isEqualTo(journey.now());
        journey.take(journey.wayBack(true))
                .take(journey.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED))
                .seen();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_OUT);
    }

    @Test
    void approvals_and_duties_are_waited_for_together() {
        Journey journey = new Journey(Journey.dutiful(Journey.duty("try-it", Before.STAGING))).awaitingApproval();
        assertThat(waiting(journey).what()).isEqualTo("the duty try-it of devops; and 0 of 2 approvals");
        assertThat(waiting(journey).until()).isEqualTo(Journey.START.plus(Duration.ofHours(2)));

        answered(journey, Examples.BEN, Result.PASSED);

        assertThat(phase(journey)).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(waiting(journey).what()).isEqualTo("0 of 2 approvals");
        assertThat(waiting(journey).until()).isEqualTo(Journey.START.plus(Duration.ofHours(72)));
    }

    @Test
    void two_people_have_to_say_so_where_the_duty_wants_two() {
        Journey journey = new Journey(two(new Policy.Approvals(2, Duration.ofHours(72)))).candidate();

        answered(journey, Examples.BEN, Result.PASSED);
        assertThat(waiting(journey).what()).isEqualTo("the duty try-it of devops (1 of 2 people)");
        answered(journey, CARL, Result.PASSED);

        assertThat(duty(journey).state()).isEqualTo(LineState.PASSED);
        assertThat(duty(journey).answers()).extracting(DutyView.Answer::by).containsExactly(Examples.BEN, CARL);
    }

    /** Ben and Carl are DevOps, and both are asked. */
    private static Policy two(Policy.Approvals approvals) {
        return two(approvals, 2, Before.PRODUCTION);
    }

    private static Policy two(Policy.Approvals approvals, int people, Before before) {
        Duty duty = new Duty("try-it", "Try it", "devops", before, people, List.of(), Duration.ofHours(2));
        List<Policy.Contact> contacts = new ArrayList<>(Journey.demo().contacts());
        contacts.add(new Policy.Contact("devops", "Carl", CARL, null));
        return Examples.demoPolicy(contacts, approvals, List.of(duty));
    }

    @Test
    void a_way_back_waits_for_nobody() {
        Journey journey = new Journey(Journey.dutiful(Journey.duty("try-it", Before.END))).rollback();

        answered(journey, Examples.BEN, Result.PASSED);

        assertThat(refusal(journey).code()).isEqualTo("no-duty");
        assertThat(duty(journey).state()).isEqualTo(LineState.DOES_NOT_APPLY);
    }

    // ---- what stops

    @ParameterizedTest
    @EnumSource(
            value = Result.class,
            names = {"FAILED", "NOT_POSSIBLE"})
    void a_duty_that_failed_or_is_not_possible_stops_it_as_a_gate_does_that_failed(Result result) {
        Journey staging = answered(waitingFor(Before.STAGING), Examples.BEN, result);
        Journey production = answered(waitingFor(Before.PRODUCTION), Examples.BEN, result);
        Journey end = answered(waitingFor(Before.END), Examples.BEN, result);

        assertThat(phase(staging)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(phase(production)).isEqualTo(ReleasePhase.REJECTED);
        assertThat(phase(end)).isEqualTo(ReleasePhase.ROLLING_BACK);
        for (Journey journey : List.of(staging, production, end)) {
            assertThat(cause(journey).kind()).isEqualTo("duty-failed");
            assertThat(cause(journey).text()).contains("Duty try-it", Examples.BEN, "tried it");
            assertThat(duty(journey).state()).isEqualTo(LineState.FAILED);
        }
    }

    @Test
    void a_duty_that_nobody_answers_in_time_ends_it_as_approvals_do() {
        Journey staging = waitingFor(Before.STAGING).overdue();
        Journey production = waitingFor(Before.PRODUCTION).overdue();
        Journey end = waitingFor(Before.END).overdue();

        assertThat(phase(staging)).isEqualTo(ReleasePhase.EXPIRED);
        assertThat(phase(production)).isEqualTo(ReleasePhase.EXPIRED);
        assertThat(phase(end)).isEqualTo(ReleasePhase.ROLLING_BACK);
        assertThat(cause(staging))
                .isEqualTo(new Cause(
                        "duty-late", "Duty try-it of devops was not answered in time.", "0 of 1 person", "2 h"));
        assertThat(duty(end).state()).isEqualTo(LineState.FAILED);
        assertThat(duty(end).why()).isEqualTo("Duty try-it of devops was not answered in time.");
    }

    @Test
    void a_machine_that_slept_gives_people_their_time_again() {
        Journey journey =
                waitingFor(Before.PRODUCTION).after(Duration.ofDays(3)).take(new ReleaseInput.TimedOut());

        assertThat(phase(journey)).isEqualTo(ReleasePhase.CANDIDATE);
        assertThat(waiting(journey).until()).isEqualTo(journey.now().plus(Duration.ofHours(2)));
    }

    // ---- who and what counts

    @Test
    void only_a_person_of_the_role_answers_and_nothing_changes_by_a_refusal() {
        Journey journey = waitingFor(Before.PRODUCTION);
        Dossier before = journey.dossier();

        answered(journey, Examples.ADA, Result.PASSED);

        assertThat(refusal(journey).code()).isEqualTo("not-your-role");
        assertThat(refusal(journey).detail()).contains(Examples.ADA, "try-it", "devops. Ask Ben.");
        assertThat(journey.dossier().duties()).isEmpty();
        assertThat(journey.dossier().state()).isEqualTo(before.state());
    }

    @Test
    void one_person_counts_once_and_the_same_answer_again_changes_nothing() {
        Journey journey = new Journey(two(
                        new Policy.Approvals(2, Duration.ofHours(72), List.of(List.of(Examples.BEN, "ben@home.test")))))
                .candidate();
        answered(journey, Examples.BEN, Result.PASSED);
        Dossier once = journey.dossier();

        assertThat(answered(journey, Examples.BEN, Result.PASSED).dossier()).isEqualTo(once);
        assertThat(journey.refusal()).isNull();
        assertThat(journey.effects()).isEmpty();

        answered(journey, Examples.BEN, Result.FAILED);
        assertThat(refusal(journey).code()).isEqualTo("answered-before");
        assertThat(refusal(journey).detail()).contains("abort");
        assertThat(answered(journey, "ben@home.test", Result.FAILED).refusal()).isNotNull();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.CANDIDATE);
    }

    @Test
    void what_has_passed_is_not_said_again_by_another_but_that_it_failed_still_counts() {
        Journey two =
                new Journey(two(new Policy.Approvals(2, Duration.ofHours(72)), 1, Before.STAGING)).awaitingApproval();
        answered(two, Examples.BEN, Result.PASSED);
        assertThat(refusal(answered(two, CARL, Result.PASSED)).code()).isEqualTo("passed-before");
        assertThat(phase(answered(two, CARL, Result.FAILED))).isEqualTo(ReleasePhase.REJECTED);
    }

    @Test
    void the_same_answer_is_taken_as_given_after_the_release_has_gone_on() {
        Journey journey = answered(waitingFor(Before.STAGING), Examples.BEN, Result.PASSED);

        assertThat(answered(journey, Examples.BEN, Result.PASSED).refusal()).isNull();
        assertThat(journey.dossier().duties()).hasSize(1);
    }

    @Test
    void an_answer_is_of_exactly_this_sha_these_digests_and_this_policy() {
        Journey journey = waitingFor(Before.PRODUCTION);
        ReleaseInput.Triple right = journey.triple();
        ReleaseInput.Triple wrong =
                new ReleaseInput.Triple(new Sha("2".repeat(40)), right.digests(), right.policyHash());

        journey.take(new ReleaseInput.AnswerDuty(
                Examples.BEN, "try-it", Result.PASSED, "tried it", Map.of(), List.of(), wrong, null));

        assertThat(refusal(journey).code()).isEqualTo("another-triple");
    }

    @Test
    void an_answer_comes_when_it_is_asked_for() {
        Journey early = new Journey(Journey.dutiful(Journey.duty("try-it", Before.PRODUCTION))).awaitingApproval();

        answered(early, Examples.BEN, Result.PASSED);

        assertThat(refusal(early).code()).isEqualTo("not-now");
        assertThat(refusal(early).detail()).contains("AWAITING_APPROVAL", "in CANDIDATE");
        assertThat(duty(early).state()).isEqualTo(LineState.OPEN);
    }

    @Test
    void a_duty_that_the_policy_has_not_is_refused_with_the_nearest() {
        Journey journey = waitingFor(Before.PRODUCTION);

        journey.take(journey.answer("try-its", Examples.BEN, Result.PASSED));
        assertThat(refusal(journey).code()).isEqualTo("no-duty");
        assertThat(refusal(journey).detail()).contains("did you mean try-it?");
    }

    @Test
    void fields_that_are_missing_unknown_or_too_long_and_links_that_lead_nowhere_are_refused_with_a_remedy() {
        Journey journey = waitingFor(Before.PRODUCTION, "device", "os");

        assertRefused(journey, Map.of("device", "Pixel 9"), List.of(), "missing-field", "--field os=VALUE");
        assertRefused(
                journey,
                Map.of("device", "a", "os", "b", "devise", "c"),
                List.of(),
                "unknown-field",
                "did you mean device?");
        assertRefused(
                journey, Map.of("device", "a".repeat(201), "os", "b"), List.of(), "field-too-long", "at most 200");
        assertRefused(journey, Map.of("device", "a", "os", "b"), List.of("javascript:1"), "bad-link", "https://");
        assertThat(journey.dossier().duties()).isEmpty();

        journey.take(said(journey, Map.of("device", "Pixel 9", "os", "17"), List.of("https://example.test/1")));

        assertThat(journey.refusal()).isNull();
        assertThat(duty(journey).answers().getFirst().fields()).containsEntry("os", "17");
        assertThat(duty(journey).answers().getFirst().links()).containsExactly("https://example.test/1");
    }

    @Test
    void files_stand_with_an_answer_by_name_and_digest_each_under_a_name_of_its_own_and_not_too_many() {
        Journey journey = waitingFor(Before.PRODUCTION);
        AnswerFile photo = new AnswerFile("photo.png", Digest.of("a photo"), 7);
        AnswerFile other = new AnswerFile("photo.png", Digest.of("another"), 7);
        List<AnswerFile> many = IntStream.rangeClosed(0, AnswerFile.FILES_MAX)
                .mapToObj(number -> new AnswerFile(number + ".png", Digest.of("a photo"), 7))
                .toList();

        assertThat(refusal(journey.take(with(journey, List.of(photo, other)))).code())
                .isEqualTo("same-name");
        assertThat(refusal(journey.take(with(journey, many))).detail()).contains("at most 10", "--link URL");
        assertThat(journey.dossier().duties()).isEmpty();

        journey.take(with(journey, many.subList(0, AnswerFile.FILES_MAX)));
        assertThat(journey.refusal()).isNull();
        assertThat(duty(journey).answers().getFirst().files()).hasSize(10);
    }

    @Test
    void an_answer_with_other_files_is_another_answer() {
        Journey journey = waitingFor(Before.STAGING);
        AnswerFile photo = new AnswerFile("photo.png", Digest.of("a photo"), 7);
        journey.take(with(journey, List.of(photo)));

        assertThat(journey.take(with(journey, List.of(photo))).refusal()).isNull();
        assertThat(refusal(journey.take(with(journey, List.of()))).code()).isIn("answered-before", "not-now");
        assertThat(journey.dossier().duties()).hasSize(1);
    }

    private static ReleaseInput with(Journey journey, List<AnswerFile> files) {
        return new ReleaseInput.AnswerDuty(
                Examples.BEN,
                "try-it",
                Result.PASSED,
                "tried it",
                Map.of(),
                List.of(),
                List.of(),
                files,
                journey.triple(),
                null,
                null);
    }

    private static void assertRefused(
            Journey journey, Map<String, String> fields, List<String> links, String code, String remedy) {
        journey.take(said(journey, fields, links));
        assertThat(refusal(journey).code()).isEqualTo(code);
        assertThat(refusal(journey).detail()).contains(remedy);
    }

    private static ReleaseInput said(Journey journey, Map<String, String> fields, List<String> links) {
        return new ReleaseInput.AnswerDuty(
                Examples.BEN, "try-it", Result.PASSED, "tried it", fields, links, journey.triple(), null);
    }
}
