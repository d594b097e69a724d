package dev.slipway.contracts.policy;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Gate.JsonExpectation;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Puts values in the place of {@link Placeholders}, each as it has to stand where the text stands. Two may do so one after
 * the other, as none of them knows all values.
 */
public final class Filling {
    private final Function<String, @Nullable String> values;
    /** Of which names nobody comes after, so that what stands in double braces is text from here on. */
    private final Predicate<String> last;

    private Filling(Function<String, @Nullable String> values, Predicate<String> last) {
        this.values = values;
        this.last = last;
    }

    /** What has no value stays, and so does {@code {{name}}}, for whoever knows the rest. */
    public static Filling first(Map<String, String> values) {
        return new Filling(values::get, _ -> false);
    }

    /**
     * Nobody comes after, but for whoever knows what steps save: {@code {{name}}} becomes {@code {name}}. What has no value
     * stays as it stands.
     */
    public static Filling last(Function<String, @Nullable String> values) {
        return new Filling(values, name -> !Placeholders.isSaved(name));
    }

    /**
     * After all others: what steps have saved, and nothing else.
     *
     * @param values by the names under which they were saved
     */
    public static Filling saved(Map<String, String> values) {
        return new Filling(
                name -> Placeholders.isSaved(name)
                        ? values.get(name.substring(Placeholders.SAVED_PREFIX.length()))
                        : null,
                Placeholders::isSaved);
    }

    public String text(String text) {
        return filled(text, value -> value);
    }

    /** A path with query: what is put in is percent-encoded, slashes too. */
    public String path(String path) {
        return filled(
                path,
                value -> URLEncoder.encode(value, StandardCharsets.UTF_8)
                        .replace("+", "%20")); // a plus is a space in a query alone
    }

    /** A value as JSON text, whose strings may hold placeholders. */
    public String json(String json) {
        return filled(json, Filling::withinString);
    }

    /** A request with all that it expects. */
    public HttpProbe request(HttpProbe request) {
        String contains = request.contains();
        HttpStep step = request.step();
        return new HttpProbe(
                path(request.get()),
                request.status(),
                request.latency(),
                request.json().stream().map(this::expected).toList(),
                contains == null ? null : text(contains),
                step == null ? null : step.filled(this));
    }

    private JsonExpectation expected(JsonExpectation value) {
        return new JsonExpectation(value.path(), json(value.equals()));
    }

    public List<HttpProbe> requests(List<HttpProbe> requests) {
        return requests.stream().map(this::request).toList();
    }

    /** What a server of metrics is asked. */
    public List<MetricQuery> queries(List<MetricQuery> queries) {
        return queries.stream()
                .map(query -> new MetricQuery(
                        text(query.query()), query.at(), query.sense(), query.bound(), query.freshWithin()))
                .toList();
    }

    /** What has to be found, and where. Within an address a value stands percent-encoded. */
    public Arrival arrival(Arrival arrival) {
        return new Arrival(
                path(arrival.url(), true),
                path(arrival.get(), true),
                path(arrival.tag(), false),
                path(arrival.image(), false),
                arrival.status(),
                path(arrival.contains(), false),
                path(arrival.sha256(), false),
                arrival.image() == null || arrival.digest() != null
                        ? path(arrival.digest(), false)
                        : text("{" + Placeholders.DIGEST + "}"),
                arrival.every(),
                arrival.json().stream().map(this::expected).toList());
    }

    /** Of which milestone issues are. */
    public TrackerRule tracker(TrackerRule rule) {
        String milestone = rule.milestone();
        return milestone == null ? rule : rule.of(text(milestone));
    }

    /** Which version files have to say. */
    public FilesRule files(FilesRule rule) {
        VersionStrings versions = rule.versions();
        return versions == null
                ? rule
                : FilesRule.of(new VersionStrings(versions.files(), versions.candidates(), text(versions.expected())));
    }

    private @Nullable String path(@Nullable String text, boolean encoded) {
        if (text == null) {
            return null;
        }
        return encoded ? path(text) : text(text);
    }

    private static String withinString(String value) {
        String quoted = WireJson.mapper().writeValueAsString(value);
        return quoted.substring(1, quoted.length() - 1);
    }

    private String filled(String text, Function<String, String> encode) {
        return Placeholders.replaced(text, (name, verbatim) -> {
            if (verbatim) {
                return last.test(name) ? "{" + name + "}" : "{{" + name + "}}";
            }
            String value = values.apply(name);
            return value == null ? "{" + name + "}" : encode.apply(value);
        });
    }
}
