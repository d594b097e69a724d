package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonSetter;
import dev.slipway.contracts.ci.CiTypes;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.StartRollout;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
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

        objectsIn(newer).forEach(object -> object.putObject("addedLater").put("value", 1));

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
    void a_status_with_a_phase_that_the_reader_does_not_know_is_read_as_unknown() {
        ObjectNode newer = WireSamples.read(DeploymentTypes.ROLLOUT_STATUS).put("phase", "SHADOWING");

        RolloutStatus status = WireJson.mapper().treeToValue(newer, RolloutStatus.class);

        assertThat(status.phase()).isEqualTo(RolloutStatus.Phase.UNKNOWN);
    }

    @Test
    void a_rollout_of_a_writer_that_knows_no_kept_snapshots_is_an_ordinary_one() {
        ObjectNode older = WireSamples.read(DeploymentTypes.START_ROLLOUT).deepCopy();

        older.remove("keptOnly");

        StartRollout start = WireJson.mapper().treeToValue(older, StartRollout.class);

        assertThat(start.keptOnly()).isFalse();
    }

    private static List<ObjectNode> objectsIn(JsonNode node) {
        List<ObjectNode> found = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            found.add(object);
        }
        node.values().forEach(child -> found.addAll(objectsIn(child)));
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
            if (value.isObject()) {
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
