package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request says beside its path where it is more than a plain GET: a step of a critical path.
 *
 * @param headers lines of its head, at most {@value #HEADERS_MAX}, without those that belong to the connection; values with
 *     {@link Placeholders}, of which a policy may write 2,000 characters
 * @param body with {@link Placeholders}, of which a policy may write 20,000 characters; null for none; a GET has none
 * @param json whether the body is JSON, so that what is put into its texts is escaped
 * @param save what later steps use as {@code {saved.NAME}}, by name, at most {@value #SAVED_MAX}
 */
public record HttpStep(
        Method method,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, String> headers,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String body,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean json,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, Saving> save) {
    public static final int HEADERS_MAX = 20;
    public static final int SAVED_MAX = 10;
    /** With what is put in the place of placeholders. */
    private static final int FILLED_CHARACTERS_MAX = 200_000;

    private static final int HEADER_CHARACTERS_MAX = 100;
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,59}");
    /** The connection's own, and the trace that each request carries. */
    private static final Set<String> NOT_OURS = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "traceparent",
            "transfer-encoding",
            "upgrade");

    /** What may be asked for. */
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE
    }

    public HttpStep {
        Texts.requirePresent("gates.http.method", method);
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
        save = Collections.unmodifiableMap(new TreeMap<>(save));
        Ranges.require("gates.http.headers: number of them", headers.size(), 0, HEADERS_MAX);
        Ranges.require("gates.http.save: number of values", save.size(), 0, SAVED_MAX);
        headers.forEach(HttpStep::requireLine);
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        headers.keySet().forEach(name -> {
            if (!names.add(name)) {
                throw new IllegalArgumentException("gates.http.headers: " + name + " stands twice, in other letters");
            }
        });
        save.keySet().forEach(HttpStep::requireName);
        if (body != null) {
            Ranges.require("gates.http.body: its characters", body.length(), 0, FILLED_CHARACTERS_MAX);
            if (method == Method.GET) {
                throw new IllegalArgumentException("gates.http.body: a GET has none; say method: POST");
            }
        }
    }

    private static void requireLine(String name, String value) {
        requireHeader("gates.http.headers", name);
        if (NOT_OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "gates.http.headers: %s is set by whoever sends the request; leave it out".formatted(name));
        }
        if (value.chars().anyMatch(letter -> letter < ' ' || letter > '~')) {
            throw new IllegalArgumentException(
                    "gates.http.headers: the value of %s is one line of printable ASCII".formatted(name));
        }
        Texts.requireLength("gates.http.headers: a value", value, 0, FILLED_CHARACTERS_MAX);
    }

    static void requireHeader(String what, String name) {
        Texts.requireLength(what + ": name of a header", name, 1, HEADER_CHARACTERS_MAX);
        if (!HEADER.matcher(name).matches()) {
            throw new IllegalArgumentException(what + ": " + Texts.shown(name) + " is no name of a header");
        }
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "gates.http.save: a name is a letter, then up to 59 letters, digits, hyphens and underscores, is "
                            + Texts.shown(name));
        }
    }

    /** All of it that may hold {@link Placeholders}. */
    Stream<String> texts() {
        return Stream.concat(headers.values().stream(), Stream.ofNullable(body));
    }

    /** Whether it asks for nothing but an answer, as anybody might at any time. */
    boolean isPlain() {
        return method == Method.GET && headers.isEmpty() && body == null;
    }

    /** The same with its texts filled in. */
    HttpStep filled(Filling filling) {
        Map<String, String> lines = new TreeMap<>();
        headers.forEach((name, value) -> lines.put(name, filling.text(value)));
        String written = body;
        String sent = written == null ? null : json ? filling.json(written) : filling.text(written);
        return new HttpStep(method, lines, sent, json, save);
    }
}
