package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Isolated;
import dev.slipway.contracts.policy.Isolation;
import dev.slipway.contracts.policy.Isolation.Found;
import dev.slipway.contracts.policy.Isolation.Row;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.messaging.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What both environments give their programs is gathered when staging runs the release. */
final class IsolatingTest {
    private static final Gate MERGE =
            new Gate("merge", "", Stage.MERGE, null, null, List.of(), null, "merge", List.of(), Duration.ofMinutes(30));
    private static final Gate ISOLATED = new Gate(
            "isolated",
            "",
            Stage.STAGING,
            null,
            null,
            List.of(),
            null,
            Gate.ISOLATED,
            List.of(),
            Duration.ofMinutes(30));

    private static final Map<String, String> TOLD = Map.of(
            "port", "9001",
            "folder", "/srv/slipway/staging",
            "artifact", "/srv/slipway/staging/hello.jar",
            "fingerprint.db", "aaa",
            "fingerprint.staging-db", "bbb",
            "beside.ports", "8001,8002",
            "beside.folders", "/srv/slipway/one\n/srv/slipway/two");

    private static Policy policy(String staging, String production, Gate... gates) {
        ObjectNode policy = WireJson.mapper().valueToTree(Journey.policy(2, List.of(gates), null));
        ((ObjectNode) policy.at("/environments/staging/target")).set("env", env(staging));
        ((ObjectNode) policy.at("/environments/production/target")).set("env", env(production));
        return WireJson.mapper().treeToValue(policy, Policy.class);
    }

    private static JsonNode env(String json) {
        return WireJson.mapper().readTree(json);
    }

    private static Isolation asked(Policy policy, Map<String, String> told) {
        Journey journey = new Journey(policy).staging();
        ReleaseInput.RolloutChanged changed = (ReleaseInput.RolloutChanged) journey.rollout("staging", Phase.FULL);
        ObjectNode status = WireJson.mapper().valueToTree(changed.status());
        status.set("placeholders", WireJson.mapper().valueToTree(told));
        journey.take(new ReleaseInput.RolloutChanged(
                changed.source(), changed.version(), WireJson.mapper().treeToValue(status, RolloutStatus.class)));
        return Objects.requireNonNull(last(journey, Assess.class).isolation());
    }

    private static <T> T last(Journey journey, Class<T> body) {
        return journey.messages()
                .map(Message::body)
                .filter(body::isInstance)
                .map(body::cast)
                .reduce((_, latest) -> latest)
                .orElseThrow();
    }

    private static Map<String, Row> rows(Isolation isolation) {
        Map<String, Row> rows = new TreeMap<>();
        isolation.rows(Isolated.ALL).forEach(row -> rows.put(row.key(), row));
        return rows;
    }

    @Test
    void staging_s_machine_is_asked_for_what_has_to_be_compared_and_production_s_is_not() {
        Policy policy = policy(
                "{\"DB\": {\"secret\": \"staging-db\"}, \"AT\": {\"text\": \"{folder}/x\"}}",
                "{\"DB\": {\"secret\": \"db\"}}",
                MERGE,
                ISOLATED);

        assertThat(last(new Journey(policy).staging(), StartRollout.class).placeholders())
                .containsExactly(
                        "artifact",
                        "beside.folders",
                        "beside.ports",
                        "fingerprint.db",
                        "fingerprint.staging-db",
                        "folder",
                        "port");
        assertThat(last(new Journey(policy).rollingOut(), StartRollout.class).placeholders())
                .isEmpty();
        assertThat(last(new Journey(policy("{}", "{}", MERGE)).staging(), StartRollout.class)
                        .placeholders())
                .as("no gate compares")
                .isEmpty();
    }

    @Test
    void what_each_side_has_of_its_own_is_different() {
        Map<String, Row> rows = rows(asked(
                policy(
                        "{\"DB\": {\"secret\": \"staging-db\"}, \"AT\": {\"text\": \"{folder}/x\"}, \"URL\": {\"text\": \"http://{environment}.example.test/\"}}",
                        "{\"DB\": {\"secret\": \"db\"}, \"AT\": {\"text\": \"{folder}/x\"}, \"URL\": {\"text\": \"http://{environment}.example.test/\"}}",
                        MERGE,
                        ISOLATED),
                TOLD));

        assertThat(rows).containsKeys("port", "folder", "env.DB", "env.AT", "env.URL", "host staging.hello.localhost");
        assertThat(rows.values()).extracting(Row::found).containsOnly(Found.DIFFERENT);
    }

    @Test
    void what_is_shared_is_found_under_whichever_name_and_no_secret_is_told() {
        Isolation isolation = asked(
                policy(
                        "{\"DB\": {\"secret\": \"staging-db\"}, \"AT\": {\"text\": \"/srv/data\"}, \"URL\": {\"text\": \"postgres://a:pw@db/shop\"}, \"OF\": {\"text\": \"http://localhost:8002/\"}}",
                        "{\"PASSWORD\": {\"secret\": \"db\"}, \"HERE\": {\"text\": \"/srv/data/x\"}, \"JDBC\": {\"text\": \"jdbc:postgresql://DB:5432/shop\"}}",
                        MERGE,
                        ISOLATED),
                with("fingerprint.staging-db", "aaa"));
        Map<String, Row> rows = rows(isolation);

        assertThat(rows.get("env.DB"))
                .isEqualTo(new Row("env.DB", Found.SHARED, "same secret as env.PASSWORD of production"));
        assertThat(rows.get("env.AT"))
                .isEqualTo(new Row("env.AT", Found.SHARED, "same folder as env.HERE of production"));
        assertThat(rows.get("env.URL"))
                .isEqualTo(new Row("env.URL", Found.SHARED, "same address as env.JDBC of production"));
        assertThat(rows.get("env.OF"))
                .as("what runs in production already")
                .isEqualTo(new Row("env.OF", Found.SHARED, "same address as port of production"));
        assertThat(isolation.toString()).doesNotContain("a:pw");
    }

    @Test
    void values_that_the_policy_names_are_compared_by_their_digest() {
        Gate named = new Gate(
                ISOLATED.id(),
                "",
                Stage.STAGING,
                null,
                null,
                List.of(),
                null,
                Gate.ISOLATED,
                List.of(),
                Duration.ofMinutes(30),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new Isolated(List.of("DB_NAME"), Map.of()),
                List.of(),
                null,
                null);
        String env = "{\"DB_NAME\": {\"text\": \"shop-database\"}, \"OTHER\": {\"text\": \"same\"}}";

        Isolation isolation = asked(policy(env, env, MERGE, named), TOLD);

        assertThat(rows(isolation).get("env.DB_NAME"))
                .isEqualTo(new Row("env.DB_NAME", Found.SHARED, "same value as env.DB_NAME of production"));
        assertThat(rows(isolation)).doesNotContainKey("env.OTHER");
        assertThat(isolation.toString()).doesNotContain("shop-database");
    }

    @Test
    void what_the_machine_does_not_tell_is_not_known() {
        Isolation isolation = asked(
                policy("{\"DB\": {\"secret\": \"staging-db\"}}", "{\"DB\": {\"secret\": \"db\"}}", MERGE, ISOLATED),
                Map.of());

        assertThat(isolation.rows(Isolated.ALL))
                .filteredOn(row -> row.found() == Found.UNKNOWN)
                .extracting(Row::key)
                .containsExactly("port", "folder", "env.DB");
    }

    private static Map<String, String> with(String name, String value) {
        Map<String, String> told = new TreeMap<>(TOLD);
        told.put(name, value);
        return told;
    }
}
