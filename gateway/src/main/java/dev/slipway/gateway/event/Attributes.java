package dev.slipway.gateway.event;

import dev.slipway.contracts.Texts;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The CloudEvents attributes that Slipway keeps, checked. */
record Attributes(
        String id,
        String source,
        String type,
        @Nullable Instant time,
        @Nullable String traceparent) {
    static final String SPEC_VERSION = "1.0";
    static final String OWN_TYPES = "dev.slipway.";
    static final int TEXT_MAX = 500;

    /**
     * Checks what every CloudEvent has.
     *
     * @throws EventRefused if something is missing or out of range
     */
    static Attributes of(Map<String, String> values) {
        String version = required(values, "specversion");
        if (!version.equals(SPEC_VERSION)) {
            throw EventRefused.malformed("specversion must be " + SPEC_VERSION + ", is " + version);
        }
        String type = required(values, "type");
        if (type.startsWith(OWN_TYPES)) {
            throw EventRefused.malformed("Types that begin with " + OWN_TYPES + " are Slipway's own, this is " + type);
        }
        return new Attributes(
                required(values, "id"),
                reference(required(values, "source")),
                type,
                time(values.get("time")),
                Traceparent.read(values.get("traceparent")));
    }

    /** Header values are percent-encoded where they are not plain ASCII, and may be quoted (HTTP binding, 3.1.3.2). */
    static Map<String, String> decoded(Map<String, String> headers) {
        Map<String, String> decoded = new TreeMap<>();
        headers.forEach((name, value) -> decoded.put(name, decode(name, value)));
        return decoded;
    }

    private static String decode(String name, String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        String plain = quoted ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
        try {
            return URLDecoder.decode(plain.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw EventRefused.malformed("The header ce-" + name + " is not percent-encoded as it should be");
        }
    }

    private static String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null || !Texts.says(value)) {
            throw EventRefused.malformed(
                    "The event has no " + name + "; id, source, type and specversion are required");
        }
        try {
            return Texts.requireLength(name, value, 1, TEXT_MAX);
        } catch (IllegalArgumentException illegal) {
            throw EventRefused.malformed(String.valueOf(illegal.getMessage()));
        }
    }

    private static String reference(String source) {
        try {
            return new URI(source).toString();
        } catch (URISyntaxException notUri) {
            throw EventRefused.malformed("source must be a URI reference: " + notUri.getMessage());
        }
    }

    private static @Nullable Instant time(@Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException notTime) {
            throw EventRefused.malformed("time must be a timestamp of RFC 3339 like 2026-01-31T10:00:00Z, is " + value);
        }
    }
}
