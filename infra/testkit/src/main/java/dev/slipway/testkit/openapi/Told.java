package dev.slipway.testkit.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What no controller tells of an operation by itself.
 *
 * @param operation method and path, such as {@code GET /api/v1/releases/{id}}
 * @param summary for a reader's list of operations
 * @param success status of the answer if all is well
 * @param refusals statuses of refusals besides those that all operations of its kind share
 * @param bodies for a body that the controller takes as bytes: what may be sent, by media type; schemas as JSON
 * @param bodyOptional whether a request may come without one
 * @param routed whether it is no controller's, but a function's
 * @param parameters what the code holds their values to, by name
 * @param examples requests by media type, as JSON
 * @param answer an example of the answer if all is well, as JSON
 */
public record Told(
        String operation,
        String summary,
        int success,
        List<Integer> refusals,
        Map<String, String> bodies,
        boolean bodyOptional,
        boolean routed,
        Map<String, Bound> parameters,
        Map<String, String> examples,
        @Nullable String answer) {
    public Told {
        refusals = List.copyOf(refusals);
        bodies = Map.copyOf(bodies);
        parameters = Map.copyOf(parameters);
        examples = Map.copyOf(examples);
    }

    public static Told of(String operation, String summary) {
        return new Told(operation, summary, 200, List.of(), Map.of(), false, false, Map.of(), Map.of(), null);
    }

    public Told success(int status) {
        return new Told(
                operation, summary, status, refusals, bodies, bodyOptional, routed, parameters, examples, answer);
    }

    public Told refusals(int... statuses) {
        List<Integer> all = new ArrayList<>(refusals);
        for (int status : statuses) {
            all.add(status);
        }
        return new Told(operation, summary, success, all, bodies, bodyOptional, routed, parameters, examples, answer);
    }

    /** A body of this media type; may be said several times. */
    public Told body(String mediaType, String schema) {
        return new Told(
                operation,
                summary,
                success,
                refusals,
                with(bodies, mediaType, schema),
                bodyOptional,
                routed,
                parameters,
                examples,
                answer);
    }

    public Told orNoBody() {
        return new Told(operation, summary, success, refusals, bodies, true, routed, parameters, examples, answer);
    }

    public Told byFunction() {
        return new Told(
                operation, summary, success, refusals, bodies, bodyOptional, true, parameters, examples, answer);
    }

    /** What a parameter of the path, the query or the headers holds to. */
    public Told parameter(String name, Bound bound) {
        return new Told(
                operation,
                summary,
                success,
                refusals,
                bodies,
                bodyOptional,
                routed,
                with(parameters, name, bound),
                examples,
                answer);
    }

    /** A request as somebody would send it, as JSON; may be said once for each media type. */
    public Told example(String mediaType, String json) {
        return new Told(
                operation,
                summary,
                success,
                refusals,
                bodies,
                bodyOptional,
                routed,
                parameters,
                with(examples, mediaType, json),
                answer);
    }

    /** An answer as it comes where all is well, as JSON. */
    public Told answers(String json) {
        return new Told(
                operation, summary, success, refusals, bodies, bodyOptional, routed, parameters, examples, json);
    }

    private static <V> Map<String, V> with(Map<String, V> before, String key, V value) {
        Map<String, V> all = new LinkedHashMap<>(before);
        all.put(key, value);
        return all;
    }

    String method() {
        return operation.substring(0, operation.indexOf(' '));
    }

    String path() {
        return operation.substring(operation.indexOf(' ') + 1);
    }
}
