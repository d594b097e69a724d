package dev.slipway.gateway.routes;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One OpenAPI document of several: each operation once, each component once. */
final class MergedDescription {
    private final ObjectNode merged;
    private final Set<String> operationIds = new HashSet<>();

    private MergedDescription(JsonNode base) {
        this.merged = (ObjectNode) base.deepCopy();
    }

    /**
     * @param base what is said of the whole
     * @throws IllegalStateException if two parts describe the same operation, or different components by the same name
     */
    static JsonNode of(JsonNode base, List<JsonNode> parts) {
        MergedDescription description = new MergedDescription(base);
        parts.forEach(description::add);
        return description.merged;
    }

    private void add(JsonNode part) {
        for (Map.Entry<String, JsonNode> path : part.path("paths").properties()) {
            ObjectNode operations = child(child(merged, "paths"), path.getKey());
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                String id = operation.getValue().path("operationId").asString("");
                if (operations.has(operation.getKey()) || !operationIds.add(id)) {
                    throw new IllegalStateException("The description of the API has %s %s (%s) twice"
                            .formatted(operation.getKey(), path.getKey(), id));
                }
                operations.set(operation.getKey(), operation.getValue());
            }
        }
        for (Map.Entry<String, JsonNode> kind : part.path("components").properties()) {
            ObjectNode all = child(child(merged, "components"), kind.getKey());
            kind.getValue().properties().forEach(component -> add(all, component.getKey(), component.getValue()));
        }
    }

    private static void add(ObjectNode all, String name, JsonNode component) {
        JsonNode before = all.get(name);
        if (before != null && !before.equals(component)) {
            throw new IllegalStateException("The description of the API has two different components named " + name);
        }
        all.set(name, component);
    }

    private static ObjectNode child(ObjectNode parent, String name) {
        return parent.get(name) instanceof ObjectNode found ? found : parent.putObject(name);
    }
}
