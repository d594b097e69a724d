package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Environments.CONTACTS;
import static dev.slipway.deployment.environment.Environments.cared;
import static dev.slipway.deployment.environment.Walk.back;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.production;
import static dev.slipway.deployment.environment.Walk.verified;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.Health;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.IncidentStatus.Kind;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.policy.Configuration;
import dev.slipway.contracts.policy.EnvValue;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.policy.WhenBad;
import dev.slipway.deployment.environment.EnvironmentInput.Compared;
import dev.slipway.deployment.environment.EnvironmentInput.ProcessGone;
import dev.slipway.deployment.environment.EnvironmentInput.Restored;
import dev.slipway.deployment.environment.EnvironmentInput.Started;
import dev.slipway.messaging.MessagingJson;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A snapshot is artifacts and configuration, and what is changed of them behind Slipway's back is told. */
class ConfigurationsTest {
    private static final String FIRST = "hello@1.0.0/production/1";
    private static final List<SettingChange> SECRET =
            List.of(new SettingChange("secret db", "fingerprint a1b2", "fingerprint c3d4"));

    private static Target greeting(String text) {
        return new Target(
                "process",
                List.of("java", "-jar", "{artifact}"),
                "PORT",
                "/health",
                false,
                null,
                Map.of(),
                Map.of("GREETING", EnvValue.of(text), "DB", EnvValue.secretNamed("db")),
                null,
                null,
                null,
                null,
                null);
    }

    /** The artifact of 1.0.0 with this configuration. */
    private static Plan configured(String version, long ordinal, Target target) {
        Plan plan = plan(version, ordinal);
        return new Plan(
                plan.question(),
                ordinal,
                version,
                plan("1.0.0", 1).artifact(),
                target,
                plan.strategy(),
                plan.steps(),
                plan.canary(),
                plan.warmUpRequests(),
                plan.startWithin(),
                false,
                plan.bake(),
                0,
                plan.front(),
                new Care(CONTACTS, WhenBad.ALERT),
                null,
                List.of(),
                Configuration.digest(target),
                List.of(),
                null,
                null,
                false);
    }

    private static Plan backTo(Target target, long ordinal) {
        Plan plan = back("1.0.0", ordinal);
        return new Plan(
                plan.question(),
                ordinal,
                "1.0.0",
                plan.artifact(),
                target,
                plan.strategy(),
                plan.steps(),
                plan.canary(),
                plan.warmUpRequests(),
                plan.startWithin(),
                true,
                plan.bake(),
                0,
                plan.front(),
                plan.care(),
                null,
                List.of(),
                Configuration.digest(target),
                List.of(),
                null,
                null,
                false);
    }

    private static Walk twice() {
        Walk walk = verified(production(), configured("1.0.0", 1, greeting("hello")));
        return verified(walk, configured("1.0.0+config.2", 2, greeting("hi")));
    }

    private static Instance with(String secret) {
        return new Instance(URI.create("http://127.0.0.1:9001"), "pid 1", Map.of("db", secret));
    }

    @Test
    void the_same_artifact_with_another_configuration_is_another_snapshot() {
        Walk walk = twice();

        assertThat(walk.environment.snapshots())
                .extracting(Snapshot::version)
                .containsExactly("1.0.0+config.2", "1.0.0");
        assertThat(walk.environment.snapshots())
                .extracting(Snapshot::target)
                .containsExactly(greeting("hi"), greeting("hello"));
        EnvironmentView view = Views.of(walk.environment, walk.now);
        assertThat(view.kept())
                .extracting(EnvironmentView.Verified::configuration)
                .containsExactly(Configuration.digest(greeting("hi")), Configuration.digest(greeting("hello")));
        assertThat(view.running().getFirst().configuration()).isEqualTo(Configuration.digest(greeting("hi")));
    }

    @Test
    void what_is_stored_of_it_is_read_back_and_what_was_stored_before_there_was_a_digest_too() {
        Environment stored = twice().environment;
        String json = MessagingJson.mapper().writeValueAsString(stored);

        assertThat(MessagingJson.mapper().readValue(json, Environment.class)).isEqualTo(stored);
        Snapshot older = Objects.requireNonNull(
                verified(production(), plan("1.0.0", 1)).environment.verified());
        assertThat(MessagingJson.mapper().writeValueAsString(older)).doesNotContain("configuration", "secrets");
    }

    @Test
    void the_command_brings_the_digest_into_the_plan() {
        Plan plan = configured("1.0.0", 1, greeting("hello"));
        StartRollout asked = new StartRollout(
                plan.question(),
                production().environment.id(),
                1,
                plan.version(),
                plan.artifact(),
                plan.target(),
                plan.strategy(),
                plan.steps(),
                plan.canary(),
                plan.warmUpRequests(),
                plan.startWithin(),
                false,
                plan.bake(),
                plan.front(),
                null,
                WhenBad.ALERT,
                CONTACTS,
                List.of(),
                Configuration.digest(plan.target()),
                List.of(),
                null,
                null,
                false);

        assertThat(Plan.of(asked).configuration()).isEqualTo(Configuration.digest(greeting("hello")));
    }

