package dev.slipway.validation.files;

import dev.slipway.rules.LinePattern;
import dev.slipway.validation.files.Located.Unreadable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Which keys of a document a schema knows: those that {@code properties} or {@code patternProperties} name, or that
 * {@code additionalProperties} or {@code unevaluatedProperties} describe by a schema, in any of the schemas that may apply at
 * that place, whether or not the document fits them. Of an object for which the schema names no keys at all any may be there.
 */
final class KnownKeys {
    private static final int LOOKS_MAX = 500_000;
    private static final JsonNode MISSING = MissingNode.getInstance();
    private static final List<String> SEVERAL = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> ONE = List.of("if", "then", "else");
    private static final List<String> OF_ELEMENTS = List.of("items", "additionalItems", "unevaluatedItems", "contains");
    private static final List<String> OF_OTHERS = List.of("additionalProperties", "unevaluatedProperties");

    private final JsonNode root;
    private final Map<String, JsonNode> anchors = new HashMap<>();
    private final Map<String, LinePattern> patterns = new HashMap<>();
    private int looks;

    KnownKeys(JsonNode root) {
        this.root = root;
        anchors(root);
    }

    private void anchors(JsonNode part) {
        for (String name : List.of("$anchor", "$dynamicAnchor", "$id", "id")) {
            String said = part.path(name).asString("");
            if (!said.isEmpty()) {
                anchors.putIfAbsent(said.startsWith("#") ? said.substring(1) : said, part);
            }
        }
        part.forEach(this::anchors);
    }

    /**
     * A key that is not known.
     *
     * @param known names of those that are, beside it
     */
    record Unknown(String pointer, String name, List<String> known) {}

    /** @throws Unreadable if there is too much to look at */
    List<Unknown> unknown(JsonNode document) throws Unreadable {
        looks = 0;
        List<Unknown> unknown = new ArrayList<>();
        visit(document, List.of(root), "", unknown);
        return unknown;
    }

    private void visit(JsonNode value, Collection<JsonNode> schemas, String pointer, List<Unknown> unknown)
            throws Unreadable {
        if (schemas.isEmpty() || !value.isContainer()) {
            return;
        }
        Set<JsonNode> applying = applying(schemas);
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                visit(value.get(i), ofElement(applying, i), pointer + "/" + i, unknown);
            }
            return;
        }
        Set<String> names = new TreeSet<>();
        boolean described = false;
        for (JsonNode schema : applying) {
            names.addAll(schema.path("properties").propertyNames());
            described |= schema.path("properties").isObject()
                    || schema.path("patternProperties").isObject()
                    || OF_OTHERS.stream().anyMatch(other -> describes(schema.path(other)));
        }
        if (!described) {
            return;
        }
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            List<JsonNode> below = ofKey(applying, entry.getKey());
            String at = Located.child(pointer, entry.getKey());
            if (below.isEmpty()) {
                unknown.add(new Unknown(at, entry.getKey(), List.copyOf(names)));
            }
            visit(entry.getValue(), below, at, unknown);
        }
    }

    /** Schemas of a key's value; none where nothing knows the key. */
    private List<JsonNode> ofKey(Set<JsonNode> applying, String name) throws Unreadable {
        List<JsonNode> below = new ArrayList<>();
        for (JsonNode schema : applying) {
            if (schema.path("properties").has(name)) {
                below.add(schema.path("properties").path(name));
            }
            for (Map.Entry<String, JsonNode> pattern :
                    schema.path("patternProperties").properties()) {
                look();
                if (patterns.computeIfAbsent(pattern.getKey(), LinePattern::ofText)
                        .isIn(name)) {
                    below.add(pattern.getValue());
                }
            }
        }
        if (below.isEmpty()) {
            for (JsonNode schema : applying) {
                OF_OTHERS.stream()
                        .map(schema::path)
                        .filter(KnownKeys::describes)
                        .forEach(below::add);
            }
        }
        return below;
    }

    private static List<JsonNode> ofElement(Set<JsonNode> applying, int place) {
        List<JsonNode> below = new ArrayList<>();
        for (JsonNode schema : applying) {
            for (String list : List.of("prefixItems", "items")) {
                if (schema.path(list).isArray() && schema.path(list).has(place)) {
                    below.add(schema.path(list).get(place));
                }
            }
            OF_ELEMENTS.stream().map(schema::path).filter(JsonNode::isObject).forEach(below::add);
        }
        return below;
    }

    private static boolean describes(JsonNode schema) {
        return schema.isObject();
    }

    /** They, and all that they refer to or are made of. */
    private Set<JsonNode> applying(Collection<JsonNode> schemas) throws Unreadable {
        Set<JsonNode> applying = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<JsonNode> open = new ArrayDeque<>(schemas);
        while (!open.isEmpty()) {
            JsonNode schema = open.removeFirst();
            look();
            if (!schema.isObject() || !applying.add(schema)) {
                continue;
            }
            for (String reference : List.of("$ref", "$dynamicRef", "$recursiveRef")) {
                String to = schema.path(reference).asString("");
                if (to.startsWith("#")) {
                    open.add(referred(to.substring(1)));
                }
            }
            for (String several : SEVERAL) {
                schema.path(several).forEach(open::add);
            }
            for (String one : ONE) {
                open.add(schema.path(one));
            }
            schema.path("dependentSchemas").forEach(open::add);
        }
        return applying;
    }

    /** By JSON Pointer, or by the name of an anchor; nothing where there is none. */
    JsonNode referred(String to) {
        try {
            String plain = URLDecoder.decode(to.replace("+", "%2B"), StandardCharsets.UTF_8);
            return plain.isEmpty() || plain.startsWith("/") ? root.at(plain) : anchors.getOrDefault(plain, MISSING);
        } catch (IllegalArgumentException malformed) {
            return MISSING;
        }
    }

    private void look() throws Unreadable {
        if (++looks > LOOKS_MAX) {
            throw Unreadable.beyond("has more to be compared with its schema than is looked at");
        }
    }
}
