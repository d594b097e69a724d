package dev.slipway.proof.fuzz;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** An OpenAPI 3.1 document: its operations, what each may be asked, and what it may answer. */
final class ApiDocument {
    private final JsonNode root;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Schema> schemas = new ConcurrentHashMap<>();
    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    /**
     * One operation.
     *
     * @param bodies schemas by content type; empty where no body is asked for
     */
    record Operation(
            String method,
            String path,
            List<Parameter> parameters,
            Map<String, JsonNode> bodies,
            Set<Integer> statuses,
            List<String> roles,
            JsonNode answers) {
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** A parameter in the path, the query or a header. */
    record Parameter(String name, String in, boolean required, JsonNode schema) {}

    ApiDocument(String json) {
        this.root = JsonMapper.shared().readTree(json);
        root.required("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(method ->
                                operations.add(operation(method.getKey(), path.getKey(), method.getValue()))));
        operations.sort(Comparator.comparing(Operation::toString));
    }

    List<Operation> operations() {
        return operations;
    }

    /** What a reference in the document stands for. */
    JsonNode resolved(JsonNode node) {
        JsonNode found = node;
        while (found.has("$ref")) {
            found = root.requiredAt(found.get("$ref").asString().substring(1));
        }
        return found;
    }

    /** What is wrong with an answer's body by the document; empty if nothing is. */
    Optional<String> wrong(Operation operation, int status, String contentType, String body) {
        JsonNode content =
                resolved(operation.answers().path(Integer.toString(status))).path("content");
        String plain = contentType.split(";", 2)[0].strip();
        if (content.isMissingNode() || content.isEmpty()) {
            return body.isEmpty() ? Optional.empty() : Optional.of("a body that the document does not name");
        }
        if (!content.has(plain)) {
            return Optional.of("the content type '" + contentType + "' that the document does not name");
        }
        JsonNode schema = content.get(plain).path("schema");
        List<String> errors = schemas
                .computeIfAbsent(operation + " " + status + " " + plain, _ -> schema(schema))
                .validate(plain.endsWith("json") ? JsonMapper.shared().readTree(body) : StringNode.valueOf(body))
                .stream()
                .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                .toList();
        return errors.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", errors));
    }

    private Schema schema(JsonNode schema) {
        ObjectNode whole = schema.isObject()
                ? (ObjectNode) schema.deepCopy()
                : JsonMapper.shared().createObjectNode();
        whole.set("components", root.required("components"));
        return registry.getSchema(whole);
    }

    private Operation operation(String method, String path, JsonNode node) {
        List<Parameter> parameters = node.path("parameters")
                .valueStream()
                .map(this::resolved)
                .map(each -> new Parameter(
                        each.required("name").asString(),
                        each.required("in").asString(),
                        each.path("required").asBoolean(false),
                        each.path("schema")))
                .toList();
        Map<String, JsonNode> bodies = resolved(node.path("requestBody")).path("content").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> each.getValue().path("schema")));
        Set<Integer> statuses = node.required("responses").propertyNames().stream()
                .map(Integer::valueOf)
                .collect(Collectors.toUnmodifiableSet());
        return new Operation(
                method.toUpperCase(Locale.ROOT),
                path,
                parameters,
                bodies,
                statuses,
                roles(node.path("security")),
                node.required("responses"));
    }

    private static List<String> roles(@Nullable JsonNode security) {
        return security == null
                ? List.of()
                : security.valueStream()
                        .flatMap(each -> each.path("bearer").valueStream())
                        .map(JsonNode::asString)
                        .toList();
    }
}
