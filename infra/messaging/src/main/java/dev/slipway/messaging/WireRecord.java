package dev.slipway.messaging;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A record as it travels: CloudEvents 1.0 in binary mode, attributes as {@code ce_} headers, the data as value.
 *
 * @param key records with the same key stay in order
 */
public record WireRecord(String topic, String key, Map<String, String> headers, byte[] body) {
    /** Why a record is a dead letter. */
    public static final String REASON = "slipway_reason";

    /** Marks a question in an outbox; it does not travel. */
    static final String QUESTION = "slipway_question";

    /** What a dead letter topic is called after its topic. */
    static final String DEAD = "-dlt";

    private static final String PREFIX = "ce_";
    private static final Set<String> KNOWN = Set.of(
            "specversion",
            "id",
            "source",
            "type",
            "time",
            "correlationid",
            "sourceversion",
            "causationid",
            "traceparent");

    public WireRecord {
        headers = Map.copyOf(headers);
    }

    /**
     * Reads the attributes back.
     *
     * @param arrived the time of a message that does not tell its own
     * @throws IllegalArgumentException without id, source or type, which every CloudEvent has
     */
    public Inbound inbound(Instant arrived) {
        Map<String, String> extensions = new HashMap<>();
        headers.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !KNOWN.contains(name.substring(PREFIX.length()))) {
                extensions.put(name.substring(PREFIX.length()), value);
            }
        });
        return new Inbound(
                topic,
                key,
                required("type"),
                required("id"),
                required("source"),
                Long.parseLong(headers.getOrDefault(PREFIX + "sourceversion", "0")),
                headers.getOrDefault(PREFIX + "correlationid", ""),
                headers.get(PREFIX + "causationid"),
                headers.get(PREFIX + "traceparent"),
                time(arrived),
                extensions,
                body);
    }

    /** Whether asking it again means the same, so that it need not be asked while the former one lies unread. */
    boolean isQuestion() {
        return headers.containsKey(QUESTION);
    }

    Map<String, String> onTheWire() {
        Map<String, String> travelling = new HashMap<>(headers);
        travelling.remove(QUESTION);
        return travelling;
    }

    /** The same record for the dead letter topic of its topic. */
    WireRecord dead(String reason) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(REASON, reason);
        return new WireRecord(topic + DEAD, key, more, body);
    }

    private String required(String attribute) {
        String value = headers.getOrDefault(PREFIX + attribute, "");
        if (value.isBlank()) {
            throw new IllegalArgumentException("Record without header " + PREFIX + attribute + " is not a CloudEvent");
        }
        return value;
    }

    private Instant time(Instant arrived) {
        try {
            return Instant.parse(headers.getOrDefault(PREFIX + "time", ""));
        } catch (DateTimeParseException _) {
            return arrived; // the attribute is optional, and nothing is decided by it
        }
    }
}
