package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.policy.Configuration;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.application.Launch;
import dev.slipway.release.application.Moved;
import dev.slipway.release.application.Verified;
import dev.slipway.release.wiring.Examples;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A release of a configuration alone, along its way: like any other, but for what only a revision needs. */
final class ConfigurationReleaseTest {
    private static final List<SettingChange> CHANGES =
            List.of(new SettingChange("env.GREETING", "\"hello\"", "\"hi\""));
    private static final List<String> ALL_PASSED =
            Steps.preRelease(Journey.demo()).stream().map(Steps::mark).toList();

    private final Journey journey = new Journey();

    private Journey launched(List<String> passed) {
        Launch plain = journey.launch(null);
        Launch.Configured configured =
                new Launch.Configured(new ReleaseId("hello@0.9.0"), "admin@example.test", passed);
        return journey.take(new ReleaseInput.Launched(new Launch(
                plain.id(),
                plain.ordinal(),
                Examples.proposal("0.9.0+config.2"),
                "op@example.test",
                plain.policy(),
                plain.policyHash(),
                plain.at(),
                null,
                null,
                null,
                1,
                configured,
                CHANGES,
                null)));
    }

    private Journey rollingOut() {
        return launched(ALL_PASSED)
                .take(journey.approve(Examples.ADA))
                .take(journey.approve(Examples.BEN))
                .take(journey.rollout("staging", Phase.FULL))
                .take(journey.assessed(Steps.ASSESS_STAGING, Outcome.PASSED))
                .take(journey.rollout("staging", Phase.VERIFIED))
                .take(journey.wayBack(true));
    }

    private ReleasePhase phase() {
        return journey.dossier().state().phase();
    }

    private <T> T sent(Class<T> type) {
        return journey.messages()
                .map(Message::body)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void git_is_not_asked_and_what_the_revision_has_passed_stands() {
        launched(ALL_PASSED);

        assertThat(phase()).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
        assertThat(journey.effects()).noneMatch(Effect.StartTask.class::isInstance);
        assertThat(Telling.gates(journey.dossier()))
                .extracting(GateVerdict::gate, GateVerdict::verdict, GateVerdict::observed)
                .contains(tuple(
                        "unit-tests",
                        GateVerdict.Verdict.PASSED,
                        "passed as hello@0.9.0, of the same revision and artifacts"));
        assertThat(Telling.gates(journey.dossier()))
                .extracting(GateVerdict::gate)
                .doesNotContain("merge");
        Milestone proposed = journey.dossier().milestones().getFirst();
        assertThat(proposed.cause().text())
                .isEqualTo(
                        "Another configuration of 0.9.0 was proposed: env.GREETING. Its artifacts and its revision are those of hello@0.9.0, so nothing is merged or tagged.");
    }

    @Test
    void a_gate_that_the_policy_has_anew_is_asked_and_one_whose_rule_changed_too() {
        launched(ALL_PASSED.subList(1, ALL_PASSED.size()));

        assertThat(phase()).isEqualTo(ReleasePhase.VALIDATING);
        assertThat(sent(Assess.class).gates()).extracting(Gate::id).containsExactly("unit-tests");
        journey.take(journey.assessed(Steps.ASSESS_PRE_RELEASE, Outcome.PASSED));
        assertThat(phase()).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
    }

    @Test
    void where_it_is_not_known_what_was_passed_all_is_asked_but_the_merge() {
        launched(List.of());

        assertThat(sent(Assess.class).gates())
                .extracting(Gate::id)
                .containsExactly("unit-tests", "check-build", "check-unit-tests");
    }

    @Test
    void who_changed_the_policy_and_who_asked_for_it_do_not_approve_it() {
        launched(ALL_PASSED);

        journey.take(journey.approve("admin@example.test"));
        assertThat(Objects.requireNonNull(journey.refusal()).code()).isEqualTo("own-change");
        journey.take(journey.approve("op@example.test"));
        assertThat(Objects.requireNonNull(journey.refusal()).code()).isEqualTo("own-change");
        journey.take(journey.approve(Examples.ADA)).take(journey.approve(Examples.BEN));
        assertThat(phase()).isEqualTo(ReleasePhase.STAGING);
        assertThat(sent(StartRollout.class).version()).isEqualTo("0.9.0+config.2");
    }

    @Test
    void it_goes_to_production_by_the_steps_of_any_release_with_its_configuration_pinned() {
        rollingOut();

        assertThat(phase()).isEqualTo(ReleasePhase.ROLLING_OUT);
        Policy.Environments.Production production =
                Journey.demo().environments().production();
        StartRollout start = sent(StartRollout.class);
        assertThat(start.steps()).isEqualTo(production.steps());
        assertThat(start.canary()).isEqualTo(production.canary());
        assertThat(start.keptOnly()).isFalse();
        assertThat(start.configuration()).isEqualTo(Configuration.digest(production.target()));
    }

    @Test
    void once_it_is_verified_nothing_is_merged_or_tagged_and_that_is_said() {
        rollingOut()
                .take(journey.rollout("production", Phase.STEPPING))
                .take(journey.rollout("production", Phase.BAKING))
                .take(journey.rollout("production", Phase.FULL))
                .take(journey.rollout("production", Phase.VERIFIED));

        assertThat(phase()).isEqualTo(ReleasePhase.COMPLETED);
        assertThat(journey.effects()).noneMatch(Effect.StartTask.class::isInstance);
        assertThat(journey.dossier().milestones().getLast().cause().text())
                .isEqualTo("Production runs 0.9.0 with this configuration. Nothing was to be merged or tagged.");
        Verified verified = Objects.requireNonNull(sent(Moved.class).verified());
        assertThat(verified.version()).isEqualTo("0.9.0+config.2");
        assertThat(verified.passed()).isEqualTo(ALL_PASSED);
    }

    @Test
    void a_worse_one_goes_back_and_what_comes_next_is_no_higher_version() {
        rollingOut()
                .take(journey.rollout("production", Phase.STEPPING))
                .take(journey.rollout("production", Phase.RESTORED));

        assertThat(phase()).isEqualTo(ReleasePhase.ROLLED_BACK);
        assertThat(Telling.next(journey.dossier()))
                .contains("./slipway release create --config-only --application hello")
                .doesNotContain("higher");
    }

    @Test
    void a_push_takes_nothing_from_it_as_it_brings_no_revision() {
        launched(ALL_PASSED);
        journey.take(new ReleaseInput.Superseded(null, new Sha("9".repeat(40)), List.of("production"), false));

        assertThat(phase()).isEqualTo(ReleasePhase.AWAITING_APPROVAL);
    }

    @Test
    void what_is_stored_of_it_is_read_back() {
        Dossier stored = launched(ALL_PASSED).dossier();

        assertThat(MessagingJson.mapper().readValue(MessagingJson.mapper().writeValueAsString(stored), Dossier.class))
                .isEqualTo(stored);
    }
}
