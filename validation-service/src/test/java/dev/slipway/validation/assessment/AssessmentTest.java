package dev.slipway.validation.assessment;

import static dev.slipway.testkit.CoreScenario.givenNew;
import static dev.slipway.validation.assessment.Asking.CORE;
import static dev.slipway.validation.assessment.Asking.DEADLINE;
import static dev.slipway.validation.assessment.Asking.ID;
import static dev.slipway.validation.assessment.Asking.NOW;
import static dev.slipway.validation.assessment.Asking.REVISION;
import static dev.slipway.validation.assessment.Asking.SHA;
import static dev.slipway.validation.assessment.Asking.asked;
import static dev.slipway.validation.assessment.Asking.check;
import static dev.slipway.validation.assessment.Asking.checks;
import static dev.slipway.validation.assessment.Asking.closed;
import static dev.slipway.validation.assessment.Asking.gate;
import static dev.slipway.validation.assessment.Asking.merge;
import static dev.slipway.validation.assessment.Asking.question;
import static dev.slipway.validation.assessment.Asking.seen;
import static dev.slipway.validation.assessment.Asking.smoke;
import static dev.slipway.validation.assessment.Asking.status;
import static dev.slipway.validation.assessment.Asking.suite;
import static dev.slipway.validation.assessment.Asking.tests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Effect.StartTask;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.testkit.CoreScenario;
import dev.slipway.testkit.GoldenTraces;
import dev.slipway.validation.assessment.AssessmentInput.Asked;
import dev.slipway.validation.assessment.AssessmentInput.DeadlineCame;
import dev.slipway.validation.assessment.AssessmentInput.MergeTried;
import dev.slipway.validation.assessment.AssessmentInput.Probed;
import dev.slipway.validation.assessment.AssessmentInput.RecordOverdue;
import dev.slipway.validation.assessment.AssessmentInput.RetryDue;
import dev.slipway.validation.assessment.AssessmentInput.RevisionSeen;
import dev.slipway.validation.assessment.AssessmentInput.VerdictRecorded;
import dev.slipway.validation.assessment.AssessmentState.Closed;
import dev.slipway.validation.assessment.AssessmentState.Open;
import dev.slipway.validation.revision.RevisionMessages;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import dev.slipway.validation.verdicts.VerdictMessages;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class AssessmentTest {
    @TestFactory
    Stream<DynamicTest> traces() {
        return GoldenTraces.of(CORE, AssessmentState.class, AssessmentInput.class)
                .in("assessment")
                .tests();
    }

    @Test
    void a_question_without_gates_passes_at_once() {
        asked().then(Closed.class)
                .where(state -> assertThat(closed(state).outcome()).isEqualTo(Outcome.PASSED));
    }

    @Test
    void a_gate_is_complete_when_its_verdict_stands_in_the_chain() {
        CoreScenario<AssessmentState, AssessmentInput> scenario = asked(tests()).when(seen(1, suite(2, 0)), NOW);
        GateVerdict decided = status(scenario).gates().getFirst();
        assertThat(decided.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(decided.complete()).isFalse();

        scenario.when(new VerdictRecorded("unit-tests", "hash"), NOW).then(Closed.class);

        GateVerdict complete = status(scenario).gates().getFirst();
        assertThat(complete.complete()).isTrue();
        assertThat(complete.record()).isEqualTo("hash");
        assertThat(complete.until()).isNull();
        assertThat(status(scenario).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void a_failed_gate_ends_the_assessment_once_every_other_was_looked_at() {
        CoreScenario<AssessmentState, AssessmentInput> scenario = asked(tests(), check("build"), merge())
                .when(seen(1, suite(2, 1)), NOW)
                .when(new VerdictRecorded("unit-tests", "hash"), NOW)
                .then(Open.class)
                .when(new MergeTried(2, new MergeAnswer.Clean("f", "t")), NOW)
                .when(new VerdictRecorded("merge", "hash-2"), NOW)
                .then(Closed.class);

        assertThat(status(scenario).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(status(scenario).gates())
                .extracting(GateVerdict::verdict)
                .containsExactly(Verdict.FAILED, Verdict.INCONCLUSIVE, Verdict.PASSED);
        assertThat(status(scenario).gates().get(1).cause()).startsWith("No longer waited for");
    }

    @Test
    void while_those_that_did_not_pass_may_be_waived_the_others_are_waited_for() {
        Assess plain = question(null, tests(), check("build"));
        Assess waivable = new Assess(
                plain.question(),
                plain.application(),
                plain.sha(),
                plain.artifacts(),
                plain.stage(),
                plain.gates(),
                plain.source(),
                plain.address(),
                plain.askedAt(),
                false,
                null,
                null,
                List.of("unit-tests"),
                null);
        CoreScenario<AssessmentState, AssessmentInput> scenario = givenNew(CORE, ID)
                .when(new Asked(waivable), NOW)
                .when(seen(1, suite(2, 1)), NOW)
                .when(new VerdictRecorded("unit-tests", "hash"), NOW)
                .then(Open.class);

        scenario.when(checks(2, "build", true), NOW)
                .when(new VerdictRecorded("check-build", "hash-2"), NOW)
                .then(Closed.class);

        assertThat(status(scenario).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(status(scenario).gates())
                .extracting(GateVerdict::verdict)
                .containsExactly(Verdict.FAILED, Verdict.PASSED);
    }

    @Test
    void the_revision_is_asked_once_more_before_a_deadline_ends_a_gate() {
        CoreScenario<AssessmentState, AssessmentInput> scenario =
                asked(tests()).when(seen(1), NOW).when(new DeadlineCame(), DEADLINE);
        assertThat(scenario.messages()).extracting(Message::type).contains(RevisionMessages.SUBSCRIBE);
        scenario.effectsInclude(Effect.startTimer(Assessment.DEADLINE, DEADLINE.plusSeconds(5)));

        scenario.when(seen(2, suite(2, 0)), DEADLINE.plusSeconds(1));

        assertThat(status(scenario).gates().getFirst().verdict()).isEqualTo(Verdict.PASSED);
    }

    @Test
    void missing_evidence_is_inconclusive_after_the_last_call() {
        CoreScenario<AssessmentState, AssessmentInput> answered = asked(tests())
                .when(seen(1), NOW)
                .when(new DeadlineCame(), DEADLINE)
                .when(seen(1), DEADLINE.plusMillis(10));
        CoreScenario<AssessmentState, AssessmentInput> unanswered =
                asked(tests()).when(new DeadlineCame(), DEADLINE).when(new DeadlineCame(), DEADLINE.plusSeconds(5));

        assertThat(List.of(answered, unanswered)).allSatisfy(scenario -> {
            scenario.when(new VerdictRecorded("unit-tests", "hash"), DEADLINE.plusSeconds(6));
            assertThat(status(scenario).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
            assertThat(status(scenario).gates().getFirst().complete()).isTrue();
        });
    }

    @Test
    void no_tests_where_some_are_expected_wait_for_further_reports_and_are_inconclusive_at_the_deadline() {
        CoreScenario<AssessmentState, AssessmentInput> scenario = asked(tests()).when(seen(1, suite(0, 0)), NOW);
        assertThat(status(scenario).gates().getFirst().verdict()).isEqualTo(Verdict.INCONCLUSIVE);

        scenario.when(new DeadlineCame(), DEADLINE)
                .when(seen(1, suite(0, 0)), DEADLINE)
                .when(new VerdictRecorded("unit-tests", "hash"), DEADLINE);

        assertThat(status(scenario).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void an_older_view_of_the_revision_changes_nothing() {
        CoreScenario<AssessmentState, AssessmentInput> scenario = asked(tests()).when(seen(3), NOW);
        AssessmentState before = scenario.state();

        scenario.when(seen(2, suite(2, 0)), NOW).state(before).effects();
    }

    @Test
    void another_suite_or_kind_says_nothing() {
        SuiteFacts other = new SuiteFacts(
                "junit", "integration", suite(2, 0).facts(), suite(2, 0).digests(), null);
        CoreScenario<AssessmentState, AssessmentInput> scenario = asked(tests()).when(seen(1, other), NOW);

        assertThat(status(scenario).gates().getFirst().verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void a_check_whose_last_run_failed_waits_for_another_run() {
        CoreScenario<AssessmentState, AssessmentInput> scenario =
                asked(check("build")).when(checks(1, "build", false), NOW);
        assertThat(status(scenario).gates().getFirst().verdict()).isEqualTo(Verdict.INCONCLUSIVE);

        scenario.when(checks(2, "build", true), NOW).when(new VerdictRecorded("check-build", "hash"), NOW);

        assertThat(status(scenario).outcome()).isEqualTo(Outcome.PASSED);
    }

    @Test
    void a_version_that_answers_wrong_is_asked_again_until_the_deadline() {
        Probed wrong = new Probed(0, List.of(new ProbeAnswer.Unexpected("GET / 500 in 3 ms", "GET / answered 500")));
        CoreScenario<AssessmentState, AssessmentInput> scenario = asked(smoke()).when(wrong, NOW);
        scenario.effectsInclude(Effect.startTimer(Assessment.RETRY + 0, NOW.plusSeconds(2)));
        scenario.when(new RetryDue(0), NOW.plusSeconds(2));
        assertThat(scenario.state()).isInstanceOf(Open.class);

        scenario.when(new DeadlineCame(), DEADLINE);
        assertThat(scenario.state()).as("asked once more before it ends").isInstanceOf(Open.class);
        scenario.when(wrong, DEADLINE.plusSeconds(1)).when(new VerdictRecorded("smoke", "hash"), DEADLINE);

        assertThat(status(scenario).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(status(scenario).gates().getFirst().cause()).isEqualTo("GET / answered 500");
    }

    @Test
    void a_value_that_is_there_and_is_another_fails_at_once_and_is_named() {
        Probed wrong = new Probed(
                0,
                List.of(new ProbeAnswer.Wrong(
                        "GET /version 200 in 3 ms, $.version \"6.13.0\"",
                        "GET /version: $.version is \"6.13.0\", expected \"6.13.1\"")));
        CoreScenario<AssessmentState, AssessmentInput> scenario =
                asked(smoke()).when(wrong, NOW).when(new VerdictRecorded("smoke", "hash"), NOW);

        assertThat(status(scenario).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(status(scenario).gates().getFirst().cause())
                .isEqualTo("GET /version: $.version is \"6.13.0\", expected \"6.13.1\"");
        assertThat(status(scenario).gates().getFirst().observed()).contains("\"6.13.0\"");
    }

    @Test
    void a_version_that_never_answers_is_inconclusive() {
        Probed silent = new Probed(0, List.of(new ProbeAnswer.Unanswered("GET / unanswered", "refused")));
        CoreScenario<AssessmentState, AssessmentInput> scenario = asked(smoke())
                .when(silent, NOW)
                .when(new DeadlineCame(), DEADLINE)
                .when(new DeadlineCame(), DEADLINE.plusSeconds(30))
                .when(new VerdictRecorded("smoke", "hash"), DEADLINE);

        assertThat(status(scenario).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    @Test
    void what_comes_for_a_gate_that_has_its_verdict_changes_nothing() {
        CoreScenario<AssessmentState, AssessmentInput> scenario =
                asked(merge(), tests()).when(new MergeTried(0, new MergeAnswer.Clean("f", "t")), NOW);
        AssessmentState before = scenario.state();

        scenario.when(new MergeTried(0, new MergeAnswer.Conflicting("f", "t", List.of("x"))), NOW)
                .state(before)
                .when(new RetryDue(0), NOW)
                .state(before)
                .effects()
                .when(new MergeTried(7, new MergeAnswer.Clean("f", "t")), NOW)
                .state(before);
    }

    @Test
    void a_gate_that_can_never_know_is_inconclusive_at_once() {
        Gate unknownKind = gate("a", "morse", List.of(new Threshold("x", "0")), null, List.of());
        Gate unknownCheck = gate("b", null, List.of(), "way-back", List.of());
        Gate unreadable = gate("c", "junit", List.of(new Threshold("tests.total", "many")), null, List.of());
        CoreScenario<AssessmentState, AssessmentInput> scenario = asked(unknownKind, unknownCheck, unreadable);

        assertThat(scenario.messages().stream().filter(sent -> sent.type().equals(VerdictMessages.APPEND)))
                .hasSize(3);
        List.of("a", "b", "c").forEach(gate -> scenario.when(new VerdictRecorded(gate, "hash"), NOW));
        assertThat(status(scenario).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(status(scenario).gates().getFirst().cause()).contains("junit");
    }

    @Test
    void without_an_address_nothing_is_asked() {
        CoreScenario<AssessmentState, AssessmentInput> scenario =
                givenNew(CORE, ID).when(new Asked(question(null, smoke())), NOW);

        assertThat(status(scenario).gates().getFirst().cause()).startsWith("There is no address");
    }

    @Test
    void the_question_again_brings_the_answer_again_and_asks_for_what_may_have_been_lost() {
        CoreScenario<AssessmentState, AssessmentInput> scenario = asked(tests(), check("build"))
                .when(seen(1, suite(2, 0)), NOW)
                .when(new Asked(question(null, tests())), NOW.plusSeconds(5));

        assertThat(scenario.messages())
                .extracting(Message::type)
                .containsExactly("dev.slipway.assessment.changed.v1", RevisionMessages.SUBSCRIBE);
        scenario.when(
                        new RevisionSeen(
                                REVISION,
                                2,
                                List.of(suite(2, 0)),
                                checks(2, "build", true).checks()),
                        NOW.plusSeconds(5))
                .when(new Asked(question(null, tests())), NOW.plusSeconds(5));
        assertThat(scenario.messages())
                .extracting(Message::type)
                .containsExactly("dev.slipway.assessment.changed.v1", VerdictMessages.APPEND, VerdictMessages.APPEND);
        scenario.when(new RecordOverdue(), NOW.plusSeconds(6)).sends(VerdictMessages.APPEND, VerdictMessages.APPEND);
    }

    @Test
    void a_closed_assessment_answers_for_good_and_hears_nothing_else() {
        CoreScenario<AssessmentState, AssessmentInput> scenario = asked();
        AssessmentState closed = scenario.state();

        scenario.when(seen(9, suite(1, 1)), NOW)
                .state(closed)
                .sends(RevisionMessages.UNSUBSCRIBE)
                .when(new DeadlineCame(), DEADLINE)
                .effects()
                .when(new Asked(question(null, tests())), NOW)
                .state(closed)
                .sends("dev.slipway.assessment.changed.v1");
    }

    @Test
    void the_state_is_the_same_after_it_was_stored_with_a_field_for_each_gate() {
        AssessmentState state =
                asked(tests(), merge()).when(seen(1, suite(2, 0)), NOW).state();

        String json = MessagingJson.mapper().writerFor(AssessmentState.class).writeValueAsString(state);
        assertThat(json).contains("\"gate-000\":").contains("\"gate-001\":");
        assertThat(MessagingJson.mapper().readValue(json, AssessmentState.class))
                .isEqualTo(state);
    }

    @Test
    void work_is_started_for_merge_and_http_gates() {
        assertThat(asked(merge(), smoke(), tests()).messages()).hasSize(2); // subscription and status
        asked(merge())
                .effectsInclude(new StartTask(
                        "gate-0",
                        Assessment.MERGE_TASK,
                        new MergeCheck.Attempt(0, question(null).source(), SHA)));
    }
}
