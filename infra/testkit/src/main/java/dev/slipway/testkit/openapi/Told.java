package dev.slipway.testkit.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 */
public record Told(
        String operation,
        String summary,
        int success,
        List<Integer> refusals,
        Map<String, String> bodies,
        boolean bodyOptional,
        boolean routed) {
    public Told {
        refusals = List.copyOf(refusals);
        bodies = Map.copyOf(bodies);
    }

    public static Told of(String operation, String summary) {
        return new Told(operation, summary, 200, List.of(), Map.of(), false, false);
    }

    public Told success(int status) {
        return new Told(operation, summary, status, refusals, bodies, bodyOptional, routed);
    }

    public Told refusals(int... statuses) {
        List<Integer> all = new ArrayList<>(refusals);
        for (int status : statuses) {
            all.add(status);
        }
        return new Told(operation, summary, success, all, bodies, bodyOptional, routed);
    }

    /** A body of this media type; may be said several times. */
    public Told body(String mediaType, String schema) {
        Map<String, String> all = new LinkedHashMap<>(bodies);
        all.put(mediaType, schema);
        return new Told(operation, summary, success, refusals, all, bodyOptional, routed);
    }

    public Told orNoBody() {
        return new Told(operation, summary, success, refusals, bodies, true, routed);
    }

    public Told byFunction() {
        return new Told(operation, summary, success, refusals, bodies, bodyOptional, true);
    }

    String method() {
        return operation.substring(0, operation.indexOf(' '));
    }

    String path() {
        return operation.substring(operation.indexOf(' ') + 1);
    }
}
