package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.PlanView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.messaging.Effect;
import dev.slipway.release.application.Freezes;
import dev.slipway.release.application.Hold;
import dev.slipway.release.policy.PolicyReader;
import dev.slipway.release.policy.PolicyReading;
import dev.slipway.release.wiring.Examples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A candidate waits until staging has had it for as long as its policy says. */
final class StayTest {
    private static final Instant NEXT_DAY = Journey.START.plus(Duration.ofHours(24));
    private static final String OPERATOR = "user:op@example.test";

    static Policy policy(String more) {
        String yaml = Examples.demoYaml()
                        .replace(
                                "  staging:    {target: {type: process, command: [java, -jar, \"{artifact}\"], portEnv: PORT, health: /health}}",
                                "  staging:    {target: {type: process, command: [java, -jar, \"{artifact}\"], portEnv: PORT, health: /health}, atLeast: 24h}")
                + more;
        PolicyReading reading = new PolicyReader(100_000).read(yaml.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).as(reading.toString()).isInstanceOf(PolicyReading.Accepted.class);
        Policy policy = ((PolicyReading.Accepted) reading).policy();
        assertThat(policy.environments().staging().atLeast()).isEqualTo(Duration.ofHours(24));
        return policy;
    }

    private static Journey candidate() {
        return new Journey(policy("")).candidate();
    }

    private static ReleaseState.Ahead ahead(Journey journey) {
        return ((ReleaseState.Candidate) journey.dossier().state()).ahead();
    }

    @Test
    void it_waits_with_a_timer_and_a_reason_and_nothing_is_looked_at_before() {
        Journey journey = candidate();

        assertThat(ahead(journey)).isEqualTo(ReleaseState.Ahead.STAYING);
        Waiting waiting = Objects.requireNonNull(Telling.waiting(journey.dossier()));
        assertThat(waiting.what()).isEqualTo("staging to have had it for 24 h");
        assertThat(waiting.until()).isEqualTo(NEXT_DAY);
        assertThat(journey.effects()).contains(Effect.startTimer(ReleaseSaga.DEADLINE, NEXT_DAY));
        assertThat(journey.sent()).doesNotContain(DeploymentTypes.PROVE_WAY_BACK);

        journey.after(Duration.ofHours(23)).take(new ReleaseInput.TimedOut());
        assertThat(ahead(journey)).as("a timer that fires early").isEqualTo(ReleaseState.Ahead.STAYING);
        journey.overdue();
        assertThat(ahead(journey)).isEqualTo(ReleaseState.Ahead.VERIFYING);
        assertThat(journey.sent()).contains(DeploymentTypes.PROVE_WAY_BACK);
    }

    @Test
    void nobody_makes_that_shorter() {
        Journey journey = candidate().after(Duration.ofHours(1));
        journey.take(new ReleaseInput.Promote(OPERATOR, "now", true, null));
        assertThat(journey.refusal()).isNotNull();
        journey.take(new ReleaseInput.Resume(OPERATOR, "now", null));
        assertThat(journey.refusal()).isNotNull();
        journey.take(journey.wayBack(true)).seen().take(new ReleaseInput.AskAgain());

        assertThat(ahead(journey)).isEqualTo(ReleaseState.Ahead.STAYING);
        journey.take(new ReleaseInput.Abort(OPERATOR, "no", null));
        assertThat(journey.dossier().state()).isEqualTo(new ReleaseState.Ended(ReleasePhase.ABORTED, "staging"));
    }

    @Test
    void people_may_answer_their_duties_meanwhile() {
        Journey journey = new Journey(
                        policy("duties: [{id: try-it, text: Try it, by: devops, before: production, within: 2h}]\n"))
                .candidate();
        journey.take(journey.answer("try-it", Examples.BEN, Result.PASSED));
        assertThat(journey.refusal()).isNull();
        assertThat(ahead(journey)).isEqualTo(ReleaseState.Ahead.STAYING);

        journey.overdue();
        assertThat(ahead(journey)).isEqualTo(ReleaseState.Ahead.VERIFYING);
        assertThat(Duties.awaited(journey.dossier())).isEmpty();
    }

    @Test
    void a_hold_and_a_freeze_come_first_and_the_time_in_staging_goes_on_meanwhile() {
        Journey held = candidate().held(Hold.Kind.HELD);
        assertThat(ahead(held)).isEqualTo(ReleaseState.Ahead.HELD);
        held.after(Duration.ofHours(20)).take(new ReleaseInput.Resume(OPERATOR, "it is another fault", null));
        assertThat(ahead(held)).isEqualTo(ReleaseState.Ahead.STAYING);
        assertThat(Objects.requireNonNull(held.dossier().state().waits()).until())
                .isEqualTo(NEXT_DAY);

        Journey frozen = new Journey(policy("")).confirmingStaging();
        frozen.take(new ReleaseInput.FreezesChanged(Journey.freezes())).candidateNow();
        assertThat(ahead(frozen)).isEqualTo(ReleaseState.Ahead.FROZEN);
        frozen.take(new ReleaseInput.FreezesChanged(new Freezes(List.of(), List.of())));
        assertThat(ahead(frozen)).isEqualTo(ReleaseState.Ahead.STAYING);
    }

    @Test
    void one_that_left_productions_queue_for_a_freeze_does_not_begin_its_time_again() {
        Journey journey = candidate().overdue();
        journey.take(journey.wayBack(true));
        journey.take(journey.assessed(Steps.ASSESS_CANDIDATE, Outcome.PASSED)).seen();
        assertThat(journey.dossier().state().phase()).isEqualTo(ReleasePhase.ROLLING_OUT);

        journey.take(new ReleaseInput.FreezesChanged(Journey.freezes()));
        journey.take(journey.rollout("production", Phase.NOT_ADMITTED));
        assertThat(ahead(journey)).isEqualTo(ReleaseState.Ahead.FROZEN);
        journey.take(new ReleaseInput.FreezesChanged(new Freezes(List.of(), List.of())));
        assertThat(ahead(journey)).isEqualTo(ReleaseState.Ahead.VERIFYING);
    }

    @Test
    void its_plan_has_it_as_a_step() {
        Journey before = new Journey(policy("")).staging();
        assertThat(ReleasePlan.of(before.dossier(), before.now()).steps())
                .filteredOn(step -> step.id().equals("stay"))
                .singleElement()
                .satisfies(step -> assertThat(step.text()).contains("for 24 h before it goes on;"));

        Journey journey = candidate();
        assertThat(ReleasePlan.of(journey.dossier(), journey.now()).steps().getFirst())
                .satisfies(step -> {
                    assertThat(step.id()).isEqualTo("stay");
                    assertThat(step.progress()).isEqualTo(PlanView.Progress.NOW);
                    assertThat(step.text()).contains("until 2026-01-06T10:00:00Z");
                });
    }
}
