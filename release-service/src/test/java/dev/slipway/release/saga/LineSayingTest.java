package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.Dismissal;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.notes.ReleaseNotes;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person says that a line of the guide does not apply to a release: shown as that, and nothing is switched off by it. */
final class LineSayingTest {
    private static final String ADA = Examples.ADA;
    private static final String BEN = Examples.BEN;
    private static final String SUPPORT = "support@example.test";

    private static final String GUIDE = """
        waivers: [{gates: [unit-tests], roles: [technical-lead]}]
        duties: [{id: try-it, text: Try it, by: devops, before: production}]
        guide:
          lines:
            - {id: tests, text: Unit tests pass, gate: unit-tests}
            - {id: smoke, text: Smoke tests pass, gate: smoke}
            - {id: hand, text: Try it by hand, duty: try-it}
            - {id: yes, text: Two people say yes, approval: required}
            - {id: two, text: "Approvals: 2", value: approvals.required}
            - {id: calm, text: Small before large, nothing: a principle}
            - {id: press, text: Tell the press}
            - {id: notes, text: Write release notes, document: notes}
            - {id: merge, text: Merge, action: merge}
            - {id: patch, text: Backport, when: patch}
        """;

    private static Policy policy() {
        return VotesTest.policy("required: 2, people: [[ada@example.test, ada@home.example.test]]", GUIDE);
    }

    private static Journey journey() {
        return new Journey(policy());
    }

    private static ReleaseInput no(String line, String email) {
        return new ReleaseInput.SayOfLine(email, line, false, "nobody will notice", false, null);
    }

    private static ReleaseInput applies(String line, String email) {
        return new ReleaseInput.SayOfLine(email, line, true, "somebody did", false, null);
    }

    private static String refusal(Journey journey) {
        return Objects.requireNonNull(journey.refusal(), "it was taken").code();
    }

