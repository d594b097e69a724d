package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideFileView.Adopted;
import dev.slipway.contracts.release.GuideFileView.Difference;
import dev.slipway.contracts.release.GuideFileView.Kind;
import dev.slipway.contracts.release.GuideFileView.State;
import dev.slipway.contracts.release.GuideView;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.release.notes.ReleaseNotes;
import dev.slipway.release.wiring.Examples;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A guide's file at the released revision differs from the pinned guide: shown, and adopted by a decision alone. */
final class GuideAdoptingTest {
    private static final String ADA = Examples.ADA;
    private static final String BEN = Examples.BEN;
    private static final String SUPPORT = "support@example.test";
    private static final String THERE = "c".repeat(64);

    private static final String GUIDE = """
        guide:
          file: RELEASE.md
          headings: [{under: Small, when: patch}]
          lines:
            - {id: tests, line: 3, under: [Guide, Before], text: Unit tests pass, gate: unit-tests}
            - {id: lead, line: 4, under: [Guide, Before], text: The lead says yes, approval: technical-lead}
            - {id: back, line: 5, under: [Guide, Before], text: Backport, when: patch, gate: unit-tests}
            - {id: calm, line: 6, under: [Guide, Before], text: Small before large, nothing: a principle}
            - {id: few, line: 8, under: [Guide, Small], text: Say what is mended}
            - {id: press, line: 10, under: [Guide, After], text: Tell the press}
        """;

    private static final Difference ADDED =
            new Difference(Kind.ADDED, "licences", "Check the licences", null, List.of("Guide", "Before"), 4, "tests");
    private static final Difference TESTS = new Difference(
            Kind.CHANGED, "tests", "All tests pass", "Unit tests pass", List.of("Guide", "Before"), 3, null);
    private static final Difference LEAD = new Difference(
            Kind.CHANGED, "lead", "The lead says yes in writing", "The lead says yes", List.of(), 4, "tests");
    private static final Difference BACK =
            new Difference(Kind.GONE, "back", "Backport", null, List.of("Guide", "Before"), null, null);
    private static final Difference CALM =
            new Difference(Kind.CHANGED, "calm", "Small first", "Small before large", List.of(), 6, "back");
    private static final Difference MOVED =
            new Difference(Kind.MOVED, "press", "Tell the press", null, List.of("Guide", "Before"), 3, null);
    private static final Difference UNHEADED =
            new Difference(Kind.MOVED, "few", "Say what is mended", null, List.of("Guide", "Minor"), 8, "calm");

    private static Policy policy() {
        return VotesTest.policy("required: 2, roles: [technical-lead]", GUIDE);
    }

    private static Guide pinned() {
        return Objects.requireNonNull(policy().guide());
    }

    private static GuideFileView differing(Difference... lines) {
        return new GuideFileView("RELEASE.md", State.DIFFERS, null, THERE, List.of(lines), 0);
    }

    private static ReleaseInput read(@Nullable GuideFileView file) {
        return new ReleaseInput.RevisionRead(List.of(Examples.AUTHOR), List.of(), List.of(), null, file, null);
    }

