package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Duty.Before;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.ReleaseFacts;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Duties that do not apply to a release: by their rules, or by the word of the people who are asked. */
final class DutyScopeTest {
    private static final String CARL = "carl@example.test";

    private static Duty of(Before before, List<ReleaseKind> when, String where) {
        return new Duty(
                "try-it",
                "Try it",
                "devops",
                before,
                1,
                List.of("device"),
                Duration.ofHours(2),
                when,
                where.isEmpty() ? null : where);
    }

    private static Duty patches(Before before) {
        return of(before, List.of(ReleaseKind.PATCH), "");
    }

    private static DutyView duty(Journey journey) {
        return DutyStates.of(journey.dossier()).getFirst();
    }

    private static ReleasePhase phase(Journey journey) {
        return journey.dossier().state().phase();
    }

    private static Refusal refusal(Journey journey) {
        return Objects.requireNonNull(journey.refusal());
    }

    /** Ben and Carl are DevOps, and so many of them are asked before staging. */
    private static Journey asked(int people) {
        Duty duty =
                new Duty("try-it", "Try it", "devops", Before.STAGING, people, List.of("device"), Duration.ofHours(2));
        List<Policy.Contact> contacts = new ArrayList<>(Journey.demo().contacts());
        contacts.add(new Policy.Contact("devops", "Carl", CARL, null));
        Policy.Approvals none = new Policy.Approvals(0, Duration.ofHours(1));
        return new Journey(Examples.demoPolicy(contacts, none, List.of(duty))).awaitingApproval();
    }

    private static Journey answered(Journey journey, String email, Result result) {
        Map<String, String> fields = result == Result.NOT_APPLICABLE ? Map.of() : Map.of("device", "Pixel 9");
        return journey.take(new ReleaseInput.AnswerDuty(
                email, "try-it", result, "there is no screen", fields, List.of(), journey.triple(), null));
    }

    // ---- by its rule

    @ParameterizedTest
    @EnumSource(Before.class)
    void a_duty_of_other_kinds_of_release_is_never_asked_and_says_why(Before before) {
        Journey journey = new Journey(Journey.dutiful(patches(before)));
        switch (before) {
            case STAGING -> journey.staging();
            case PRODUCTION -> journey.rollingOut();
            case END -> journey.baked();
        }

        assertThat(phase(journey))
                .isEqualTo(
                        switch (before) {
                            case STAGING -> ReleasePhase.STAGING;
                            case PRODUCTION -> ReleasePhase.ROLLING_OUT;
                            case END -> ReleasePhase.BAKING;
                        });
        assertThat(journey.dossier().milestones())
                .extracting(Milestone::kind)
                .doesNotContain(Milestone.Kind.DUTY_ASKED);
        assertThat(duty(journey).state()).isEqualTo(LineState.DOES_NOT_APPLY);
        assertThat(duty(journey).why()).isEqualTo("it holds for patch, and this release is major, first, final");
        assertThat(duty(journey).when()).isEqualTo("patch");
        assertThat(journey.dossier().waivers()).isEmpty();
    }

