package dev.slipway.validation.assessment;

import static dev.slipway.validation.assessment.Asking.CORE;
import static dev.slipway.validation.assessment.Asking.DEADLINE;
import static dev.slipway.validation.assessment.Asking.ID;
import static dev.slipway.validation.assessment.Asking.NOW;
import static dev.slipway.validation.assessment.Asking.REVISION;
import static dev.slipway.validation.assessment.Asking.asked;
import static dev.slipway.validation.assessment.Asking.check;
import static dev.slipway.validation.assessment.Asking.checks;
import static dev.slipway.validation.assessment.Asking.merge;
import static dev.slipway.validation.assessment.Asking.question;
import static dev.slipway.validation.assessment.Asking.seen;
import static dev.slipway.validation.assessment.Asking.smoke;
import static dev.slipway.validation.assessment.Asking.status;
import static dev.slipway.validation.assessment.Asking.suite;
import static dev.slipway.validation.assessment.Asking.tests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.testkit.CoreScenario;
import dev.slipway.testkit.ListedPairs;
import dev.slipway.validation.assessment.AssessmentInput.Asked;
import dev.slipway.validation.assessment.AssessmentInput.DeadlineCame;
import dev.slipway.validation.assessment.AssessmentInput.FilesRead;
import dev.slipway.validation.assessment.AssessmentInput.MergeTried;
import dev.slipway.validation.assessment.AssessmentInput.Probed;
import dev.slipway.validation.assessment.AssessmentInput.RecordOverdue;
import dev.slipway.validation.assessment.AssessmentInput.RetryDue;
import dev.slipway.validation.assessment.AssessmentInput.RevisionSeen;
import dev.slipway.validation.assessment.AssessmentInput.TrackerAsked;
import dev.slipway.validation.assessment.AssessmentInput.VerdictRecorded;
import dev.slipway.validation.assessment.AssessmentState.Closed;
import dev.slipway.validation.assessment.AssessmentState.Open;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.revision.Check;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import dev.slipway.validation.verdicts.VerdictMessages;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A gate that has passed may go back until its assessment is over; from then on nothing does. */
final class GoingBackTest {
    private static final URI ADDRESS = URI.create("http://127.0.0.1:1/");
    private static final MergeTried CLEAN = new MergeTried(1, new MergeAnswer.Clean("f", "t"));

