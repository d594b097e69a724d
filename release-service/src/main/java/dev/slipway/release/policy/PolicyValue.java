package dev.slipway.release.policy;

import dev.slipway.contracts.Texts;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What a policy's document says at a path such as {@code approvals.required}, {@code environments.production.steps[0].traffic}
 * or {@code gates[0].rule.tests.failed}.
 */
sealed interface PolicyValue {
    /** @param text the value for people, in one line of at most 200 characters */
    record Said(String text) implements PolicyValue {}

    /**
     * Nothing is said there.
     *
     * @param upTo the part of the path that is there; empty if none is
     * @param legal paths that go on from there
     */
    record Missing(String upTo, List<String> legal) implements PolicyValue {
        public Missing {
            legal = List.copyOf(legal);
        }
    }

    int CHARACTERS_MAX = 200;

    static PolicyValue at(JsonNode document, String path) {
        JsonNode node = document;
        String upTo = "";
        String rest = path;
        while (!rest.isEmpty()) {
            Optional<String> part = next(node, rest);
            if (part.isEmpty()) {
                return new Missing(upTo, legal(node, upTo));
            }
            String name = part.get();
            node = node.isArray() ? node.path(index(name)) : node.path(name);
            upTo += name.startsWith("[") || upTo.isEmpty() ? name : "." + name;
            rest = rest.substring(name.length());
            rest = rest.startsWith(".") ? rest.substring(1) : rest;
        }
        return node.isNull() || node.isObject() || (node.isArray() && node.isEmpty())
                ? new Missing(upTo, legal(node, upTo))
                : new Said(Texts.oneLine(text(node), CHARACTERS_MAX));
    }

    /** The longest name that the rest begins with: names of facts have dots. */
    private static Optional<String> next(JsonNode node, String rest) {
        if (node.isArray()) {
            int end = rest.startsWith("[") ? rest.indexOf(']') : -1;
            String name = rest.substring(0, end + 1);
            return end > 0 && node.has(index(name)) ? Optional.of(name) : Optional.empty();
        }
        return node.propertyNames().stream()
                .filter(name -> rest.equals(name) || rest.startsWith(name + ".") || rest.startsWith(name + "["))
                .max(Comparator.comparingInt(String::length));
    }

    /** Of {@code [7]}; -1 for what is no index. */
    private static int index(String name) {
        String digits = name.substring(1, name.length() - 1);
        return digits.matches("[0-9]{1,4}") ? Integer.parseInt(digits) : -1;
    }

    private static List<String> legal(JsonNode node, String upTo) {
        if (node.isArray()) {
            return node.isEmpty() ? List.of() : List.of("%s[0] to %s[%d]".formatted(upTo, upTo, node.size() - 1));
        }
        return node.propertyNames().stream()
                .map(name -> upTo.isEmpty() ? name : upTo + "." + name)
                .toList();
    }

    private static String text(JsonNode node) {
        if (!node.isArray()) {
            return node.asString();
        }
        boolean plain = node.valueStream().allMatch(JsonNode::isValueNode);
        return plain
                ? node.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "))
                : Texts.counted(node.size(), "entry", "entries");
    }
}
