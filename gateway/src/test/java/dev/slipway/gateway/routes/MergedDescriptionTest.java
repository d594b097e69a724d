package dev.slipway.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class MergedDescriptionTest {
    private static final JsonNode BASE = json("{'info': {'title': 'whole'}}");

    @Test
    void operations_and_components_of_all_parts_are_there_once() {
        JsonNode one = part("/a", "get", "a-get", "string");
        JsonNode other = part("/a", "post", "a-post", "string");

        assertThat(MergedDescription.of(BASE, List.of(one, other)))
                .isEqualTo(json("{'info': {'title': 'whole'}, 'paths': {'/a': {'get': {'operationId': 'a-get'},"
                        + " 'post': {'operationId': 'a-post'}}},"
                        + " 'components': {'schemas': {'Thing': {'type': 'string'}}}}"));
    }

    @Test
    void different_schemas_of_one_name_are_an_error() {
        List<JsonNode> parts = List.of(part("/a", "get", "a", "string"), part("/b", "get", "b", "integer"));

        assertThatThrownBy(() -> MergedDescription.of(BASE, parts)).hasMessageContaining("Thing");
    }

    @Test
    void an_operation_or_an_id_twice_is_an_error() {
        JsonNode one = part("/a", "get", "a", "string");

        assertThatThrownBy(() -> MergedDescription.of(BASE, List.of(one, part("/a", "get", "b", "string"))))
                .hasMessageContaining("get /a");
        assertThatThrownBy(() -> MergedDescription.of(BASE, List.of(one, part("/b", "get", "a", "string"))))
                .hasMessageContaining("get /b");
    }

    private static JsonNode part(String path, String method, String id, String type) {
        return json(
                "{'paths': {'%s': {'%s': {'operationId': '%s'}}}, 'components': {'schemas': {'Thing': {'type': '%s'}}}}"
                        .formatted(path, method, id, type));
    }

    private static JsonNode json(String quoted) {
        return JsonMapper.shared().readTree(quoted.replace('\'', '"'));
    }
}
