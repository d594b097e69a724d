package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.application.Hold;
import dev.slipway.release.saga.ReleaseInput.Abort;
import dev.slipway.release.saga.ReleaseInput.Pause;
import dev.slipway.release.saga.ReleaseInput.Promote;
import dev.slipway.release.saga.ReleaseInput.Resolve;
import dev.slipway.release.saga.ReleaseInput.Resume;
import dev.slipway.release.saga.ReleaseInput.Retry;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a person is told who asks something of a release. */
final class SteeringAnswersTest {
    private static final String OP = "user:op@example.test";

    private static ReleasePhase phase(Journey journey) {
        return journey.dossier().state().phase();
    }

    private static String answer(Journey journey, boolean done) {
        assertThat(journey.refusal()).isNull();
        Dossier.Note note = journey.dossier().notes().getLast();
        assertThat(note.done()).as(note.answer()).isEqualTo(done);
        return Objects.requireNonNull(note.answer());
    }

    private static String refusal(Journey journey) {
        Refusal refusal = journey.refusal();
        return refusal == null ? "" : refusal.detail();
    }

    private static final List<Supplier<Journey>> NOT_ENDED = List.of(
            () -> new Journey().proposed(),
            () -> new Journey().validating(),
            () -> new Journey().awaitingApproval(),
            () -> new Journey().staging(),
            () -> new Journey().confirmingStaging(),
            () -> new Journey().candidate(),
            () -> new Journey().rollingOut(),
            () -> new Journey().stepping(),
            () -> new Journey().rollback(),
            () -> new Journey().baking(),
            () -> new Journey().merging(),
            () -> new Journey().restoring(),
            () -> new Journey().rollingBack(),
            () -> new Journey().needsOperatorForStaging(),
            () -> new Journey().needsOperatorForProduction(),
            () -> new Journey().nothingToRestore(),
            () -> new Journey().needsOperatorForConfirming(),
            () -> new Journey().needsOperatorForMerging());

    @Test
    void abort_is_taken_in_every_state_that_is_no_end_and_says_what_it_does() {
        for (Supplier<Journey> each : NOT_ENDED) {
            Journey journey = each.get().take(new Abort(OP, "enough", null));

            assertThat(journey.refusal()).isNull();
            assertThat(journey.dossier().notes().getLast().answer()).isNotBlank();
        }
    }

    @Test
    void abort_changes_nothing_where_an_environment_goes_back_already_and_says_so() {
        for (Journey journey : List.of(new Journey().rollingBack(), new Journey().restoring())) {
            ReleaseState before = journey.dossier().state();
            var cause = journey.dossier().cause();

            journey.take(new Abort(OP, "enough", null));

            assertThat(answer(journey, false)).contains("changes nothing", "goes back already");
            assertThat(journey.dossier().state()).isEqualTo(before);
            assertThat(journey.dossier().cause()).isEqualTo(cause);
        }
    }

    @Test
    void abort_while_merging_names_the_way_back() {
        Journey journey = new Journey().merging().take(new Abort(OP, "enough", null));

        assertThat(answer(journey, true)).contains("./slipway app rollback hello --reason WHY");
        assertThat(phase(journey)).isEqualTo(ReleasePhase.COMPLETED);
    }

    @Test
    void abort_of_a_staging_that_does_not_answer_asks_it_once_more() {
        Journey journey = new Journey().needsOperatorForStaging().take(new Abort(OP, "", null));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.RESTORING);
        assertThat(journey.sent()).contains(DeploymentTypes.ROLL_BACK);

        journey.take(journey.rollout("staging", Phase.RESTORED));

