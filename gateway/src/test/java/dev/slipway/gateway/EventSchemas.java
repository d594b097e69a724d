package dev.slipway.gateway;

import dev.slipway.contracts.Texts;
import dev.slipway.gateway.event.EventReader;
import dev.slipway.testkit.openapi.Configured;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What may be sent as an event, with the bounds that reading it has. */
final class EventSchemas {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** What only CDEvents are held to; data of other types is taken as it comes. */
    private static final String CD_EVENT =
            """
            {"type": "object", "required": ["context", "subject"], "properties": {
               "context": {"type": "object", "required": ["id", "source", "type"], "properties": {
                  "id": %1$s, "source": %1$s, "type": %1$s, "version": %1$s, "specversion": %1$s}},
               "subject": {"type": "object", "required": ["id"], "properties": {"id": %1$s}},
               "customData": {"description": "An object with application is read here: with version, sha and artifacts, each of uri and digest, artifact.published proposes a release; with sha and check, pipelinerun.finished reports a check; with sha, branch and change.merged tell of a push."}}}""".formatted("{\"type\": \"string\", \"pattern\": " + JSON.writeValueAsString(Texts.SAID.pattern()) + "}");

    private static final String IF_CD_EVENT = """
            {"properties": {"type": {"type": "string", "pattern": %s}}}""".formatted(begins(EventReader.CD_EVENTS));

    private static final String ATTRIBUTE = """
            "type": "string", "minLength": 1, "maxLength": %d, "pattern": %s""".formatted(
            EventReader.ATTRIBUTE_CHARACTERS_MAX, JSON.writeValueAsString("^" + Texts.SAID_LINE.pattern() + "$"));

    private static final String ATTRIBUTES = """
            "id": {%1$s}, "source": {%1$s, "format": "iri-reference"}, "type": {%1$s, "not": {"pattern": %2$s}}""".formatted(ATTRIBUTE, begins(EventReader.OWN_TYPES));

    static final String STRUCTURED = """
            {"type": "object", "required": ["specversion", "id", "source", "type"],
             "description": "CloudEvents 1.0, structured mode; the data is a CDEvent. time is a timestamp of RFC 3339; data_base64 may stand in place of data.",
             "properties": {"specversion": {"type": "string", "const": "1.0"}, %s},
             "if": %s, "then": {"required": ["data"], "properties": {"data": %s}}}""".formatted(ATTRIBUTES, IF_CD_EVENT, CD_EVENT);

    static final String BATCH = "{\"type\": \"array\", \"maxItems\": "
            + Configured.whole("slipway.intake.batch-events-max") + ", \"items\": " + STRUCTURED + "}";

    static final String BARE = """
            {"type": "object", "required": ["context"],
             "description": "A CDEvent by itself, or as CloudEvents 1.0 in binary mode: with the attributes in the headers ce-specversion, ce-id, ce-source and ce-type, which then count in place of those in its context. context.timestamp is one of RFC 3339.",
             "properties": {"context": {"type": "object", "required": ["id", "source", "type"],
                "properties": {%s}}},
             "if": {"properties": {"context": %s}}, "then": %s}""".formatted(ATTRIBUTES, IF_CD_EVENT, CD_EVENT);

    private EventSchemas() {}

    private static String begins(String with) {
        return JSON.writeValueAsString("^" + with.replace(".", "\\."));
    }

    /** A build tells what it made, and what is to be released of it. */
    static String bareExample() {
        return """
            {"context": {"specversion": "0.5.0", "id": "271069", "source": "/ci/hello",
               "type": "dev.cdevents.artifact.published.0.2.0", "timestamp": "2026-01-05T10:00:00Z"},
             "subject": {"id": "pkg:generic/hello@1.4.0", "content": {}},
             "customData": {"application": "hello", "version": "1.4.0", "sha": "%s",
               "artifacts": [{"uri": "file:/srv/artifacts/hello-1.4.0.jar", "digest": "sha256:%s"}]}}""".formatted("4b825dc6".repeat(5), "9f86d081".repeat(8));
    }

    static String example() {
        ObjectNode event = JSON.createObjectNode();
        event.put("specversion", "1.0").put("id", "271069").put("source", "/ci/hello");
        event.put("type", "dev.cdevents.artifact.published.0.2.0").put("time", "2026-01-05T10:00:00Z");
        event.set("data", JSON.readTree(bareExample()));
        return event.toString();
    }
}
