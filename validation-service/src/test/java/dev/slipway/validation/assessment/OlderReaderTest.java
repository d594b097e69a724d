package dev.slipway.validation.assessment;

import static dev.slipway.testkit.CoreScenario.givenNew;
import static dev.slipway.validation.assessment.Asking.NOW;
import static dev.slipway.validation.assessment.Asking.merge;
import static dev.slipway.validation.assessment.Asking.question;
import static dev.slipway.validation.assessment.Asking.seen;
import static dev.slipway.validation.assessment.Asking.suite;
import static dev.slipway.validation.assessment.Asking.tests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.messaging.Message;
import dev.slipway.testkit.CoreScenario;
import dev.slipway.validation.assessment.AssessmentInput.Asked;
import dev.slipway.validation.assessment.AssessmentInput.MergeTried;
import dev.slipway.validation.revision.RevisionMessages;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import dev.slipway.validation.verdicts.VerdictDraft;
import dev.slipway.validation.verdicts.VerdictMessages;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What stands by what an older version of the readers read is seen once more before it is decided. */
final class OlderReaderTest {
    private static final MergeTried CLEAN = new MergeTried(1, new MergeAnswer.Clean("f", "t"));

    /** A report has passed that version 1 read; then Slipway was updated, and version 2 reads now. */
    private final CoreScenario<AssessmentState, AssessmentInput> scenario = givenNew(
                    new Assessment(new Assessment.Rhythm(
                            List.of("junit"),
                            2,
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(30),
                            Duration.ofSeconds(5))),
                    Asking.ID)
            .when(new Asked(question(null, tests(), merge())), NOW)
            .when(seen(1, by(1, suite(2, 0))), NOW);

    private static SuiteFacts by(int reader, SuiteFacts suite) {
        return suite.read(suite.facts(), null, List.of(), reader);
    }

    private List<VerdictDraft> decided() {
        return scenario.messages().stream()
                .map(Message::body)
                .filter(VerdictDraft.class::isInstance)
                .map(VerdictDraft.class::cast)
                .toList();
    }

    @Test
    void it_is_not_decided_by_another_gate_alone_and_goes_back_where_it_is_read_otherwise_now() {
        scenario.when(CLEAN, NOW);
        assertThat(decided()).extracting(draft -> draft.gate().id()).containsExactly("merge");
        assertThat(scenario.messages()).extracting(Message::type).contains(RevisionMessages.SUBSCRIBE);

        scenario.when(seen(1, by(2, suite(2, 1))), NOW);

        assertThat(decided()).singleElement().satisfies(draft -> {
            assertThat(draft.verdict()).isEqualTo(Verdict.FAILED);
            assertThat(draft.reader()).isEqualTo(2);
        });
    }

    @Test
    void what_says_the_same_again_is_decided_by_the_version_that_reads_it_now() {
        scenario.when(CLEAN, NOW).when(seen(1, by(2, suite(2, 0))), NOW);

        assertThat(decided()).singleElement().satisfies(draft -> {
            assertThat(draft.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(draft.reader()).isEqualTo(2);
        });
    }

    @Test
    void what_cannot_be_read_again_is_decided_as_it_was_read_and_asked_for_once() {
        scenario.when(CLEAN, NOW).when(seen(1, by(1, suite(2, 0))), NOW);

        assertThat(decided()).singleElement().satisfies(draft -> {
            assertThat(draft.verdict()).isEqualTo(Verdict.PASSED);
            assertThat(draft.reader()).isEqualTo(1);
        });
        assertThat(scenario.messages())
                .extracting(Message::type)
                .contains(VerdictMessages.APPEND)
                .doesNotContain(RevisionMessages.SUBSCRIBE);
    }

    @Test
    void what_the_present_version_read_is_decided_at_once() {
        scenario.when(seen(1, by(2, suite(2, 0))), NOW).when(CLEAN, NOW);

        assertThat(decided()).hasSize(2);
    }
}
