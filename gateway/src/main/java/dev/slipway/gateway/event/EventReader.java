package dev.slipway.gateway.event;

import dev.slipway.contracts.WireJson;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a request that publishes events: a CloudEvent in binary or structured mode, a batch of them (CloudEvents 1.0, HTTP
 * protocol binding), or a bare CDEvent.
 */
public final class EventReader {
    /** Longest id, source and type. */
    public static final int ATTRIBUTE_CHARACTERS_MAX = Attributes.TEXT_MAX;

    /** How the types begin whose content is looked at. */
    public static final String CD_EVENTS = CdEvents.TYPES;

    /** How the types begin that nobody else may send. */
    public static final String OWN_TYPES = Attributes.OWN_TYPES;

    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";
    private static final Set<String> LEGAL = Set.of(STRUCTURED, BATCH, "application/json");
    private static final JsonMapper JSON = WireJson.mapper()
            .rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final EventLimits limits;

    public EventReader(EventLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads all events of a request.
     *
     * @param contentType media type without parameters, or null
     * @param attributes the {@code ce-} headers, without the prefix; empty outside binary mode
     * @throws EventRefused if one of them is not well formed; then none is taken
     */
    public List<CiEvent> read(@Nullable String contentType, Map<String, String> attributes, byte[] body) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        if (type.equals(BATCH)) {
            return batch(body);
        }
        requireSize(body.length);
        if (type.equals(STRUCTURED)) {
            return List.of(structured(parse(body)));
        }
        if (!type.isEmpty() && !type.equals("application/json") && !type.endsWith("+json")) {
            throw new EventRefused(
                    EventRefused.Why.UNSUPPORTED,
                    "An event is sent as one of " + LEGAL.stream().sorted().toList() + ", not as " + type);
        }
        JsonNode data = parse(body);
        return List.of(attributes.isEmpty() ? bare(data, body) : binary(attributes, data, body));
    }

    private List<CiEvent> batch(byte[] body) {
        JsonNode events = parse(body);
        if (!events.isArray() || events.size() > limits.batchMax()) {
            throw EventRefused.malformed("A batch is a JSON array of at most " + limits.batchMax() + " events, this is "
                    + (events.isArray() ? "one of " + events.size() : events.getNodeType()));
        }
        List<CiEvent> read = new ArrayList<>();
        for (JsonNode event : events) {
            read.add(structured(event));
        }
        return read;
    }

    private CiEvent structured(JsonNode envelope) {
        requireObject("A CloudEvent", envelope);
        Map<String, String> attributes = new TreeMap<>();
        envelope.propertyStream()
                .filter(field -> field.getValue().isString())
                .forEach(
                        field -> attributes.put(field.getKey(), field.getValue().asString()));
        JsonNode data = envelope.path("data");
        if (envelope.path("data_base64").isString()) {
            data = parse(decode(envelope.path("data_base64").asString()));
        }
        byte[] body = JSON.writeValueAsBytes(data.isMissingNode() ? JSON.nullNode() : data);
        requireSize(body.length);
        return event(Attributes.of(attributes), data, body);
    }

    private static CiEvent binary(Map<String, String> headers, JsonNode data, byte[] body) {
        return event(Attributes.of(Attributes.decoded(headers)), data, body);
    }

    /** What a CDEvent says of itself is all that its envelope would say. */
    private static CiEvent bare(JsonNode data, byte[] body) {
        requireObject("A CDEvent", data);
        JsonNode context = data.path("context");
        if (!context.isObject()) {
            throw EventRefused.malformed(
                    "Without ce- headers the body is a CDEvent with a context; send those headers, or " + STRUCTURED);
        }
        Map<String, String> attributes = new TreeMap<>();
        for (String name : List.of("id", "source", "type")) {
            JsonNode value = context.path(name);
            attributes.put(name, value.isString() ? value.asString() : "");
        }
        attributes.put("time", context.path("timestamp").asString(""));
        attributes.put("specversion", Attributes.SPEC_VERSION);
        return event(Attributes.of(attributes), data, body);
    }

    private static CiEvent event(Attributes attributes, JsonNode data, byte[] body) {
        CdEvents.Content content = CdEvents.check(attributes.type(), data);
        return new CiEvent(
                attributes.id(),
                attributes.source(),
                attributes.type(),
                attributes.time(),
                attributes.traceparent(),
                content.application() == null ? attributes.source() : content.application(),
                content.repairs(),
                content.subject(),
                body);
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            if (node == null || node.isMissingNode()) {
                throw EventRefused.malformed("The body is empty; an event is a JSON object");
            }
            return node;
        } catch (JacksonException notJson) {
            throw EventRefused.malformed("The body is not JSON: " + notJson.getOriginalMessage());
        }
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            throw EventRefused.malformed("data_base64 is not Base64: " + notBase64.getMessage());
        }
    }

    private void requireSize(int bytes) {
        if (bytes > limits.eventBytesMax()) {
            throw new EventRefused(
                    EventRefused.Why.TOO_LARGE,
                    "An event has at most " + limits.eventBytesMax() + " bytes, this one has " + bytes);
        }
    }

    private static void requireObject(String what, JsonNode node) {
        if (!node.isObject()) {
            throw EventRefused.malformed(what + " is a JSON object, not " + node.getNodeType());
        }
    }
}
