package dev.slipway.validation.assessment;

import static dev.slipway.validation.assessment.Asking.NOW;
import static dev.slipway.validation.assessment.Asking.SHA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.validation.assessment.AssessmentInput.RevisionSeen;
import dev.slipway.validation.evidence.Arrived;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import dev.slipway.validation.verdicts.VerdictDraft;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a gate that compares says, with and without something to compare with. */
final class ComparedTest {
    private static final Digest NOW_REPORT = new Digest("sha256:" + "1".repeat(64));
    private static final Digest BASELINE = new Digest("sha256:" + "2".repeat(64));
    private static final Gate GATE = Asking.gate(
            "scan",
            "sarif",
            List.of(new Threshold("findings.new", "0"), new Threshold("findings.error", "0")),
            null,
            List.of());

    @Test
    void nothing_new_passes_and_rests_on_both_reports() {
        Finding finding = find(0, new Comparison(fresh(0), "", List.of(BASELINE), List.of()));

        assertThat(finding.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(finding.observed()).isEqualTo("findings.error 0, findings.new 0");
        assertThat(finding.inputs()).containsExactly(NOW_REPORT);
        assertThat(finding.baseline()).containsExactly(BASELINE);
    }

    @Test
    void something_new_fails_at_once_and_is_named() {
        Finding finding = find(0, new Comparison(fresh(2), "", List.of(BASELINE), List.of("new: a.go:7 R m")));

        assertThat(finding.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(finding.settled()).isTrue();
        assertThat(finding.cause()).isEqualTo("findings.new 2, expected findings.new == 0. Remarked: new: a.go:7 R m");
    }

    @Test
    void what_cannot_be_compared_is_inconclusive_with_its_reason_and_still_fails_by_the_rest_of_the_rule() {
        assertThat(find(0, Comparison.none("Nothing to compare with", List.of()))
                        .cause())
                .isEqualTo("Nothing to compare with");
        assertThat(find(0, Comparison.none("Nothing to compare with", List.of()))
                        .verdict())
                .isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(find(1, Comparison.none("Nothing to compare with", List.of()))
                        .verdict())
                .isEqualTo(Verdict.FAILED);
        assertThat(find(0, null).verdict())
                .as("a kind that nobody compares never passes by it")
                .isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void a_verdict_without_a_baseline_is_written_and_hashed_as_before_there_was_any() {
        VerdictDraft draft = new VerdictDraft(
                Asking.question(null).application(),
                SHA,
                Asking.ID,
                GATE,
                List.of(NOW_REPORT),
                "",
                Verdict.PASSED,
                "",
                NOW);
        String json = MessagingJson.mapper().writeValueAsString(draft);

        assertThat(json).doesNotContain("baseline").doesNotContain("compared");
        assertThat(MessagingJson.mapper().readValue(json, VerdictDraft.class)).isEqualTo(draft);
        Finding stored = MessagingJson.mapper()
                .readValue(
                        "{\"verdict\":\"PASSED\",\"settled\":true,\"observed\":\"\",\"cause\":\"\",\"inputs\":[]}",
                        Finding.class);
        assertThat(stored.baseline()).isEmpty();
    }

    @Test
    void a_verdict_says_in_which_way_it_was_compared_when_that_was_done() {
        for (int way : List.of(Comparing.BY_MESSAGE, Comparing.BY_PLACE, Comparing.TOGETHER)) {
            RevisionSeen seen = new RevisionSeen(
                    Asking.REVISION,
                    1,
                    List.of(suite(0)),
                    List.of(),
                    Map.of(0, new Comparison(fresh(2), "", List.of(BASELINE), List.of(), way)));

            assertThat(Asking.asked(GATE).when(seen, NOW).messages().stream()
                            .map(Message::body)
                            .filter(VerdictDraft.class::isInstance)
                            .map(VerdictDraft.class::cast))
                    .singleElement()
                    .satisfies(draft -> {
                        assertThat(draft.baseline()).containsExactly(BASELINE);
                        assertThat(draft.compared()).isEqualTo(way);
                    });
        }
    }

    @Test
    void what_an_earlier_version_compared_was_compared_by_message_whoever_decides_it() {
        String report = NOW_REPORT.value();
        Finding stored = MessagingJson.mapper()
                .readValue(
                        "{\"verdict\":\"PASSED\",\"settled\":false,\"observed\":\"\",\"cause\":\"\",\"inputs\":[\"%s\"],\"baseline\":[\"%s\"]}"
                                .formatted(report, BASELINE.value()),
                        Finding.class);
        Comparison heard = MessagingJson.mapper()
                .readValue(
                        "{\"facts\":{\"list\":[]},\"why\":\"\",\"baseline\":[\"%s\"],\"notes\":[]}"
                                .formatted(BASELINE.value()),
                        Comparison.class);

        assertThat(stored.compared()).isEqualTo(Comparing.BY_MESSAGE);
        assertThat(heard.way()).isEqualTo(Comparing.BY_MESSAGE);
        assertThat(stored.saysTheSameAs(stored.against(Arrived.somewhen(List.of(BASELINE)), Comparing.BY_PLACE)))
                .as("compared anew by place it is news")
                .isFalse();
        assertThat(MessagingJson.mapper().writeValueAsString(stored)).doesNotContain("compared");
    }

    private static SuiteFacts suite(long errors) {
        return new SuiteFacts(
                "sarif", "unit", new Facts(List.of(Fact.count("findings.error", errors))), List.of(NOW_REPORT), null);
    }

    private static Finding find(long errors, @Nullable Comparison comparison) {
        return Findings.evidence(GATE, SHA, List.of(suite(errors)), comparison);
    }

    private static Facts fresh(long count) {
        return new Facts(List.of(Fact.count("findings.new", count)));
    }
}
