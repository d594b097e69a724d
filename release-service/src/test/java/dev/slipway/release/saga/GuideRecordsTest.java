package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideFileView.Difference;
import dev.slipway.contracts.release.GuideFileView.Kind;
import dev.slipway.contracts.release.GuideFileView.State;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.release.wiring.Examples;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How a release went by its guide, gone over again by its records alone. */
final class GuideRecordsTest {
    private static final String ADA = Examples.ADA;
    private static final String BEN = Examples.BEN;
    private static final String THERE = "c".repeat(64);
    private static final GuideFileView FILE = new GuideFileView(
            "RELEASE.md",
            State.DIFFERS,
            null,
            THERE,
            List.of(new Difference(Kind.ADDED, "licences", "Check the licences", null, List.of(), 4, "tests")),
            0);

    /** The launch, the revision, the gates, an approval, the adoption, an approval, and two words on lines. */
    private static Recorded adopted() {
        return new Recorded(VotesTest.policy("required: 2", """
            waivers: [{gates: [unit-tests], roles: [technical-lead]}]
            guide:
              file: RELEASE.md
              lines:
                - {id: tests, text: Unit tests pass, gate: unit-tests}
                - {id: press, text: Tell the press}
                - {id: merge, text: Merge, action: merge}
            """))
                .take(j -> new ReleaseInput.Launched(j.launch(null)))
                .take(_ ->
                        new ReleaseInput.RevisionRead(List.of(Examples.AUTHOR), List.of(), List.of(), null, FILE, null))
                .take(j -> j.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.PASSED))
                .take(j -> j.approve(BEN))
                .take(_ -> new ReleaseInput.AdoptGuide(ADA, THERE, "it holds already", false, null))
                .take(GuideRecordsTest::yes)
                .take(no("press", BEN))
                .take(no("tests", ADA))
                .take(no("tests", BEN));
    }

    private static ReleaseInput yes(Journey journey) {
        ReleaseInput.Triple triple = journey.triple();
        return new ReleaseInput.Approve(
                BEN,
                triple.sha(),
                triple.digests(),
                triple.policyHash(),
                null,
                Objects.requireNonNull(Objects.requireNonNull(journey.dossier().guideFile())
                                .adopted())
                        .guideHash());
    }

    private static Function<Journey, ReleaseInput> no(String line, String email) {
        return _ -> new ReleaseInput.SayOfLine(email, line, false, "for nobody", false, null);
    }

    private static ObjectNode set(List<JsonNode> all, int place) {
        return (ObjectNode) all.get(place - 1).path("set");
    }

    private static ObjectNode word(List<JsonNode> all, int place) {
        ArrayNode words = (ArrayNode) set(all, place).path("lineWords");
        return (ObjectNode) words.get(words.size() - 1);
    }

    private static ObjectNode adoption(List<JsonNode> all) {
        return (ObjectNode) set(all, 5).at("/guideFile/adopted");
    }

    @Test
    void what_the_release_let_happen_agrees() {
        ApprovalRecords.Checked checked = adopted().checked();

        assertThat(checked.faults()).isEmpty();
        assertThat(checked.said()).endsWith("; guide adopted by ada@example.test; 3 words on lines of the guide");
    }

    @Test
    void an_adoption_by_another_or_of_another_guide_or_with_other_approvals_is_named() {
        assertThat(adopted()
                        .checked(all -> ((ObjectNode) all.get(4)).put("actor", "user:" + BEN))
                        .faults())
                .contains("record 5: a guide adopted by ada@example.test that user:ben@example.test adopted");
        assertThat(adopted()
                        .checked(all -> {
                            adoption(all).put("by", Examples.AUTHOR);
                            ((ObjectNode) all.get(4)).put("actor", "user:" + Examples.AUTHOR);
                        })
                        .faults())
                .contains("record 5: author@example.test adopted the guide of a change of their own");
        assertThat(adopted()
                        .checked(all -> adoption(all).put("guideHash", "0".repeat(64)))
                        .faults())
                .containsExactly("record 5: the guide that was adopted is not the one of the file");
        assertThat(adopted().checked(all -> adoption(all).put("reason", " ")).faults())
                .containsExactly("record 5: a guide was adopted without a reason");
        assertThat(adopted().checked(all -> adoption(all).putArray("fell")).faults())
                .contains(
                        "record 5: approvals of [] fell with the guide, and by the rule those of [ben@example.test] do",
                        "record 5: an approval was taken away");
    }

    @Test
    void an_approval_that_ought_to_have_fallen_and_did_not_is_named() {
        assertThat(adopted()
                        .checked(all -> {
                            adoption(all).putArray("fell");
                            set(all, 5).remove("approvals");
                        })
                        .faults())
                .contains("record 5: approvals of [] fell with the guide, and by the rule those of [ben@example.test]"
                        + " do");
    }

    @Test
    void a_file_that_says_something_else_afterwards_is_named() {
        assertThat(adopted()
                        .checked(all -> ((ObjectNode) set(all, 5).path("guideFile")).put("sha256", "d".repeat(64)))
                        .faults())
                .contains("record 5: what its guide's file says at its revision is other than before");
        assertThat(adopted()
                        .checked(all -> ((ArrayNode) all.get(6).path("unset")).add("guideFile"))
                        .faults())
                .contains("record 7: what was said of its guide was taken away");
    }

    @Test
    void a_word_on_a_line_by_whoever_may_not_say_it_is_named() {
        assertThat(adopted().checked(all -> word(all, 7).put("line", "merg")).faults())
                .contains("record 7: a word of ben@example.test on line merg, which the guide has not");
        assertThat(adopted()
                        .checked(all -> ((ObjectNode) all.get(6)).put("actor", "user:" + ADA))
                        .faults())
                .contains("record 7: a word of ben@example.test on line press that user:ada@example.test said");
        assertThat(adopted().checked(all -> word(all, 8).put("by", BEN)).faults())
                .contains("record 8: a word of ben@example.test on line tests that user:ada@example.test said");
        assertThat(adopted()
                        .checked(all -> {
                            word(all, 8).put("by", BEN);
                            ((ObjectNode) all.get(7)).put("actor", "user:" + BEN);
                        })
                        .faults())
                .contains(
                        "record 8: ben@example.test dismissed line tests, and may not waive the gate that answers it");
        assertThat(adopted().checked(all -> set(all, 9).putArray("lineWords")).faults())
                .contains("record 9: a word on a line of the guide was taken away, or changed");
    }
}
