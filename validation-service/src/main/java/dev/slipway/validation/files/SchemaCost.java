package dev.slipway.validation.files;

import dev.slipway.validation.files.Located.Unreadable;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * How many schemas are held against one value, at most, because one refers to another or is made of others: a schema of a
 * few lines can ask for more than any machine does, or for no end.
 */
final class SchemaCost {
    /** Of one value; the schemas of usual tools need some hundred. */
    private static final long COST_MAX = 2_000;

    private static final long UNDER_WAY = -1;
    private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf", "dependentSchemas", "dependencies");
    private static final List<String> SINGLE = List.of("not", "if", "then", "else");
    private static final List<String> REFERENCES = List.of("$ref", "$dynamicRef", "$recursiveRef");

    private final Function<String, JsonNode> referred;
    private final IdentityHashMap<JsonNode, Long> known = new IdentityHashMap<>();

    private SchemaCost(Function<String, JsonNode> referred) {
        this.referred = referred;
    }

    /**
     * Requires that no part of a schema asks for too much.
     *
     * @param referred what {@code #...} means in it, without the number sign
     */
    static void require(JsonNode root, Function<String, JsonNode> referred) throws Unreadable {
        new SchemaCost(referred).each(root);
    }

    private void each(JsonNode part) throws Unreadable {
        cost(part);
        for (JsonNode below : part) {
            each(below);
        }
    }

    private long cost(JsonNode schema) throws Unreadable {
        if (!schema.isObject()) {
            return 1;
        }
        Long before = known.putIfAbsent(schema, UNDER_WAY);
        if (before != null) {
            if (before == UNDER_WAY) {
                throw Unreadable.beyond("refers to itself without an end");
            }
            return before;
        }
        long cost = 1;
        for (String list : LISTS) {
            for (JsonNode part : schema.path(list)) {
                cost += cost(part);
            }
        }
        for (String single : SINGLE) {
            cost += schema.has(single) ? cost(schema.path(single)) : 0;
        }
        for (String reference : REFERENCES) {
            String to = schema.path(reference).asString("");
            cost += to.startsWith("#") ? cost(referred.apply(to.substring(1))) : 0;
        }
        if (cost > COST_MAX) {
            throw Unreadable.beyond("holds more than %,d schemas against one value".formatted(COST_MAX));
        }
        known.put(schema, cost);
        return cost;
    }
}
