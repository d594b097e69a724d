package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.Leaving;
import dev.slipway.contracts.deployment.Leaving.State;
import dev.slipway.contracts.deployment.RolloutCommand;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.messaging.Message;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A release that staging has verified and that does not complete: staging goes back to what production runs. */
final class LeavingStagingTest {
    private static final String OP = "user:op@example.test";

    private static Journey rolledBack() {
        Journey journey = new Journey().rollingBack();
        return journey.take(journey.rollout("production", Phase.RESTORED));
    }

    private static Journey abortedCandidate() {
        return endedAtOnce(new Journey().candidate().take(new ReleaseInput.Abort(OP, "not today", null)));
    }

    private static Journey rejectedCandidate() {
        Journey journey = new Journey().candidate();
        return endedAtOnce(journey.take(journey.assessed(Steps.ASSESS_CANDIDATE, Outcome.FAILED)));
    }

    private static Journey endedAtOnce(Journey journey) {
        return journey.take(journey.rollout("staging", Phase.VERIFIED));
    }

    private static Journey hears(Journey journey, State state, String text) {
        RolloutStatus before = journey.dossier().rollout("staging").orElseThrow();
        Leaving leaving =
                new Leaving(state, "0.9.0", text, Journey.START, "It is worse.", "service:release-service", 1);
        long version = state == State.GOING || state == State.WAITING ? 1_001 : 1_002;
        return journey.take(new ReleaseInput.RolloutChanged(
                "deployment-service/environment/hello/staging",
                version,
                before.leaving(leaving, 0, null, Journey.OLD, "0.9.0")));
    }

    private static @Nullable String lettingGo(Journey journey) {
        return ((ReleaseState.Ended) journey.dossier().state()).lettingGo();
    }

    private static List<RolloutCommand> asked(Journey journey) {
        return journey.messages()
                .filter(message -> message.type().equals(DeploymentTypes.ROLL_BACK))
                .map(Message::body)
                .map(RolloutCommand.class::cast)
                .filter(command -> !command.environment().isProduction())
                .toList();
    }

    @Test
    void after_every_end_that_is_no_completion_staging_is_asked_to_leave_what_it_verified() {
        Map<ReleasePhase, Supplier<Journey>> ends = Map.of(
                ReleasePhase.ROLLED_BACK, LeavingStagingTest::rolledBack,
                ReleasePhase.ABORTED, LeavingStagingTest::abortedCandidate,
                ReleasePhase.REJECTED, LeavingStagingTest::rejectedCandidate);
        ends.forEach((end, way) -> {
            Journey journey = way.get();

            assertThat(journey.dossier().state().phase()).isEqualTo(end);
            assertThat(lettingGo(journey)).as("%s", end).isEqualTo("staging");
            assertThat(journey.take(new ReleaseInput.AskAgain())
                            .messages()
                            .filter(message -> message.type().equals(DeploymentTypes.ROLL_BACK)))
                    .as("asked until it is answered")
                    .hasSize(1);
        });
    }

    @Test
    void the_end_that_people_wait_for_comes_first_and_the_command_says_why_who_and_what_production_runs() {
        Journey journey = rolledBack();

        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.ROLLED_BACK);
        assertThat(asked(journey))
                .singleElement()
                .isEqualTo(new RolloutCommand(
                        journey.dossier().question("staging"),
                        journey.dossier().environment("staging"),
                        "It is worse.",
                        "service:release-service",
                        false,
                        Journey.OLD));
        assertThat(Telling.next(journey.dossier())).endsWith("; staging is asked to go back to what production runs");
    }

    @Test
    void the_release_says_what_staging_does_and_rests_once_it_has_done_it() {
        Journey journey = hears(rolledBack(), State.GOING, "goes back to 0.9.0, which is being started");
        assertThat(lettingGo(journey)).isEqualTo("staging");
        assertThat(Telling.next(journey.dossier())).endsWith("; staging goes back to 0.9.0, which is being started");

        hears(journey, State.GONE, "went back to 0.9.0 of hello@0.9.0");
        assertThat(lettingGo(journey)).isNull();
        assertThat(Telling.next(journey.dossier())).endsWith("; staging went back to 0.9.0 of hello@0.9.0");
        assertThat(asked(journey.take(new ReleaseInput.AskAgain()))).isEmpty();
        assertThat(Consequences.finished(journey.told().dossier())).isTrue();
    }

    @Test
    void a_version_that_stays_is_told_with_the_reason() {
        Journey journey = hears(rolledBack(), State.STAYS, "keeps 1.0.0: nothing was verified there before it");

        assertThat(lettingGo(journey)).isNull();
        assertThat(Telling.next(journey.dossier()))
                .endsWith("; staging keeps 1.0.0: nothing was verified there before it");
    }

    @Test
    void it_does_not_rest_before_staging_has_answered_for_good() {
        Journey journey = hears(rolledBack(), State.WAITING, "goes back later").told();

        assertThat(Consequences.finished(journey.dossier())).isFalse();
        assertThat(asked(journey.take(new ReleaseInput.AskAgain()))).hasSize(1);
    }

    @Test
    void staging_that_knows_nothing_of_it_any_more_is_asked_no_longer() {
        Journey journey = rolledBack();
        journey.take(journey.rollout("staging", Phase.UNKNOWN));

        assertThat(lettingGo(journey)).isNull();
        assertThat(Telling.next(journey.dossier())).endsWith("; staging knows nothing of it any more");
    }

    @Test
    void restoring_says_what_it_waits_for_and_what_the_version_before_answered_last() {
        Journey journey = new Journey().restoring();
        assertThat(waitsFor(journey)).isEqualTo("staging to go back to the version before, which has not answered yet");

        RolloutStatus before = journey.dossier().rollout("staging").orElseThrow();
        RolloutStatus tried = new RolloutStatus(
                before.question(),
                before.environment(),
                Phase.RESTORING,
                0,
                1,
                1,
                true,
                null,
                before.cause(),
                null,
                null,
                null,
                List.of("smoke failed", "not restored after 3 attempts: GET /health answered 503"));
        journey.take(new ReleaseInput.RolloutChanged("deployment-service/environment/hello/staging", 1_000, tried));
        assertThat(waitsFor(journey))
                .isEqualTo("staging to go back to the version before; not restored after 3 attempts:"
                        + " GET /health answered 503");
    }

    private static String waitsFor(Journey journey) {
        return Objects.requireNonNull(Telling.waiting(journey.dossier())).what();
    }

    @Test
    void a_completed_release_and_one_that_staging_never_verified_ask_for_nothing() {
        assertThat(lettingGo(new Journey().completed())).isNull();
        Journey restored = new Journey().restoring();
        assertThat(lettingGo(restored.take(restored.rollout("staging", Phase.RESTORED))))
                .isNull();
    }
}
