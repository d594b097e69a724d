package dev.slipway.testkit.openapi;

import static java.util.Map.entry;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What descriptions have in common: refusals as problem documents, and the token. */
final class Shared {
    private static final JsonMapper JSON = JsonMapper.shared();

    private static final String PROBLEM = """
            {"type": "object",
             "description": "RFC 9457. Further fields may tell more.",
             "properties": {
               "type": {"type": "string", "format": "uri", "description": "urn:slipway:problem: and a stable code"},
               "title": {"type": "string"},
               "status": {"type": "integer", "format": "int32"},
               "detail": {"type": "string", "description": "what was wrong, the limit or the legal values, what to do next"},
               "instance": {"type": "string", "format": "uri-reference"}},
             "required": ["type", "title", "status", "detail"]}""";

    private static final String BEARER = """
            {"type": "http", "scheme": "bearer", "bearerFormat": "JWT",
             "description": "Signed by the issuer; roles in the claim roles: viewer, publisher, approver, operator, admin."}""";

    private static final String LOCATION = """
            {"Location": {"required": true, "description": "Where the release is, found there at once.",
             "schema": {"type": "string", "format": "uri-reference"}}}""";

    private static final String NEXT_PAGE = """
            {"Link": {"description": "Where the list goes on, with relation next (RFC 8288). Absent at its end.",
             "schema": {"type": "string"}}}""";

    private static final String ROUTED = """
            {"operationId": "get",
             "responses": {"200": {"content": {"application/json": {"schema": {"type": "object"}}}}}}""";

    private record Refusal(String name, String meaning, String header, String headerMeaning) {
        private Refusal(String name, String meaning) {
            this(name, meaning, "", "");
        }
    }

    private static final Map<Integer, Refusal> REFUSALS = new TreeMap<>(Map.ofEntries(
            entry(400, new Refusal("BadRequest", "The request is not well formed or out of range.")),
            entry(
                    401,
                    new Refusal(
                            "NoIdentity",
                            "No valid token was sent.",
                            "WWW-Authenticate",
                            "Bearer, and what is wrong.")),
            entry(403, new Refusal("Forbidden", "The token's roles, or the person, may not do this.")),
            entry(404, new Refusal("NotFound", "There is no such thing.")),
            entry(
                    405,
                    new Refusal(
                            "MethodNotAllowed",
                            "The address has no such method.",
                            "Allow",
                            "Which it has; HEAD wherever there is GET, and OPTIONS.")),
            entry(406, new Refusal("NotAcceptable", "The request accepts no JSON.")),
            entry(409, new Refusal("Conflict", "Not possible as things are.")),
            entry(413, new Refusal("TooLarge", "The body is larger than the limit that is told.")),
            entry(414, new Refusal("UriTooLong", "The first line of the request is longer than is read here.")),
            entry(415, new Refusal("UnsupportedMediaType", "The body is of a media type that is not read here.")),
            entry(431, new Refusal("HeadersTooLarge", "The headers are larger together than is read here.")),
            entry(501, new Refusal("NotImplemented", "The body's transfer coding, or the method, is not known here.")),
            entry(
                    503,
                    new Refusal(
                            "Unavailable", "Not now; nothing was acknowledged.", "Retry-After", "Seconds to wait."))));

    private Shared() {}

    static String refusal(int status) {
        Refusal known = REFUSALS.get(status);
        if (known == null) {
            throw new IllegalArgumentException("No refusal is known with status " + status);
        }
        return known.name();
    }

    static String meaning(int success) {
        return switch (success) {
            case 200 -> "Done.";
            case 201 -> "Kept.";
            case 202 -> "Durable; what comes of it shows later.";
            default -> throw new IllegalArgumentException("No success is known with status " + success);
        };
    }

    static JsonNode location() {
        return JSON.readTree(LOCATION);
    }

    static JsonNode nextPage() {
        return JSON.readTree(NEXT_PAGE);
    }

    static JsonNode routed() {
        return JSON.readTree(ROUTED);
    }

    static ObjectNode components(JsonNode found, Fields fields) {
        ObjectNode components = JSON.createObjectNode();
        ObjectNode schemas = components.putObject("schemas");
        found.properties().forEach(schema -> schemas.set(schema.getKey(), schema.getValue()));
        schemas.set("Problem", JSON.readTree(PROBLEM));
        fields.on(schemas);
        components.putObject("securitySchemes").set("bearer", JSON.readTree(BEARER));
        ObjectNode responses = components.putObject("responses");
        REFUSALS.values().forEach(refusal -> {
            ObjectNode response = responses.putObject(refusal.name()).put("description", refusal.meaning());
            response.putObject("content")
                    .putObject("application/problem+json")
                    .putObject("schema")
                    .put("$ref", "#/components/schemas/Problem");
            if (!refusal.header().isEmpty()) {
                ObjectNode header = response.putObject("headers").putObject(refusal.header());
                header.put("description", refusal.headerMeaning());
                header.putObject("schema").put("type", "string");
            }
        });
        return components;
    }
}