    private static GuideView.Line line(Journey journey, String id) {
        return GuideStates.of(journey.dossier()).lines().stream()
                .filter(line -> line.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Dismissal dismissal(Journey journey, String id) {
        return Objects.requireNonNull(line(journey, id).dismissal());
    }

    @Test
    void a_line_that_nothing_answers_does_not_apply_by_the_word_of_one_and_is_no_waiver() {
        Journey journey = journey().awaitingApproval();
        GuideView.Tally before = GuideStates.of(journey.dossier()).tally();

        journey.take(no("press", SUPPORT));

        assertThat(line(journey, "press").state()).isEqualTo(LineState.DOES_NOT_APPLY);
        assertThat(line(journey, "press").why())
                .isEqualTo("support@example.test says that it does not apply: nobody will notice");
        assertThat(line(journey, "press").waiver()).isNull();
        assertThat(dismissal(journey, "press").counts()).isTrue();
        GuideView.Tally after = GuideStates.of(journey.dossier()).tally();
        assertThat(after.lines()).isEqualTo(before.lines() - 1);
        assertThat(after.open()).isEqualTo(before.open() - 1);
        assertThat(journey.dossier().waivers()).isEmpty();
        assertThat(ReleaseNotes.of(journey.dossier(), null).knownLimitations())
                .noneMatch(limitation -> limitation.contains("Tell the press"));
        assertThat(journey.reason())
                .isEqualTo("support@example.test says that line press does not apply: nobody will notice");
    }

    @Test
    void it_is_taken_back_by_whoever_may_say_it_and_said_anew() {
        Journey journey =
                journey().awaitingApproval().take(no("press", SUPPORT)).take(applies("press", BEN));

        assertThat(line(journey, "press").state()).isEqualTo(LineState.UNANSWERED);
        assertThat(line(journey, "press").dismissal()).isNull();
        assertThat(journey.dossier().lineWords()).hasSize(2);
        assertThat(refusal(journey.take(applies("press", BEN)))).isEqualTo("no-word");
        assertThat(line(journey.take(no("press", ADA)), "press").state()).isEqualTo(LineState.DOES_NOT_APPLY);
        assertThat(dismissal(journey, "press").by()).isEqualTo(ADA);
    }

    @Test
    void the_same_word_again_changes_nothing_and_another_is_told_that_it_is_so() {
        Journey journey = journey().awaitingApproval().take(no("press", SUPPORT));
        Dossier once = journey.dossier();

        assertThat(journey.take(no("press", SUPPORT)).refusal()).isNull();
        assertThat(journey.dossier()).isEqualTo(once);
        assertThat(refusal(journey.take(no("press", BEN)))).isEqualTo("said-before");
    }

    @Test
    void of_a_line_that_a_gate_answers_a_second_person_says_so_and_the_first_could_waive_the_gate() {
        Journey journey = journey().validating();
        assertThat(refusal(journey.take(no("tests", BEN)))).isEqualTo("not-your-role");

        journey.take(no("tests", ADA));
        assertThat(line(journey, "tests").state()).isEqualTo(LineState.DUE);
        assertThat(line(journey, "tests").why())
                .endsWith("ada@example.test says that it does not apply: nobody will notice; a second person has to say"
                        + " so");
        assertThat(dismissal(journey, "tests").counts()).isFalse();
        assertThat(refusal(journey.take(no("tests", "ada@home.example.test")))).isEqualTo("same-person");

        journey.take(no("tests", BEN));
        assertThat(line(journey, "tests").state()).isEqualTo(LineState.DOES_NOT_APPLY);
        assertThat(dismissal(journey, "tests").confirmedBy()).isEqualTo(BEN);
        assertThat(dismissal(journey, "tests").counts()).isTrue();
    }

    @Test
    void a_gate_is_not_switched_off_by_it_and_what_it_finds_is_seen() {
        Journey journey = journey().validating().take(no("tests", ADA)).take(no("tests", BEN));

        journey.take(journey.onlyFailed(Steps.ASSESS_PRE_RELEASE, "unit-tests"));

        assertThat(journey.dossier().state().phase())
                .as("it waits for a waiver, as it would have")
                .isEqualTo(ReleasePhase.VALIDATING);
        assertThat(line(journey, "tests").state()).isEqualTo(LineState.FAILED);
        assertThat(dismissal(journey, "tests").counts()).isTrue();
        journey.overdue();
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.REJECTED);
    }

    @Test
    void a_gate_that_nobody_may_waive_is_not_said_away_and_what_has_failed_is_not_either() {
        Journey journey = journey().validating();
        assertThat(refusal(journey.take(no("smoke", ADA)))).isEqualTo("not-dismissable");

        journey.take(journey.onlyFailed(Steps.ASSESS_PRE_RELEASE, "unit-tests"));
        assertThat(refusal(journey.take(no("tests", ADA)))).isEqualTo("gone-wrong");
        assertThat(Objects.requireNonNull(journey.refusal()).detail())
                .contains("./slipway release waive hello@1.0.0 unit-tests");
    }

    @Test
    void what_was_only_passed_may_be_dismissed_and_proves_nothing_then() {
        Journey journey = journey().awaitingApproval();
        int proven = GuideStates.of(journey.dossier()).tally().proven();

        journey.take(no("tests", ADA)).take(no("tests", BEN));

        assertThat(line(journey, "tests").state()).isEqualTo(LineState.DOES_NOT_APPLY);
        assertThat(GuideStates.of(journey.dossier()).tally().proven()).isEqualTo(proven - 1);
    }

    @ParameterizedTest
    @CsvSource({
        "hand, ask-duty",
        "yes, not-dismissable",
        "two, not-dismissable",
        "calm, not-dismissable",
        "patch, does-not-apply",
        "pres, no-line"
    })
    void what_says_itself_whether_it_applies_is_asked_itself(String line, String code) {
        Journey journey = journey().awaitingApproval();

        assertThat(refusal(journey.take(no(line, ADA)))).isEqualTo(code);
        assertThat(journey.dossier().lineWords()).isEmpty();
    }

    @Test
    void of_a_document_and_an_action_it_may_be_said_and_they_are_done_all_the_same() {
        Journey journey = journey().validating().take(no("notes", SUPPORT)).take(no("merge", SUPPORT));

        assertThat(line(journey, "merge").state()).isEqualTo(LineState.DOES_NOT_APPLY);
        assertThat(line(journey, "notes").state()).isEqualTo(LineState.DOES_NOT_APPLY);
        assertThat(journey.dossier().guide().merge()).isNotNull();
    }

    @Test
    void a_contact_or_an_operator_says_so_with_a_reason_and_nobody_who_made_the_change() {
        Journey journey = journey().awaitingApproval();

        assertThat(refusal(journey.take(no("press", "stranger@example.test")))).isEqualTo("not-your-role");
        assertThat(refusal(
                        journey.take(new ReleaseInput.SayOfLine(Examples.AUTHOR, "press", false, "why", true, null))))
                .isEqualTo("own-change");
        assertThat(refusal(journey.take(new ReleaseInput.SayOfLine(ADA, "press", false, "  ", false, null))))
                .isEqualTo("no-reason");
        assertThat(refusal(new Journey().awaitingApproval().take(no("press", ADA))))
                .isEqualTo("no-guide");
        assertThat(refusal(new Journey().take(no("press", ADA)))).isEqualTo("no-guide");
        journey.take(new ReleaseInput.SayOfLine("stranger@example.test", "press", false, "why", true, null));
        assertThat(journey.refusal()).isNull();
    }

    @Test
    void after_the_end_it_is_said_as_well_but_not_of_what_a_gate_answers() {
        Journey journey = journey().validating();
        journey.take(journey.onlyFailed(Steps.ASSESS_PRE_RELEASE, "check-build"));
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.REJECTED);
        Dossier ended = journey.told().dossier();

        journey.after(Duration.ofDays(1)).take(no("press", SUPPORT));

        assertThat(line(journey, "press").state()).isEqualTo(LineState.DOES_NOT_APPLY);
        assertThat(journey.dossier().state()).isEqualTo(ended.state());
        assertThat(journey.effects()).isEmpty();
        assertThat(refusal(journey.take(no("tests", ADA)))).isEqualTo("not-now");
    }

    @Test
    void nothing_that_the_release_does_is_otherwise_for_it() {
        Dossier before = journey().awaitingApproval().dossier();
        Journey journey = journey().awaitingApproval().take(no("press", SUPPORT));

        assertThat(journey.dossier().state()).isEqualTo(before.state());
        assertThat(journey.dossier().milestones()).isEqualTo(before.milestones());
        assertThat(journey.take(journey.approve(ADA))
                        .take(journey.approve(BEN))
                        .dossier()
                        .state()
                        .phase())
                .isEqualTo(ReleasePhase.STAGING);
    }
}
