package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.annotation.JsonSetter;
import dev.slipway.contracts.ci.CiTypes;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.RolloutCommand;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.policy.Cohort;
import dev.slipway.contracts.policy.EnvValue;
import dev.slipway.contracts.policy.Front;
import dev.slipway.contracts.policy.HealthChecks;
import dev.slipway.contracts.policy.NamedPort;
import dev.slipway.contracts.policy.Stop;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.policy.TrafficLimits;
import dev.slipway.contracts.policy.WhenBad;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTypes;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.ValidationTypes;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class WireSamplesTest {
    static Set<String> types() {
        return new TreeSet<>(WireSamples.BODIES.keySet());
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_stored_sample_is_read_and_written_again_equal(String type) {
        ObjectNode sample = WireSamples.read(type);

        Object body = WireSamples.parse(type, sample);
        JsonNode again = WireJson.mapper().readTree(WireJson.mapper().writeValueAsBytes(body));

        assertThat(again).isEqualTo(sample);
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_field_of_a_newer_writer_is_passed_over_at_every_depth(String type) {
        ObjectNode newer = WireSamples.read(type);
        Object known = WireSamples.parse(type, newer);

        objectsIn(newer, Objects.requireNonNull(WireSamples.BODIES.get(type)))
                .forEach(object -> object.putObject("addedLater").put("value", 1));

        assertThat(WireSamples.parse(type, newer)).isEqualTo(known);
    }

    @ParameterizedTest
    @MethodSource("types")
    void a_body_without_something_that_it_must_have_is_refused_and_not_filled_with_null(String type) {
        ObjectNode complete = WireSamples.read(type);

        List<String> required = required(complete, Objects.requireNonNull(WireSamples.BODIES.get(type)), "");

        assertThat(required).isNotEmpty();
        for (String pointer : required) {
            ObjectNode without = complete.deepCopy();
            int slash = pointer.lastIndexOf('/');
            ((ObjectNode) without.at(pointer.substring(0, slash))).remove(pointer.substring(slash + 1));
            assertThatThrownBy(() -> WireSamples.parse(type, without))
                    .as(pointer)
                    .isInstanceOf(JacksonException.class)
                    .hasMessageMatching("(?s).*(is missing|" + pointer.substring(slash + 1) + ").*");
        }
    }

    @Test
    void a_proposal_from_before_there_were_hotfixes_is_none_and_a_later_one_says_why() {
        ObjectNode before = WireSamples.read(CiTypes.RELEASE_PROPOSED);
        assertThat(WireJson.mapper().treeToValue(before, Proposal.class).hotfix())
                .isNull();

        ObjectNode later = before.deepCopy().put("hotfix", "orders are lost");

        Proposal read = WireJson.mapper().treeToValue(later, Proposal.class);
        assertThat(read.hotfix()).isEqualTo("orders are lost");
        assertThat(WireJson.mapper().<JsonNode>valueToTree(read)).isEqualTo(later);
    }

    @Test
    void what_was_written_before_a_release_could_only_go_forward_can_go_back_and_later_ones_say_why_not() {
        ObjectNode proposal = WireSamples.read(CiTypes.RELEASE_PROPOSED);
        assertThat(WireJson.mapper().treeToValue(proposal, Proposal.class).forwardOnly())
                .isNull();
        ObjectNode start = WireSamples.read(DeploymentTypes.START_ROLLOUT);
        assertThat(WireJson.mapper().treeToValue(start, StartRollout.class).forwardOnly())
                .isNull();

        ObjectNode later = proposal.deepCopy().put("forwardOnly", "orders are rewritten");
        ObjectNode started =
                start.deepCopy().put("forwardOnly", "orders are rewritten").put("fixes", "hello@1.0.9");

        assertThat(WireJson.mapper().<JsonNode>valueToTree(WireJson.mapper().treeToValue(later, Proposal.class)))
                .isEqualTo(later);
        StartRollout read = WireJson.mapper().treeToValue(started, StartRollout.class);
        assertThat(read.forwardOnly()).isEqualTo("orders are rewritten");
        assertThat(read.fixes()).isEqualTo(new ReleaseId("hello@1.0.9"));
        assertThat(WireJson.mapper()
                        .<JsonNode>valueToTree(WireJson.mapper().treeToValue(start, StartRollout.class))
                        .propertyNames())
                .doesNotContain("forwardOnly", "fixes");
    }

    @Test
    void a_status_with_a_phase_that_the_reader_does_not_know_is_read_as_unknown() {
        ObjectNode newer = WireSamples.read(DeploymentTypes.ROLLOUT_STATUS).put("phase", "SHADOWING");

        RolloutStatus status = WireJson.mapper().treeToValue(newer, RolloutStatus.class);

        assertThat(status.phase()).isEqualTo(RolloutStatus.Phase.UNKNOWN);
    }

    @Test
    void a_rollout_of_a_writer_that_knows_no_kept_snapshots_is_an_ordinary_one() {
        ObjectNode older = without(DeploymentTypes.START_ROLLOUT, "keptOnly", "bake");

        StartRollout start = WireJson.mapper().treeToValue(older, StartRollout.class);

        assertThat(start.keptOnly()).isFalse();
        assertThat(start.bake()).as("who does not say it watches by himself").isZero();
    }

    @Test
    void what_older_writers_do_not_say_of_a_way_back_is_not_made_up() {
        RolloutStatus status =
                WireJson.mapper().treeToValue(without(DeploymentTypes.ROLLOUT_STATUS, "leaving"), RolloutStatus.class);
        RolloutCommand command =
                WireJson.mapper().treeToValue(without(DeploymentTypes.ROLL_BACK, "production"), RolloutCommand.class);
        IncidentStatus incident = WireJson.mapper()
                .treeToValue(without(DeploymentTypes.INCIDENT_STATUS, "notBack"), IncidentStatus.class);

        assertThat(status.leaving()).isNull();
        assertThat(command.production()).isNull();
        assertThat(incident.notBack()).isNull();
        assertThat(WireJson.mapper().<JsonNode>valueToTree(status).has("leaving"))
                .isFalse();
    }

    @Test
    void what_older_writers_do_not_say_of_judged_traffic_means_what_it_did() {
        ObjectNode table = without(TrafficTypes.TABLE, "sampled", "statuses");
        ObjectNode judge = without(ValidationTypes.JUDGE, "planned");
        ((ObjectNode) judge.path("rules"))
                .remove(List.of("holdBack", "latencyMargin", "latencyDifference", "detect", "statuses"));
        ObjectNode sample = without(TrafficTypes.SAMPLE);
        ObjectNode version = (ObjectNode) sample.path("versions").get(0);
        version.remove("firsts");
        ((ObjectNode) version.path("all")).remove(List.of("refusals", "kinds"));
        ObjectNode status = without(ValidationTypes.JUDGEMENT_STATUS, "notes", "seconds");
        ((ObjectNode) status.path("canary")).remove(List.of("refusals", "kinds"));

        TrafficTable read = WireJson.mapper().treeToValue(table, TrafficTable.class);
        assertThat(read.sampled()).isTrue();
        assertThat(read.statuses()).isEmpty();
        Judge judging = WireJson.mapper().treeToValue(judge, Judge.class);
        assertThat(judging.planned()).isEqualTo(Duration.ofHours(1));
        assertThat(judging.rules().holdBack()).isEqualTo(5);
        assertThat(judging.rules().latencyMargin()).isEqualTo(1.15);
        assertThat(judging.rules().latencyDifference()).isEqualTo(Duration.ofMillis(5));
        assertThat(judging.rules().detect()).isNull();
        assertThat(judging.rules().statuses()).isEmpty();
        TrafficSample.VersionCounts counted = WireJson.mapper()
                .treeToValue(sample, TrafficSample.class)
                .versions()
                .getFirst();
        assertThat(counted.firsts()).isEmpty();
        assertThat(counted.all().refusals()).isZero();
        assertThat(counted.all().kinds()).isEmpty();
        JudgementStatus judged = WireJson.mapper().treeToValue(status, JudgementStatus.class);
        assertThat(judged.notes()).isEmpty();
        assertThat(judged.seconds()).as("nobody said what is stored of it").isNull();
        assertThat(WireJson.mapper().<JsonNode>valueToTree(judged).has("seconds"))
                .isFalse();
        assertThat(judged.canary().refusals()).isZero();
        assertThat(judged.canary().kinds()).isEmpty();
    }

    @Test
    void a_table_from_before_there_were_hosts_is_reached_and_bounded_by_default_and_written_as_it_was() {
        ObjectNode older = WireSamples.older(TrafficTypes.TABLE);

        TrafficTable read = WireJson.mapper().treeToValue(older, TrafficTable.class);

        assertThat(read.hosts()).isEmpty();
        assertThat(read.hostNames()).containsExactly("hello.localhost");
        assertThat(read.limits()).isEqualTo(new TrafficLimits(Duration.ofSeconds(30), 10_485_760L, 500, List.of()));
        assertThat(read.cohort()).isNull();
        assertThat(read.shares()).extracting(TrafficTable.Share::protocol).containsOnly(TrafficTable.Protocol.HTTP_1_1);
        assertThat(WireJson.mapper().readTree(WireJson.mapper().writeValueAsBytes(read)))
                .isEqualTo(older);
    }

    @Test
    void a_rollout_asked_for_before_there_were_hosts_is_reached_by_default_and_written_as_it_was() {
        ObjectNode older = WireSamples.older(DeploymentTypes.START_ROLLOUT);

        StartRollout read = WireJson.mapper().treeToValue(older, StartRollout.class);

        assertThat(read.front()).isEqualTo(Front.DEFAULT);
        assertThat(read.target().http2()).isFalse();
        assertThat(read.target())
                .isEqualTo(new Target("process", List.of("java", "-jar", "{artifact}"), "PORT", "/health"));
        assertThat(read.target().checks())
                .isEqualTo(new HealthChecks(
                        "/health", null, null, null, Duration.ofSeconds(5), Duration.ofSeconds(2), 1, 3));
        assertThat(read.sha()).isNull();
        assertThat(read.whenBad()).isEqualTo(WhenBad.ALERT);
        assertThat(read.artifact().called()).isEqualTo("hello-1.1.0.jar");
        assertThat(read.others()).isEmpty();
        assertThat(WireJson.mapper().readTree(WireJson.mapper().writeValueAsBytes(read)))
                .isEqualTo(older);
    }

    @Test
    void what_older_writers_do_not_say_of_configurations_is_not_known() {
        StartRollout start = WireJson.mapper()
                .treeToValue(without(DeploymentTypes.START_ROLLOUT, "configuration"), StartRollout.class);
        IncidentStatus incident = WireJson.mapper()
                .treeToValue(without(DeploymentTypes.INCIDENT_STATUS, "changes"), IncidentStatus.class);

        assertThat(start.configuration()).isNull();
        assertThat(incident.changes()).isEmpty();
    }

    @Test
    void what_older_writers_do_not_say_of_placeholders_is_neither_asked_nor_told() {
        StartRollout start = WireJson.mapper()
                .treeToValue(without(DeploymentTypes.START_ROLLOUT, "placeholders"), StartRollout.class);
        RolloutStatus status = WireJson.mapper()
                .treeToValue(without(DeploymentTypes.ROLLOUT_STATUS, "placeholders"), RolloutStatus.class);

        assertThat(start.placeholders()).isEmpty();
        assertThat(status.placeholders()).isEmpty();
        assertThat(WireJson.mapper().<JsonNode>valueToTree(start).has("placeholders"))
                .isFalse();
        assertThat(WireJson.mapper().<JsonNode>valueToTree(status).has("placeholders"))
                .isFalse();
    }

    @Test
    void what_a_health_check_and_a_stop_leave_out_has_its_default() {
        HealthChecks checks = WireJson.mapper().readValue("{\"ready\": \"/r\", \"down\": 7}", HealthChecks.class);
        Stop stop = WireJson.mapper().readValue("{\"signal\": \"HUP\"}", Stop.class);

        assertThat(checks)
                .isEqualTo(
                        new HealthChecks("/r", null, null, null, Duration.ofSeconds(5), Duration.ofSeconds(2), 1, 7));
        assertThat(stop).isEqualTo(new Stop(Stop.Signal.HUP, Duration.ofSeconds(10)));
    }

    @Test
    void the_stored_rollout_says_what_the_program_gets() {
        StartRollout read =
                WireJson.mapper().treeToValue(WireSamples.read(DeploymentTypes.START_ROLLOUT), StartRollout.class);

        assertThat(read.target().ports())
                .containsOnly(
                        entry("admin", new NamedPort(null, 9000)),
                        entry("metrics", new NamedPort("METRICS_PORT", null)));
        assertThat(read.target().env())
                .containsOnly(
                        entry("DB_PASSWORD", EnvValue.secretNamed("db-password")),
                        entry("GREETING", EnvValue.of("hello {version}")));
        assertThat(read.target().insistsOnAPort()).isTrue();
        assertThat(read.target().checks().port()).isEqualTo("admin");
        assertThat(read.whenBad()).isEqualTo(WhenBad.ROLL_BACK);
    }

    @Test
    void the_stored_table_names_its_hosts_its_limits_its_cohort_and_how_a_version_is_spoken_to() {
        TrafficTable read = WireJson.mapper().treeToValue(WireSamples.read(TrafficTypes.TABLE), TrafficTable.class);

        assertThat(read.hostNames()).containsExactly("shop.example.test", "www.shop.example.test");
        assertThat(read.limits())
                .isEqualTo(new TrafficLimits(Duration.ofSeconds(5), 1_048_576L, 50, List.of("/events*")));
        assertThat(read.cohort()).isEqualTo(new Cohort(Cohort.Source.HEADER, "X-Beta", "1"));
        assertThat(read.shares())
                .extracting(TrafficTable.Share::protocol)
                .containsExactly(TrafficTable.Protocol.HTTP_1_1, TrafficTable.Protocol.H2C);
    }

    @Test
    void a_limit_that_is_left_out_has_its_default_beside_those_that_are_written() {
        TrafficLimits read = WireJson.mapper().readValue("{\"inFlightMax\": 7}", TrafficLimits.class);

        assertThat(read).isEqualTo(new TrafficLimits(Duration.ofSeconds(30), 10_485_760L, 7, List.of()));
    }

    @Test
    void rules_that_a_policy_leaves_out_are_not_written_so_that_its_hash_stays() {
        ObjectNode judge = without(ValidationTypes.JUDGE);
        ((ObjectNode) judge.path("rules"))
                .remove(List.of("holdBack", "latencyMargin", "latencyDifference", "detect", "statuses"));
        Judge older = WireJson.mapper().treeToValue(judge, Judge.class);

        JsonNode again = WireJson.mapper().valueToTree(older.rules());

        assertThat(again).isEqualTo(judge.path("rules"));
    }

    private static ObjectNode without(String type, String... fields) {
        return WireSamples.read(type).deepCopy().remove(List.of(fields));
    }

    /** The objects that are records: the names in a map are no fields. */
    private static List<ObjectNode> objectsIn(JsonNode node, Class<?> type) {
        List<ObjectNode> found = new ArrayList<>(List.of((ObjectNode) node));
        for (RecordComponent component : type.getRecordComponents()) {
            JsonNode value = node.path(component.getName());
            if (value.isObject() && component.getType().isRecord()) {
                found.addAll(objectsIn(value, component.getType()));
            } else if (value.isArray() && value.path(0).isObject()) {
                value.values().forEach(element -> found.addAll(objectsIn(element, elementOf(component))));
            }
        }
        return found;
    }

    /** Pointers of all that is there and may not be missing, by the records' types. */
    private static List<String> required(JsonNode node, Class<?> type, String pointer) {
        List<String> found = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            JsonNode value = node.path(component.getName());
            String here = pointer + "/" + component.getName();
            if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)
                    && !component.getAccessor().isAnnotationPresent(JsonSetter.class)) {
                found.add(here);
            }
            if (value.isObject() && component.getType().isRecord()) {
                found.addAll(required(value, component.getType(), here));
            } else if (value.isArray() && value.path(0).isObject()) {
                found.addAll(required(value.get(0), elementOf(component), here + "/0"));
            }
        }
        return found;
    }

    private static Class<?> elementOf(RecordComponent list) {
        return (Class<?>) ((ParameterizedType) list.getGenericType()).getActualTypeArguments()[0];
    }
}