    private static Journey awaitingApproval(GuideFileView file) {
        Journey journey = new Journey(policy()).proposed().take(read(file));
        return journey.take(journey.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.PASSED));
    }

    private static ReleaseInput adopt(String email) {
        return new ReleaseInput.AdoptGuide(email, THERE, "it holds already", false, null);
    }

    private static ReleaseInput approve(Journey journey, String email, @Nullable String guideHash) {
        ReleaseInput.Triple triple = journey.triple();
        return new ReleaseInput.Approve(email, triple.sha(), triple.digests(), triple.policyHash(), null, guideHash);
    }

    private static String refusal(Journey journey) {
        return Objects.requireNonNull(journey.refusal(), "it was taken").code();
    }

    private static List<String> approvers(Journey journey) {
        return journey.dossier().approvals().stream()
                .map(Dossier.Approval::email)
                .toList();
    }

    private static Adopted word(Journey journey) {
        return Objects.requireNonNull(
                Objects.requireNonNull(journey.dossier().guideFile()).adopted());
    }

    private static List<String> ids(Guide guide) {
        return guide.lines().stream().map(GuideLine::id).toList();
    }

    // ---- not adopted

    @Test
    void a_difference_is_shown_and_changes_nothing_as_long_as_nobody_adopts_it() {
        Journey journey = awaitingApproval(differing(ADDED, BACK));

        GuideView view = GuideStates.of(journey.dossier());
        assertThat(view.guideHash()).isEqualTo(pinned().hash());
        assertThat(view.lines()).extracting(GuideView.Line::id).isEqualTo(ids(pinned()));
        assertThat(Objects.requireNonNull(view.guideFile()).lines()).containsExactly(ADDED, BACK);
        assertThat(ReleaseNotes.of(journey.dossier(), null).guide())
                .containsExactly(
                        "RELEASE.md at its revision differs from its guide in 2 lines, and nobody has adopted that: it"
                                + " goes by the guide of its policy (./slipway guide adopt hello@1.0.0 --reason WHY).",
                        "New, licences: Check the licences",
                        "Gone, back: Backport");
        journey.take(journey.approve(ADA)).take(journey.approve(BEN));
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.STAGING);
        assertThat(GuideStates.of(journey.dossier()).guideHash()).isEqualTo(pinned().hash());
    }

    @Test
    void the_journal_says_that_the_file_is_not_the_guide_where_it_was_found() {
        Journey journey = new Journey(policy()).proposed().take(read(differing(ADDED)));

        assertThat(journey.reason())
                .startsWith("RELEASE.md at its revision differs from its guide in 1 line, and nobody has adopted that")
                .endsWith("--reason WHY), PROPOSED to VALIDATING");
        assertThat(new Journey(policy()).proposed().take(read(null)).reason()).isEqualTo("PROPOSED to VALIDATING");
    }

    @ParameterizedTest
    @EnumSource(names = {"SAME", "MISSING", "UNREADABLE"})
    void what_does_not_differ_is_not_adopted(State state) {
        Journey journey = awaitingApproval(new GuideFileView("RELEASE.md", state, null, THERE, List.of(), 0));

        assertThat(refusal(journey.take(adopt(ADA)))).isEqualTo("nothing-to-adopt");
        assertThat(ReleaseNotes.of(journey.dossier(), null).guide()).hasSize(state == State.SAME ? 0 : 1);
    }

    @Test
    void where_nobody_has_looked_there_is_nothing_to_adopt() {
        Journey journey = new Journey(policy()).awaitingApproval();

        assertThat(refusal(journey.take(adopt(ADA)))).isEqualTo("no-guide-file");
        assertThat(refusal(new Journey().rollback().take(adopt(ADA)))).isEqualTo("no-guide-file");
    }

    // ---- adopted

    @Test
    void an_adopted_guide_is_the_one_of_the_file_and_what_is_new_is_answered_by_nothing() {
        Journey journey = awaitingApproval(differing(MOVED, TESTS, ADDED, BACK)).take(adopt(ADA));

        GuideView view = GuideStates.of(journey.dossier());
        assertThat(view.lines())
                .extracting(GuideView.Line::id)
                .containsExactly("press", "tests", "licences", "lead", "calm", "few");
        assertThat(view.guideHash())
                .isNotEqualTo(pinned().hash())
                .isEqualTo(word(journey).guideHash());
        assertThat(view.lines().get(1).text()).isEqualTo("All tests pass");
        assertThat(view.lines().get(1).answer()).isEqualTo(new GuideAnswer(GuideAnswer.By.GATE, "unit-tests"));
        assertThat(view.lines().get(2).state()).isEqualTo(LineState.UNANSWERED);
        assertThat(view.lines().getFirst().under()).containsExactly("Guide", "Before");
        assertThat(journey.reason()).contains(ADA, "adopts the guide", "it holds already", "no approval falls");
        assertThat(refusal(journey.take(adopt(SUPPORT)))).isEqualTo("adopted-before");
    }

    @Test
    void a_condition_that_was_written_for_another_text_is_dropped_with_it() {
        Difference other = new Difference(
                Kind.CHANGED, "back", "Backport to 1.x", "Backport", List.of("Guide", "Before"), 5, "lead");

        Guide next = GuideInForce.with(pinned(), differing(other));

        GuideLine line = GuideInForce.line(next, "back").orElseThrow();
        assertThat(line.when()).isEmpty();
        assertThat(line.answer().name()).isEqualTo("unit-tests");
        assertThat(GuideInForce.line(next, "few").orElseThrow().text()).isEqualTo("Say what is mended");
        assertThat(next.headings()).isEqualTo(pinned().headings());
    }

    // ---- which approvals fall

    private static List<String> falling(Difference... lines) {
        Guide next = GuideInForce.with(pinned(), differing(lines));
        return GuideInForce.falling(
                policy(), new Journey(policy()).launch(null), pinned(), next, List.of(ADA, BEN, SUPPORT));
    }

    @Test
    void an_approval_falls_where_what_was_said_yes_to_is_asked_otherwise() {
        assertThat(falling(ADDED)).as("nobody knew of it").containsExactly(ADA, BEN, SUPPORT);
        assertThat(falling(TESTS)).containsExactly(ADA, BEN, SUPPORT);
        assertThat(falling(UNHEADED)).as("it applies now").containsExactly(ADA, BEN, SUPPORT);
    }

    @Test
    void of_a_line_that_asks_for_the_yes_of_one_role_only_those_of_that_role_fall() {
        assertThat(falling(LEAD)).containsExactly(ADA);
        assertThat(falling(LEAD, CALM, BACK)).containsExactly(ADA);
        assertThat(falling(LEAD, ADDED)).containsExactly(ADA, BEN, SUPPORT);
    }

    @Test
    void an_approval_stays_that_does_not_depend_on_what_differs() {
        assertThat(falling(BACK)).as("it does not apply to a major release").isEmpty();
        assertThat(falling(CALM)).as("it asks for nothing").isEmpty();
        assertThat(falling(MOVED)).as("the same is asked elsewhere").isEmpty();
    }

    @Test
    void those_whose_approvals_fell_are_asked_anew_and_what_they_say_is_of_the_guide_that_was_adopted() {
        Journey journey = awaitingApproval(differing(ADDED));
        journey.take(journey.approve(BEN)).after(Duration.ofHours(70)).take(adopt(SUPPORT));

        assertThat(approvers(journey)).isEmpty();
        assertThat(word(journey).fell()).containsExactly(BEN);
        assertThat(journey.reason()).contains("the approvals of ben@example.test fall");
        Milestone asked = journey.dossier().milestones().getLast();
        assertThat(asked.kind()).isEqualTo(Milestone.Kind.APPROVAL_ASKED);
        assertThat(asked.cause().text()).contains("The approval of ben@example.test fell by that");
        assertThat(Objects.requireNonNull(journey.dossier().state().waits()).until())
                .as("as long as whoever was asked first")
                .isEqualTo(journey.now().plus(policy().approvals().within()));

        String next = word(journey).guideHash();
        assertThat(refusal(journey.take(approve(journey, BEN, null)))).isEqualTo("another-guide");
        assertThat(refusal(journey.take(approve(journey, BEN, pinned().hash()))))
                .isEqualTo("another-guide");
        journey.take(approve(journey, BEN, next)).take(approve(journey, ADA, next));
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.STAGING);
    }

    @Test
    void before_it_is_adopted_an_approval_names_the_guide_of_the_policy_or_none() {
        Journey journey = awaitingApproval(differing(ADDED));

        assertThat(refusal(journey.take(approve(journey, ADA, THERE)))).isEqualTo("another-guide");
        journey.take(approve(journey, ADA, pinned().hash()));
        assertThat(approvers(journey)).containsExactly(ADA);
    }

    @Test
    void a_guide_by_which_approvals_would_fall_is_not_adopted_when_nobody_is_asked_for_them_any_more() {
        Journey late = awaitingApproval(differing(ADDED));
        late.take(late.approve(ADA)).take(late.approve(BEN));
        Dossier before = late.dossier();

        assertThat(refusal(late.take(adopt(SUPPORT)))).isEqualTo("approvals-fall");
        assertThat(late.dossier().approvals()).isEqualTo(before.approvals());

        Journey harmless = awaitingApproval(differing(CALM));
        harmless.take(harmless.approve(ADA)).take(harmless.approve(BEN)).take(adopt(SUPPORT));
        assertThat(harmless.refusal()).isNull();
        assertThat(approvers(harmless)).containsExactly(ADA, BEN);
        assertThat(harmless.dossier().state().phase()).isEqualTo(ReleasePhase.STAGING);
    }

    @Test
    void once_production_has_begun_no_guide_is_adopted() {
        Journey journey = awaitingApproval(differing(CALM));
        journey.take(journey.approve(ADA)).take(journey.approve(BEN));
        journey.take(journey.rollout("staging", Phase.FULL))
                .take(journey.assessed(Steps.ASSESS_STAGING, Outcome.PASSED))
                .candidateNow()
                .take(journey.wayBack(true))
                .take(journey.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED))
                .seen();
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.ROLLING_OUT);

        assertThat(refusal(journey.take(adopt(ADA)))).isEqualTo("not-now");
    }

    // ---- who, and of what

    @Test
    void a_contact_of_the_policy_or_an_operator_adopts_it_and_nobody_who_made_the_change() {
        Journey journey = awaitingApproval(differing(ADDED));

        assertThat(refusal(journey.take(adopt("stranger@example.test")))).isEqualTo("not-your-role");
        assertThat(refusal(journey.take(new ReleaseInput.AdoptGuide(Examples.AUTHOR, THERE, "because", true, null))))
                .isEqualTo("own-change");
        journey.take(new ReleaseInput.AdoptGuide("stranger@example.test", THERE, "because", true, null));
        assertThat(journey.refusal()).isNull();
        assertThat(word(journey).operator()).isTrue();
    }

    @Test
    void exactly_what_was_read_is_adopted_in_full_and_with_a_reason() {
        Journey journey = awaitingApproval(differing(ADDED));
        assertThat(refusal(journey.take(new ReleaseInput.AdoptGuide(ADA, "d".repeat(64), "because", false, null))))
                .isEqualTo("another-file");
        assertThat(refusal(journey.take(new ReleaseInput.AdoptGuide(ADA, THERE, " ", false, null))))
                .isEqualTo("no-reason");

        Journey large =
                awaitingApproval(new GuideFileView("RELEASE.md", State.DIFFERS, null, THERE, List.of(ADDED), 1));
        assertThat(refusal(large.take(adopt(ADA)))).isEqualTo("too-much");

        Difference[] all = pinned().lines().stream()
                .map(line -> new Difference(Kind.GONE, line.id(), line.text(), null, line.under(), null, null))
                .toArray(Difference[]::new);
        assertThat(refusal(awaitingApproval(differing(all)).take(adopt(ADA)))).isEqualTo("too-much");
    }
}
