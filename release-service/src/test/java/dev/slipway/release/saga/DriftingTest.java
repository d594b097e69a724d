package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.policy.Drift;
import dev.slipway.contracts.policy.Drift.Found;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.messaging.Message;
import dev.slipway.release.application.Launch;
import dev.slipway.release.application.Moved;
import dev.slipway.release.application.Verified;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is put into the question of the check settings, and what is kept of a release for the next one. */
final class DriftingTest {
    private static final ReleaseId LAST = new ReleaseId("hello@0.9.0");
    private static final SettingChange GREETING = new SettingChange("env.GREETING", "\"hello\"", "\"hi\"");
    private static final SettingChange BEHIND = new SettingChange("secret db", "fingerprint 111", "fingerprint 222");
    private static final Gate MERGE = gate("merge", Stage.MERGE, "merge");
    private static final Gate SETTINGS = gate("settings", Stage.STAGING, Gate.SETTINGS);
    private static final Map<String, String> TOLD =
            Map.of("fingerprint.db", "bbb", "fingerprint.mail", "ccc", "port", "1");

    private static Gate gate(String id, Stage stage, String check) {
        return new Gate(id, "", stage, null, null, List.of(), null, check, List.of(), Duration.ofMinutes(30));
    }

    private static Policy policy(Gate... gates) {
        ObjectNode policy = WireJson.mapper().valueToTree(Journey.policy(2, List.of(gates), null));
        ((ObjectNode) policy.at("/environments/staging/target")).set("env", env("{\"DB\": {\"secret\": \"mail\"}}"));
        ((ObjectNode) policy.at("/environments/production/target")).set("env", env("{\"DB\": {\"secret\": \"db\"}}"));
        return WireJson.mapper().treeToValue(policy, Policy.class);
    }

    private static JsonNode env(String json) {
        return WireJson.mapper().readTree(json);
    }

    private static Journey launched(Policy policy, Launch.@Nullable Before before, SettingChange... changes) {
        Journey journey = new Journey(policy);
        Launch plain = journey.launch(null);
        Launch launch = new Launch(
                plain.id(),
                plain.ordinal(),
                plain.proposal(),
                plain.publisher(),
                plain.policy(),
                plain.policyHash(),
                plain.at(),
                null,
                null,
                null,
                1,
                null,
                List.of(changes),
                null,
                before);
        return journey.take(new ReleaseInput.Launched(launch));
    }

    /** Staging runs it, and its machine has told. */
    private static Journey told(Journey journey, Map<String, String> told) {
        ReleaseInput.RolloutChanged changed = (ReleaseInput.RolloutChanged) journey.rollout("staging", Phase.FULL);
        ObjectNode status = WireJson.mapper().valueToTree(changed.status());
        status.set("placeholders", WireJson.mapper().valueToTree(told));
        return journey.take(new ReleaseInput.RolloutChanged(
                changed.source(), changed.version(), WireJson.mapper().treeToValue(status, RolloutStatus.class)));
    }

    private static Drift asked(Journey journey) {
        return Objects.requireNonNull(last(journey, Assess.class).drift());
    }

    private static <T> T last(Journey journey, Class<T> body) {
        return journey.messages()
                .map(Message::body)
                .filter(body::isInstance)
                .map(body::cast)
                .reduce((_, latest) -> latest)
                .orElseThrow();
    }

    @Test
    void staging_s_machine_is_asked_for_the_fingerprints_of_both_environments_secrets_and_of_nothing_else() {
        assertThat(last(new Journey(policy(MERGE, SETTINGS)).staging(), StartRollout.class)
                        .placeholders())
                .containsExactly("fingerprint.db", "fingerprint.mail");
        assertThat(last(new Journey(policy(MERGE)).staging(), StartRollout.class)
                        .placeholders())
                .isEmpty();
    }

    @Test
    void drift_of_both_environments_and_secrets_whose_value_changed_stand_in_the_question() {
        Launch.Before before = new Launch.Before(LAST, List.of(GREETING), Map.of("db", "aaa", "mail", "ccc"));
        Dossier begun =
                launched(policy(MERGE, SETTINGS), before, GREETING, BEHIND).dossier();

        Drift drift = Drifting.drift(told(begun));

        assertThat(drift.since()).isEqualTo(LAST);
        assertThat(drift.settings())
                .containsExactly(new Drift.Setting("staging", GREETING), new Drift.Setting("production", GREETING));
        assertThat(drift.rows(Found.CHANGED))
                .extracting(Drift.Row::text)
                .as("the secret once, by what staging's machine tells")
                .contains("secret db: fingerprint aaa -> fingerprint bbb")
                .hasSize(3);
        assertThat(drift.rows(Found.SAME)).extracting(Drift.Row::text).containsExactly("secret mail same");
    }

    /** The same with what staging's machine has told. */
    private static Dossier told(Dossier d) {
        Journey journey = new Journey(policy(MERGE, SETTINGS)).staging();
        RolloutStatus status = told(journey, TOLD).dossier().rollout("staging").orElseThrow();
        return Change.of(d, journey.now()).rollout(status).done();
    }

    @Test
    void what_nobody_kept_is_begun_and_a_secret_that_changed_meanwhile_is_told_all_the_same() {
        Launch.Before before = new Launch.Before(LAST, null, Map.of());
        Dossier begun = launched(policy(MERGE, SETTINGS), before, BEHIND).dossier();

        Drift drift = Drifting.drift(told(begun));

        assertThat(drift.unkept()).containsExactly("the configuration of staging, of which hello@0.9.0 kept none");
        assertThat(drift.settings()).containsExactly(new Drift.Setting("production", BEHIND));
        assertThat(drift.rows(Found.BEGUN)).hasSize(3);
    }

    @Test
    void of_the_first_release_and_of_what_the_machine_cannot_read_it_says_so() {
        Drift first = asked(told(new Journey(policy(MERGE, SETTINGS)).staging(), TOLD));
        assertThat(first.since()).isNull();
        assertThat(first.rows()).extracting(Drift.Row::found).containsOnly(Found.BEGUN);

        Drift unread = asked(told(new Journey(policy(MERGE, SETTINGS)).staging(), Map.of("fingerprint.db", "bbb")));
        assertThat(unread.rows(Found.UNKNOWN)).extracting(Drift.Row::text).containsExactly("secret mail not known");
    }

    @Test
    void what_the_next_release_is_compared_with_is_kept_of_a_verified_one() {
        Policy policy = policy(MERGE, SETTINGS);
        Journey merging = new Journey(policy).merging();
        Verified verified = Objects.requireNonNull(last(merging, Moved.class).verified());

        assertThat(verified.staging()).isEqualTo(policy.environments().staging().target());
        assertThat(Drifting.fingerprints(told(merging.dossier()))).isEqualTo(Map.of("db", "bbb", "mail", "ccc"));
        assertThat(WireJson.mapper().readValue(WireJson.mapper().writeValueAsString(verified), Verified.class))
                .isEqualTo(verified);
    }
}