    @Test
    void a_way_back_by_command_starts_the_old_artifact_with_its_old_configuration() {
        Walk walk = twice().start(backTo(greeting("hello"), 3));

        assertThat(walk.status().phase()).isEqualTo(Phase.STARTING);
        assertThat(walk.active().plan().target()).isEqualTo(greeting("hello"));
        walk.started().warm();
        for (int passed = 0; !walk.state().equals("FULL"); passed++) {
            walk.judged(passed);
        }
        walk.confirm();
        assertThat(walk.environment.snapshots())
                .extracting(Snapshot::version)
                .as("it takes the place of the snapshot that it went back to, and of no other")
                .containsExactly("1.0.0", "1.0.0+config.2");
    }

    @Test
    void a_configuration_of_which_no_snapshot_is_kept_is_not_gone_back_to_though_the_artifact_is() {
        Walk walk = twice().start(backTo(greeting("moin"), 3));

        assertThat(walk.status().phase()).isEqualTo(Phase.NOT_ADMITTED);
        assertThat(Objects.requireNonNull(walk.status().cause()).text())
                .contains("keeps no snapshot of 1.0.0 with its configuration");
    }

    @Test
    void a_rollout_that_goes_back_restores_the_configuration_before() {
        Walk walk = verified(production(), configured("1.0.0", 1, greeting("hello")))
                .start(configured("1.0.0+config.2", 2, greeting("hi")))
                .started()
                .warm()
                .worse();
        assertThat(walk.state()).isEqualTo("RESTORING");
        Work.Start restored = Work.Start.of(Objects.requireNonNull(walk.environment.verified()));

        assertThat(restored.target()).isEqualTo(greeting("hello"));
    }

    @Test
    void a_restored_version_says_which_of_its_secrets_has_another_value_by_now() {
        Walk walk = production().start(configured("1.0.0", 1, greeting("hello")));
        walk.when(new Started(FIRST, with("a1b2"))).warm();
        for (int passed = 0; !walk.state().equals("FULL"); passed++) {
            walk.judged(passed);
        }
        walk.confirm().start(configured("1.0.0+config.2", 2, greeting("hi")));
        walk.when(new Started(walk.active().key(), with("c3d4")));
        assertThat(walk.active().notes())
                .contains("otherwise than in 1.0.0: secret db: fingerprint a1b2 -> fingerprint c3d4");

        walk.warm().worse().when(new Restored(walk.active().key(), with("c3d4")));
        assertThat(walk.status().phase()).isEqualTo(Phase.RESTORED);
        assertThat(walk.status().notes())
                .contains(
                        "1.0.0 is back with its configuration, but for secrets that were changed since, whose old values nobody keeps: secret db: fingerprint a1b2 -> fingerprint c3d4");
    }

    @Test
    void what_is_changed_behind_slipways_back_is_told_to_the_contacts_once_and_shown_and_nothing_is_started() {
        Walk walk = verified(production(), cared(WhenBad.ROLL_BACK, plan("1.0.0", 1)));
        walk.when(new Compared(FIRST, SECRET));

        IncidentStatus begun = walk.sent(IncidentStatus.class).getFirst();
        assertThat(begun.kind()).isEqualTo(Kind.CHANGED);
        assertThat(begun.changes()).isEqualTo(SECRET);
        assertThat(begun.contacts()).isEqualTo(CONTACTS);
        assertThat(begun.goesBack()).isFalse();
        assertThat(begun.why().remedy()).contains("./slipway release create --config-only --application hello");
        assertThat(walk.tasks()).isEmpty();
        assertThat(walk.when(new Compared(FIRST, SECRET)).last.effects()).isEmpty();

        EnvironmentView.Running shown =
                Views.of(walk.environment, walk.now).running().getFirst();
        assertThat(shown.health()).isEqualTo(Health.UP);
        assertThat(shown.incident()).as("it is well").isNull();
        assertThat(Objects.requireNonNull(shown.changed()).changes()).isEqualTo(SECRET);
        assertThat(walk.environment.asVerified().orElseThrow().known()).isEqualTo(SECRET);

        walk.when(new Compared(FIRST, List.of()));
        assertThat(walk.sent(IncidentStatus.class).getFirst().ending())
                .isEqualTo("what it was started with and what is there agree again");
        assertThat(walk.environment.asVerified().orElseThrow().known()).isEmpty();
    }

    @Test
    void it_is_over_when_another_version_serves_and_the_number_is_never_given_again() {
        Walk walk = verified(production(), cared(WhenBad.ALERT, plan("1.0.0", 1)));
        walk.when(new Compared(FIRST, SECRET)).when(new ProcessGone(FIRST, Trouble.of("killed")));
        List<IncidentStatus> told = walk.sent(IncidentStatus.class);
        assertThat(told).extracting(IncidentStatus::number).containsExactly(2);

        walk.start(cared(WhenBad.ALERT, plan("1.1.0", 2))).started().warm();
        for (int passed = 0; !walk.state().equals("FULL"); passed++) {
            walk.judged(passed);
        }
        walk.confirm();
        assertThat(walk.sent(IncidentStatus.class))
                .extracting(IncidentStatus::number, IncidentStatus::ending)
                .containsExactlyInAnyOrder(
                        tuple(1, "1.1.0 serves instead of it"), tuple(2, "1.1.0 serves instead of it"));
    }

    @Test
    void of_a_version_that_serves_no_more_or_is_on_its_way_nothing_is_told() {
        Walk walk = verified(production(), cared(WhenBad.ALERT, plan("1.0.0", 1)));

        assertThat(walk.when(new Compared("hello@0.9.0/production/1", SECRET))
                        .last
                        .effects())
                .isEmpty();
    }
}
