package dev.slipway.proof.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Values that a schema allows, more or less, and values that it does not. */
final class SchemaValues {
    private static final JsonNodeFactory JSON = JsonMapper.shared().getNodeFactory();
    private static final int DEPTH_MAX = 6;
    /** What the patterns of the document stand for; a text that fits a pattern is not made from the pattern. */
    private static final List<String> TEXTS = List.of(
            "fuzz",
            "hello",
            "1.0.0",
            "2.0.0-rc.1",
            "hello@1.0.0",
            "hello/production",
            "production",
            "a".repeat(40),
            "sha256:" + "0".repeat(64),
            "file:/srv/artifacts/hello.jar",
            "ada@example.test",
            "2026-01-05T10:00:00Z",
            "PT5S",
            "COMPLETED",
            "release-service",
            "because",
            "unit",
            "junit");

    private static final List<String> ODD_TEXTS = List.of(
            "",
            " ",
            "\u0000",
            "ß\u20ac\ud83d\ude00",
            "\ud800",
            "../../etc/passwd",
            "a\r\nb: c",
            "%00",
            "${7*7}",
            "#{T(java.lang.Runtime)}",
            "{\"$ne\": null}",
            "' OR 1=1 --",
            "x".repeat(300),
            "y".repeat(5000),
            "-1",
            "99999999999999999999",
            "1e400",
            "null",
            "true");

    private final ApiDocument document;

    SchemaValues(ApiDocument document) {
        this.document = document;
    }

    /** A value that the schema means. */
    JsonNode good(JsonNode schema, SplittableRandom random) {
        return good(schema, random, 0);
    }

    /** A text for a parameter that the schema means. */
    String goodText(JsonNode schema, SplittableRandom random) {
        JsonNode value = good(schema, random);
        return value.isString() ? value.asString() : value.toString();
    }

    /** A text that hardly any schema means. */
    static String odd(SplittableRandom random) {
        return pick(ODD_TEXTS, random);
    }

    static <T> T pick(List<T> all, SplittableRandom random) {
        return all.get(random.nextInt(all.size()));
    }

    private JsonNode good(JsonNode given, SplittableRandom random, int depth) {
        JsonNode schema = document.resolved(given);
        for (String choice : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.has(choice)) {
                List<JsonNode> all = schema.get(choice).valueStream().toList();
                return good(pick(all, random), random, depth + 1);
            }
        }
        if (schema.has("const")) {
            return schema.get("const");
        }
        if (schema.has("enum")) {
            return pick(schema.get("enum").valueStream().toList(), random);
        }
        return switch (type(schema, random)) {
            case "object" -> object(schema, random, depth);
            case "array" -> array(schema, random, depth);
            case "integer" -> JSON.numberNode(schema.path("minimum").asLong(0) + random.nextInt(50));
            case "number" -> JSON.numberNode(random.nextDouble() * 100);
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "null" -> JSON.nullNode();
            default -> JSON.stringNode(text(schema, random));
        };
    }

    private static String type(JsonNode schema, SplittableRandom random) {
        JsonNode type = schema.path("type");
        return type.isArray()
                ? pick(type.valueStream().map(JsonNode::asString).toList(), random)
                : type.asString(schema.has("properties") ? "object" : "string");
    }

    private static String text(JsonNode schema, SplittableRandom random) {
        String pattern = schema.path("pattern").asString("");
        List<String> fitting = pattern.isEmpty()
                ? TEXTS
                : TEXTS.stream().filter(each -> each.matches(pattern)).toList();
        return fitting.isEmpty() ? pick(TEXTS, random) : pick(fitting, random);
    }

    private ObjectNode object(JsonNode schema, SplittableRandom random, int depth) {
        ObjectNode made = JSON.objectNode();
        var required =
                schema.path("required").valueStream().map(JsonNode::asString).collect(Collectors.toSet());
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            boolean needed = required.contains(property.getKey());
            if (needed || (depth < DEPTH_MAX && random.nextInt(3) > 0)) {
                made.set(property.getKey(), good(property.getValue(), random, depth + 1));
            }
        }
        return made;
    }

    private ArrayNode array(JsonNode schema, SplittableRandom random, int depth) {
        ArrayNode made = JSON.arrayNode();
        int size = depth < DEPTH_MAX ? random.nextInt(4) : 0;
        for (int i = 0; i < size; i++) {
            made.add(good(schema.path("items"), random, depth + 1));
        }
        return made;
    }

    /** The value with something changed in it. */
    JsonNode bent(JsonNode value, SplittableRandom random) {
        if (value.isObject() && !value.isEmpty() && random.nextInt(4) > 0) {
            ObjectNode changed = (ObjectNode) value.deepCopy();
            String name = pick(new ArrayList<>(changed.propertyNames()), random);
            switch (random.nextInt(4)) {
                case 0 -> changed.remove(name);
                case 1 -> changed.set(odd(random), changed.get(name));
                default -> changed.set(name, bent(changed.get(name), random));
            }
            return changed;
        }
        return switch (random.nextInt(8)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.numberNode(random.nextLong());
            case 2 -> JSON.booleanNode(true);
            case 3 -> JSON.arrayNode().add(value);
            case 4 -> JSON.objectNode().set("value", value);
            case 5 -> JSON.numberNode(-0.5);
            default -> JSON.stringNode(odd(random));
        };
    }
}