    @Test
    void one_that_does_not_apply_is_not_answered_either() {
        Journey journey = new Journey(Journey.dutiful(patches(Before.PRODUCTION))).candidate();

        answered(journey, Examples.BEN, Result.PASSED);

        assertThat(refusal(journey).code()).isEqualTo("does-not-apply");
        assertThat(refusal(journey).detail()).contains("it holds for patch");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            version.major == 1 && version.minor == 0      ; true
            kind.first == 1 || kind.hotfix == 1           ; true
            release.artifacts > 1                         ; false
            release.attempt > 1                           ; false
            release.settings > 0                          ; false
            release.configuration == 1                    ; false
            kind.candidate == 1                           ; false
            release.artifacts / release.settings > 1      ; true
            """)
    void an_expression_says_by_what_is_known_at_the_beginning_and_one_without_an_answer_leaves_nothing_out(
            String where, boolean applies) {
        Journey journey = new Journey(Journey.dutiful(of(Before.PRODUCTION, List.of(), where))).candidate();

        assertThat(duty(journey).state()).isEqualTo(applies ? LineState.DUE : LineState.DOES_NOT_APPLY);
        if (!applies) {
            assertThat(duty(journey).why())
                    .isEqualTo("it is asked where %s, which does not hold of this release".formatted(where));
        }
    }

    @Test
    void each_fact_that_a_policy_may_ask_for_is_known_of_each_release() {
        assertThat(LaunchFacts.of(new Journey().launch(null)).keySet())
                .containsExactlyInAnyOrderElementsOf(ReleaseFacts.NAMES.known());
    }

    @Test
    void what_does_not_apply_stands_in_the_record_from_the_beginning() {
        Journey journey = new Journey(Journey.dutiful(patches(Before.END))).proposed();

        Dossier dossier = journey.dossier();
        assertThat(dossier.leftOut())
                .containsExactly(new LeftOut("try-it", "it holds for patch, and this release is major, first, final"));
        assertThat(MessagingJson.mapper().readValue(MessagingJson.mapper().writeValueAsString(dossier), Dossier.class))
                .isEqualTo(dossier);
    }

    // ---- by people's word

    @Test
    void somebody_of_the_role_says_that_there_is_nothing_to_do_with_a_reason_and_without_fields() {
        Journey journey = answered(asked(1), Examples.BEN, Result.NOT_APPLICABLE);

        assertThat(journey.refusal()).isNull();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
        assertThat(duty(journey).state()).isEqualTo(LineState.DOES_NOT_APPLY);
        assertThat(duty(journey).why()).isEqualTo("ben@example.test says that it does not apply: there is no screen");
        assertThat(journey.reason()).contains("duty try-it: ben@example.test says that it does not apply");
        assertThat(journey.dossier().waivers()).isEmpty();
    }

    @Test
    void two_people_say_so_where_the_duty_wants_two_and_none_beside_one_who_tried_it() {
        Journey both = answered(asked(2), Examples.BEN, Result.NOT_APPLICABLE);
        assertThat(duty(both).state()).isEqualTo(LineState.DUE);
        assertThat(phase(answered(both, CARL, Result.NOT_APPLICABLE))).isEqualTo(ReleasePhase.STAGING);

        Journey tried = answered(asked(2), Examples.BEN, Result.PASSED);
        assertThat(refusal(answered(tried, CARL, Result.NOT_APPLICABLE)).code()).isEqualTo("said-otherwise");
        Journey dismissed = answered(asked(2), Examples.BEN, Result.NOT_APPLICABLE);
        assertThat(refusal(answered(dismissed, CARL, Result.PASSED)).code()).isEqualTo("said-otherwise");
        assertThat(phase(answered(dismissed, CARL, Result.FAILED))).isEqualTo(ReleasePhase.REJECTED);
    }

    @Test
    void whoever_made_the_change_does_not_say_that_there_is_nothing_to_do() {
        List<Policy.Contact> contacts = new ArrayList<>(Journey.demo().contacts());
        contacts.add(new Policy.Contact("devops", "Author", Examples.AUTHOR, null));
        Duty duty = Journey.duty("try-it", Before.STAGING);
        Journey journey = new Journey(
                        Examples.demoPolicy(contacts, new Policy.Approvals(0, Duration.ofHours(1)), List.of(duty)))
                .awaitingApproval();

        journey.take(journey.answer("try-it", Examples.AUTHOR, Result.NOT_APPLICABLE));
        assertThat(refusal(journey).code()).isEqualTo("own-change");
        journey.take(journey.answer("try-it", Examples.AUTHOR, Result.PASSED));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.STAGING);
    }

    @Test
    void nobody_of_another_role_says_so() {
        assertThat(refusal(answered(asked(1), Examples.ADA, Result.NOT_APPLICABLE))
                        .code())
                .isEqualTo("not-your-role");
    }
}