    @Test
    void a_newer_report_that_fails_takes_a_pass_back_while_another_gate_is_waited_for() {
        CoreScenario<AssessmentState, AssessmentInput> scenario =
                asked(tests(), check("build")).when(seen(1, suite(2, 0)), NOW);
        GateVerdict standing = status(scenario).gates().getFirst();
        assertThat(standing.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(standing.complete()).isFalse();
        assertThat(standing.until()).as("it waits for nothing").isNull();
        assertThat(scenario.messages()).extracting(Message::type).doesNotContain(VerdictMessages.APPEND);

        scenario.when(seen(2, suite(4, 1)), NOW.plusSeconds(9));

        assertThat(scenario.messages()).extracting(Message::type).contains(VerdictMessages.APPEND);
        scenario.when(new VerdictRecorded("unit-tests", "hash"), NOW.plusSeconds(9));
        assertThat(status(scenario).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(status(scenario).gates().getFirst().verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void a_check_that_is_repeated_and_fails_takes_its_success_back_and_may_succeed_again() {
        CoreScenario<AssessmentState, AssessmentInput> scenario =
                asked(tests(), check("build")).when(checks(1, "build", true), NOW);
        assertThat(status(scenario).gates().get(1).verdict()).isEqualTo(Verdict.PASSED);

        scenario.when(checks(2, "build", false), NOW.plusSeconds(1));
        GateVerdict back = status(scenario).gates().get(1);
        assertThat(back.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(back.until()).isEqualTo(DEADLINE);

        scenario.when(checks(3, "build", true), NOW.plusSeconds(2));
        assertThat(status(scenario).gates().get(1).verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void passes_become_final_together_when_nothing_is_waited_for() {
        CoreScenario<AssessmentState, AssessmentInput> scenario =
                asked(tests(), merge()).when(seen(1, suite(2, 0)), NOW).when(CLEAN, NOW);
        assertThat(scenario.messages().stream().filter(sent -> sent.type().equals(VerdictMessages.APPEND)))
                .hasSize(2);
        AssessmentState over = scenario.state();

        scenario.when(seen(2, suite(4, 1)), NOW);
        assertThat(((Open) scenario.state()).gates()).isEqualTo(((Open) over).gates());
        scenario.when(new VerdictRecorded("unit-tests", "h1"), NOW)
                .when(new VerdictRecorded("merge", "h2"), NOW)
                .then(Closed.class);
        assertThat(status(scenario).outcome()).isEqualTo(Outcome.PASSED);
        AssessmentState closed = scenario.state();

        scenario.when(seen(3, suite(9, 9)), NOW).state(closed);
    }

    @Test
    void a_pass_stands_beyond_its_own_deadline_and_goes_back_for_good_after_it() {
        CoreScenario<AssessmentState, AssessmentInput> scenario = asked(tests(), check("build"), check("lint"))
                .when(new RevisionSeen(REVISION, 1, List.of(suite(2, 0)), build(true)), NOW)
                .when(new DeadlineCame(), DEADLINE);
        assertThat(status(scenario).gates().getFirst().verdict()).isEqualTo(Verdict.PASSED);

        scenario.when(new RevisionSeen(REVISION, 2, List.of(suite(2, 0)), build(false)), DEADLINE.plusSeconds(1))
                .when(new DeadlineCame(), DEADLINE.plusSeconds(2))
                .when(new DeadlineCame(), DEADLINE.plusSeconds(8));
        List.of("unit-tests", "check-build", "check-lint")
                .forEach(gate -> scenario.when(new VerdictRecorded(gate, "h"), DEADLINE.plusSeconds(9)));

        assertThat(status(scenario).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(status(scenario).gates())
                .extracting(GateVerdict::verdict)
                .containsExactly(Verdict.PASSED, Verdict.FAILED, Verdict.INCONCLUSIVE);
    }

    @Test
    void evidence_for_another_commit_never_counts() {
        CoreScenario<AssessmentState, AssessmentInput> scenario = asked(tests()).when(seen(1), NOW);
        AssessmentState before = scenario.state();

        scenario.when(new RevisionSeen("hello@" + "b".repeat(40), 9, List.of(suite(2, 0)), List.of()), NOW)
                .state(before)
                .effects();
    }

    @Test
    void a_report_that_cannot_be_read_says_why_in_the_verdict() {
        SuiteFacts unread = new SuiteFacts("junit", "unit", Facts.NONE, List.of(), "line 3 is not XML");
        CoreScenario<AssessmentState, AssessmentInput> scenario = asked(tests(), check("build"))
                .when(seen(1, suite(2, 0)), NOW)
                .when(seen(2, unread), NOW)
                .when(new DeadlineCame(), DEADLINE)
                .when(seen(2, unread), DEADLINE)
                .when(new VerdictRecorded("unit-tests", "h1"), DEADLINE)
                .when(new VerdictRecorded("check-build", "h2"), DEADLINE);

        GateVerdict gate = status(scenario).gates().getFirst();
        assertThat(gate.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(gate.cause())
                .isEqualTo("The newest junit report of the suite unit cannot be read: line 3 is not XML");
    }

    @Test
    void work_that_was_never_done_is_tried_once_after_its_deadline() {
        CoreScenario<AssessmentState, AssessmentInput> scenario =
                asked(smoke()).when(new DeadlineCame(), DEADLINE.plusSeconds(3600)); // the machine slept
        scenario.effectsInclude(Effect.startTimer(Assessment.DEADLINE, DEADLINE.plusSeconds(3630)));
        assertThat(scenario.state()).isInstanceOf(Open.class);

        scenario.when(new Probed(0, List.of(new ProbeAnswer.AsExpected("GET / 200"))), DEADLINE.plusSeconds(3601))
                .when(new VerdictRecorded("smoke", "h"), DEADLINE.plusSeconds(3601));

        assertThat(status(scenario).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void the_class_doc_lists_every_pair() {
        AssessmentState waiting = asked(tests(), merge()).when(seen(2), NOW).state();
        AssessmentState standing =
                asked(tests(), merge()).when(seen(2, suite(2, 0)), NOW).state();
        AssessmentState lastCall = asked(tests(), merge())
                .when(seen(2), NOW)
                .when(new DeadlineCame(), DEADLINE)
                .state();
        AssessmentState recording = asked(tests(), merge())
                .when(seen(2, suite(2, 0)), NOW)
                .when(CLEAN, NOW)
                .state();
        AssessmentState last = asked(tests(), merge())
                .when(seen(2, suite(2, 0)), NOW)
                .when(CLEAN, NOW)
                .when(new VerdictRecorded("merge", "h"), NOW)
                .state();
        ListedPairs.of(CORE)
                .state("UNASKED", CORE.initial(ID))
                .state("OPEN, waiting for a report and for Git", waiting)
                .state("OPEN, the report passed so far, waiting for Git", standing)
                .state("OPEN, past the deadline of both, asked once more", lastCall)
                .state("OPEN, both passed, being recorded", recording)
                .state("OPEN, only the report's verdict not yet recorded", last)
                .state("CLOSED", asked().state())
                .input("Asked", new Asked(question(ADDRESS, tests(), merge())), NOW)
                .input("RevisionSeen passing", seen(3, suite(2, 0)), NOW)
                .input("RevisionSeen failing", seen(3, suite(2, 1)), NOW)
                .input("RevisionSeen older", seen(1, suite(2, 1)), NOW)
                .input(
                        "RevisionSeen of another commit",
                        new RevisionSeen("hello@" + "b".repeat(40), 9, List.of(suite(2, 1)), List.of()),
                        NOW)
                .input("MergeTried clean", CLEAN, NOW)
                .input(
                        "MergeTried conflicting",
                        new MergeTried(1, new MergeAnswer.Conflicting("f", "t", List.of())),
                        NOW)
                .input("MergeTried unreachable", new MergeTried(1, new MergeAnswer.Unreachable("why")), NOW)
                .input("Probed", new Probed(7, List.of()), NOW)
                .input("FilesRead", new FilesRead(7, Finding.unknown("", "why")), NOW)
                .input("TrackerAsked", new TrackerAsked(7, Finding.unknown("", "why")), NOW)
                .input("VerdictRecorded", new VerdictRecorded("unit-tests", "h"), NOW)
                .input("DeadlineCame early", new DeadlineCame(), NOW)
                .input("DeadlineCame", new DeadlineCame(), DEADLINE)
                .input("DeadlineCame after one more try", new DeadlineCame(), DEADLINE.plusSeconds(60))
                .input("RetryDue", new RetryDue(1), NOW)
                .input("RecordOverdue", new RecordOverdue(), NOW)
                .check(AssessmentState.class, AssessmentInput.class);
    }

    private static List<Check> build(boolean succeeded) {
        return checks(1, "build", succeeded).checks();
    }
}