        assertThat(phase(journey)).isEqualTo(ReleasePhase.ABORTED);
    }

    @Test
    void pause_needs_a_share_to_keep() {
        assertThat(refusal(new Journey().rollingOut().take(new Pause(OP, "", null))))
                .contains("no share of production yet");
        Journey stepping = new Journey().stepping().take(new Pause(OP, "", null));
        assertThat(answer(stepping, true)).contains("stay at 10 %", "release resume hello@1.0.0");

        stepping.take(stepping.rollout("production", Phase.STEPPING, null, true))
                .take(new Pause(OP, "", null));

        assertThat(answer(stepping, false)).isEqualTo("It is paused already.");
        assertThat(stepping.sent()).doesNotContain(DeploymentTypes.PAUSE);
    }

    @Test
    void resume_of_what_is_not_paused_is_in_vain() {
        Journey journey = new Journey().stepping().take(new Resume(OP, "", null));

        assertThat(answer(journey, false)).isEqualTo("It is not paused.");
        assertThat(journey.sent()).doesNotContain(DeploymentTypes.RESUME);
        assertThat(refusal(new Journey().validating().take(new Resume(OP, "", null))))
                .contains("VALIDATING, where resume is not possible");
    }

    @Test
    void promote_goes_one_step_or_all_the_way_once_the_version_runs() {
        assertThat(refusal(new Journey().rollingOut().take(new Promote(OP, "", false, null))))
                .contains("does not run in production yet");

        Journey step = new Journey().stepping().take(new Promote(OP, "", false, null));
        assertThat(answer(step, true)).isEqualTo("Production is asked for the step after 1 of 4.");
        Journey full = new Journey().stepping().take(new Promote(OP, "", true, null));
        assertThat(answer(full, true)).contains("all traffic");
        assertThat(full.messages()
                        .filter(message -> message.type().equals(DeploymentTypes.PROMOTE))
                        .map(message -> message.body().toString()))
                .singleElement()
                .asString()
                .contains("full=true");
    }

    @Test
    void the_bake_can_be_paused_resumed_and_ended() {
        Journey paused = new Journey().baking().take(new Pause(OP, "", null));
        assertThat(answer(paused, true)).contains("stay at 95 %");
        assertThat(paused.sent()).contains(DeploymentTypes.PAUSE);
        paused.take(paused.rollout("production", Phase.BAKING, null, true)).take(new Resume(OP, "", null));
        assertThat(paused.sent()).contains(DeploymentTypes.RESUME);

        Journey promoted = new Journey().baking().take(new Promote(OP, "", false, null));
        assertThat(answer(promoted, true)).contains("end the bake now");
        assertThat(promoted.sent()).contains(DeploymentTypes.PROMOTE);
        assertThat(refusal(new Journey().confirmingProduction().take(new Promote(OP, "", false, null))))
                .contains("Possible: abort");
    }

    @Test
    void a_rollout_that_a_person_paused_is_told_again_and_never_rolled_back_for_its_age() {
        Journey journey = new Journey().stepping();
        journey.take(journey.rollout("production", Phase.STEPPING, null, true));
        int told = journey.dossier().milestones().size();

        journey.overdue().overdue();

        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLING_OUT);
        assertThat(journey.dossier().milestones()).hasSize(told + 2);
    }

    @Test
    void a_resolved_release_asks_its_environment_on_until_that_lets_go() {
        Journey journey = new Journey().needsOperatorForProduction().take(new Resolve(OP, "by hand", null));
        ReleaseSaga saga = new ReleaseSaga(dev.slipway.release.wiring.Examples.SAGA_LIMITS);
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLED_BACK);
        assertThat(answer(journey, true)).contains("still asked to let go");
        assertThat(journey.told().take(new ReleaseInput.AskAgain()).sent()).contains(DeploymentTypes.ROLL_BACK);
        assertThat(saga.finished(journey.dossier())).isFalse();

        journey.take(journey.rollout("production", Phase.RESTORED));
        assertThat(saga.finished(journey.dossier()))
                .as("staging has verified it, and is to leave it as well")
                .isFalse();
        journey.take(journey.rollout("staging", Phase.UNKNOWN));

        assertThat(saga.finished(journey.dossier())).isTrue();
        assertThat(phase(journey)).isEqualTo(ReleasePhase.ROLLED_BACK);
    }

    @Test
    void a_release_resolved_as_confirmed_still_has_production_confirm_it() {
        Journey journey = new Journey().needsOperatorForConfirming().take(new Resolve(OP, "looked", null));
        assertThat(phase(journey)).isEqualTo(ReleasePhase.MERGING);
        assertThat(journey.take(new ReleaseInput.AskAgain()).sent()).contains(DeploymentTypes.CONFIRM_VERIFIED);

        journey.take(journey.rollout("production", Phase.VERIFIED)).take(new ReleaseInput.AskAgain());
        assertThat(journey.sent()).doesNotContain(DeploymentTypes.CONFIRM_VERIFIED);

        Journey back = new Journey().needsOperatorForConfirming().take(new Resolve(OP, "looked", null));
        back.take(back.rollout("production", Phase.RESTORED));
        assertThat(phase(back)).isEqualTo(ReleasePhase.ROLLED_BACK);
    }

    @Test
    void retry_where_nothing_can_be_tried_again_says_what_to_do() {
        assertThat(refusal(new Journey().nothingToRestore().take(new Retry(OP, "", null))))
                .contains("nothing to go back to", "Possible: resolve, abort");
    }

    @Test
    void what_has_ended_names_the_rollback() {
        assertThat(refusal(new Journey().completed().take(new Abort(OP, "", null))))
                .contains("./slipway app rollback hello --reason WHY");
    }

    @Test
    void a_hold_after_a_rollback_is_lifted_by_a_person_in_every_state_before_production() {
        for (Journey journey : List.of(
                new Journey().proposed(),
                new Journey().validating(),
                new Journey().awaitingApproval(),
                new Journey().staging(),
                new Journey().candidate())) {
            journey.held(Hold.Kind.HELD).take(new Resume(OP, "looked", null));

            assertThat(answer(journey, true)).contains("held no longer");
            assertThat(journey.dossier().hold()).isNull();
        }
    }
}
