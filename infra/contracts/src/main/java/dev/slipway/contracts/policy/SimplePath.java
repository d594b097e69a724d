package dev.slipway.contracts.policy;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A simple JSONPath: {@code $}, then {@code .name} and {@code [index]}. */
final class SimplePath {
    private static final Pattern PART = Pattern.compile("\\.([A-Za-z0-9_$-]+)|\\[([0-9]{1,9})]");

    private SimplePath() {}

    /** The value at the path, or nothing if there is none or this is no such path. */
    static Optional<JsonNode> find(JsonNode root, String path) {
        if (!path.startsWith("$")) {
            return Optional.empty();
        }
        Matcher part = PART.matcher(path);
        JsonNode node = root;
        int at = 1;
        while (at < path.length()) {
            if (!part.find(at) || part.start() != at) {
                return Optional.empty();
            }
            node = part.group(1) != null ? node.path(part.group(1)) : node.path(Integer.parseInt(part.group(2)));
            at = part.end();
        }
        return node.isMissingNode() ? Optional.empty() : Optional.of(node);
    }

    /** Whether two values are the same; 1 and 1.0 are. */
    static boolean same(JsonNode one, JsonNode two) {
        if (one.isNumber() && two.isNumber()) {
            return one.decimalValue().compareTo(two.decimalValue()) == 0;
        }
        return one.equals(two);
    }
}
