package dev.slipway.testkit.openapi;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Completes what springdoc finds of parameters: what all of a name share, then what is told of one operation's. */
final class Parameters {
    private static final String KEY = "Idempotency-Key";

    /** Of those that a controller takes as text: as the contracts' records of that name have them. */
    private static final Map<String, String> PATTERNS = Map.of(
            "application", WireModels.required(ApplicationName.class),
            "sha", WireModels.required(Sha.class),
            "digest", WireModels.required(Digest.class),
            "release", WireModels.required(ReleaseId.class));

    /** What they look like, for people and for who tries them. */
    private static final Map<String, String> EXAMPLES =
            Map.of("application", "hello", "release", "hello@1.4.0", "id", "hello@1.4.0", "service", "release-service");

    /** Any other in a path: what the gateway does not refuse as ambiguous. */
    private static final String IN_PATH = "^[A-Za-z0-9][!-$&-.0-:<-\\[\\]-~]*$";

    /** Who has an API of dead letters. */
    private static final List<String> SERVICES =
            List.of("release-service", "validation-service", "deployment-service", "notification-service");

    private static final List<String> ENVIRONMENTS = List.of(EnvironmentId.STAGING, EnvironmentId.PRODUCTION);

    /** What a word of a newer sender is read as; nobody asks for it. */
    private static final String UNREAD = "UNKNOWN";

    private Parameters() {}

    /** Whether it takes an idempotency key. */
    static boolean complete(ObjectNode operation, Told of) {
        boolean keyed = false;
        ArrayNode all = operation.withArray("parameters");
        all.removeIf(parameter -> named(parameter, "Content-Type")); // told with the body, and OpenAPI ignores it here
        for (JsonNode parameter : all) {
            ObjectNode schema = (ObjectNode) parameter.path("schema");
            String name = parameter.path("name").asString("");
            if (name.equals(KEY)) {
                keyed = true;
                ((ObjectNode) parameter)
                        .put(
                                "description",
                                "The same request with the same key takes effect once, and is answered alike.");
            }
            String example = EXAMPLES.get(name);
            if (example != null && parameter.path("required").asBoolean(false)) {
                ((ObjectNode) parameter).put("example", example);
            }
            shared(name, parameter.path("in").asString("").equals("path"), schema);
            Bound bound = of.parameters().get(name);
            if (bound != null) {
                bound.on(schema);
            }
        }
        if (all.isEmpty()) {
            operation.remove("parameters");
        }
        for (String told : of.parameters().keySet()) {
            if (all.valueStream().noneMatch(parameter -> named(parameter, told))) {
                throw new AssertionError("%s has no parameter %s".formatted(of.operation(), told));
            }
        }
        return keyed;
    }

    private static boolean named(JsonNode parameter, String name) {
        return parameter.path("name").asString("").equals(name);
    }

    private static void shared(String name, boolean inPath, ObjectNode schema) {
        String pattern = PATTERNS.get(name);
        if (pattern != null) {
            schema.put("pattern", pattern);
        } else if (name.equals("service")) {
            Bound.oneOf(SERVICES).on(schema);
        } else if (name.equals("environment")) {
            Bound.oneOf(ENVIRONMENTS).on(schema);
        } else if (inPath) {
            schema.put("pattern", IN_PATH);
        }
        if (schema.has("enum")) {
            schema.withArray("enum").removeIf(word -> word.asString("").equals(UNREAD));
        }
    }
}
