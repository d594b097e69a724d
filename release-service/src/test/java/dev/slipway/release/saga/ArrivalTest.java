package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Arrival;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.messaging.Message;
import dev.slipway.release.saga.ReleaseState.Trouble;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** After production, what was published is looked for before a release is complete (ADR 57). */
final class ArrivalTest {
    private static final String OP = "user:op@example.test";

    private static Journey arriving() {
        return new Journey(Journey.published()).arriving();
    }

    private static List<Assess> asked(Journey journey) {
        return journey.messages()
                .map(Message::body)
                .filter(Assess.class::isInstance)
                .map(Assess.class::cast)
                .toList();
    }

    @Test
    void once_it_is_merged_what_was_published_is_asked_for_with_what_is_known_of_the_release_put_in() {
        Journey journey = arriving();

        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.MERGING);
        assertThat(asked(journey)).singleElement().satisfies(asked -> {
            assertThat(asked.stage()).isEqualTo(Stage.ARRIVAL);
            assertThat(asked.question()).hasToString("hello@1.0.0/assess-arrival/1");
            assertThat(asked.waivable()).isEmpty();
            Arrival page = Objects.requireNonNull(asked.gates().getFirst().arrival());
            assertThat(page.url()).isEqualTo("https://downloads.example.test/hello/1.0.0");
            assertThat(page.expected()).contains(asked.artifacts().getFirst().digest());
            assertThat(Objects.requireNonNull(asked.gates().getLast().arrival()).tag())
                    .isEqualTo("v1.0.0");
        });
    }

    @Test
    void it_is_complete_when_all_of_it_is_there() {
        Journey journey = arriving();
        journey.take(journey.assessed(Steps.ASSESS_ARRIVAL, Outcome.PENDING));
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.MERGING);

        journey.take(journey.assessed(Steps.ASSESS_ARRIVAL, Outcome.PASSED));

        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(journey.dossier().milestones().getLast().cause().text())
                .isEqualTo("It is in production, merged and tagged. What was published is where it has to be.");
    }

    @Test
    void what_is_not_found_or_is_something_else_takes_nothing_back_and_asks_for_an_operator() {
        for (Outcome outcome : List.of(Outcome.FAILED, Outcome.INCONCLUSIVE)) {
            Journey journey = arriving();

            journey.take(journey.assessed(Steps.ASSESS_ARRIVAL, outcome));

            assertThat(journey.dossier().state())
                    .isInstanceOfSatisfying(
                            ReleaseState.NeedsOperator.class,
                            needs -> assertThat(needs.trouble()).isEqualTo(Trouble.ARRIVING));
            assertThat(Advancing.why(journey.dossier()).text()).contains("Gate download: because");
            assertThat(journey.sent()).noneMatch(type -> type.contains("rollout"));
        }
    }

    @Test
    void a_retry_looks_again_as_a_question_of_its_own_and_an_answer_to_the_one_before_changes_nothing() {
        Journey journey = arriving();
        ReleaseInput first = journey.assessed(Steps.ASSESS_ARRIVAL, Outcome.INCONCLUSIVE);
        journey.take(first).take(new ReleaseInput.Retry(OP, "", null));

        assertThat(asked(journey))
                .singleElement()
                .satisfies(asked -> assertThat(asked.question()).hasToString("hello@1.0.0/assess-arrival/2"));
        journey.take(first);
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.MERGING);
        journey.take(journey.assessed(Steps.ASSESS_ARRIVAL, Outcome.PASSED));
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.COMPLETED);
    }

    @Test
    void an_operator_may_take_it_for_arrived_and_an_abort_looks_no_longer() {
        Journey resolved = arriving();
        resolved.take(resolved.assessed(Steps.ASSESS_ARRIVAL, Outcome.FAILED))
                .take(new ReleaseInput.Resolve(OP, "the mirror is late", null));
        assertThat(resolved.dossier().state().phase()).isEqualTo(ReleasePhase.COMPLETED);

        Journey aborted = arriving().take(new ReleaseInput.Abort(OP, "no time", null));
        assertThat(aborted.dossier().state().phase()).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(aborted.dossier().milestones().getLast().cause().text())
                .contains("what was published was not found before")
                .contains("no time");
    }

    @Test
    void nobody_who_answers_ends_it_with_an_operator_and_never_as_passed() {
        Journey journey = arriving().overdue();

        assertThat(journey.dossier().state())
                .isInstanceOfSatisfying(
                        ReleaseState.NeedsOperator.class,
                        needs -> assertThat(needs.trouble()).isEqualTo(Trouble.ARRIVING));
        journey.take(journey.assessed(Steps.ASSESS_ARRIVAL, Outcome.PASSED));
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.COMPLETED);
    }

    @Test
    void without_a_merge_it_is_looked_for_as_soon_as_production_keeps_the_version() {
        Policy published = Journey.published();
        List<Gate> gates = published.gates();
        Journey journey = new Journey(Journey.policy(2, gates, null)).merging();

        assertThat(asked(journey))
                .singleElement()
                .satisfies(asked -> assertThat(asked.stage()).isEqualTo(Stage.ARRIVAL));
        journey.take(journey.assessed(Steps.ASSESS_ARRIVAL, Outcome.PASSED));
        assertThat(journey.dossier().milestones().getLast().cause().text())
                .startsWith("It is in production; its policy asks for no merge.");
    }

    @Test
    void a_policy_without_such_gates_completes_with_the_merge_as_ever() {
        assertThat(new Journey().arriving().dossier().state().phase()).isEqualTo(ReleasePhase.COMPLETED);
    }

    @Test
    void the_plan_has_it_as_the_last_step_and_shows_that_the_release_is_in_it() {
        Journey journey = arriving();
        List<PlanView.Step> steps =
                ReleasePlan.of(journey.dossier(), journey.now()).steps();

        PlanView.Step last = steps.get(steps.size() - 2);
        assertThat(last.id()).isEqualTo("arrival");
        assertThat(last.progress()).isEqualTo(PlanView.Progress.NOW);
        assertThat(last.asked()).extracting(PlanView.Asked::name).containsExactly("download", "tag");
    }
}
