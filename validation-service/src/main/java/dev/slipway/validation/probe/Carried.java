package dev.slipway.validation.probe;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.BodyPath;
import dev.slipway.contracts.policy.Filling;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.HttpStep;
import dev.slipway.contracts.policy.Placeholders;
import dev.slipway.contracts.policy.Saving;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What steps have saved so far, by name. It may be secret: no text shows it, and it is taken out of what others say. */
record Carried(Map<String, String> values) {
    static final Carried NOTHING = new Carried(Map.of());

    Carried {
        values = Map.copyOf(values);
    }

    /** What came of looking for what a step saves. */
    sealed interface Looked {
        record Found(Carried carried) implements Looked {}

        /** @param why in words that follow the step's name, without what was found */
        record Missing(String why) implements Looked {}
    }

    /** The first value that a step needs and nobody has saved. */
    Optional<String> missing(HttpProbe step) {
        return step.texts().stream()
                .flatMap(text -> Placeholders.used(text).stream())
                .filter(Placeholders::isSaved)
                .filter(name -> !values.containsKey(name.substring(Placeholders.SAVED_PREFIX.length())))
                .findFirst();
    }

    /** The step as it is sent. */
    HttpProbe into(HttpProbe step) {
        return Filling.saved(values).request(step);
    }

    Carried without(Set<String> names) {
        Map<String, String> rest = new TreeMap<>(values);
        rest.keySet().removeAll(names);
        return new Carried(rest);
    }

    Carried and(Carried more) {
        Map<String, String> all = new TreeMap<>(values);
        all.putAll(more.values);
        return new Carried(all);
    }

    /**
     * What the answer to a step holds of what it saves: all of it, or what is missing first.
     *
     * @param head of the answer, by names in lower case
     */
    static Looked looked(HttpStep step, Map<String, String> head, byte[] body, JsonMapper json) {
        Map<String, String> found = new TreeMap<>();
        for (Map.Entry<String, Saving> one : step.save().entrySet()) {
            Saving saving = one.getValue();
            String header = saving.header();
            @Nullable
            String value = header == null
                    ? inBody(String.valueOf(saving.path()), body, json)
                    : head.get(header.toLowerCase(Locale.ROOT));
            if (value == null || value.isEmpty()) {
                return new Looked.Missing("has no text, number or truth value to save as %s at %s"
                        .formatted(one.getKey(), saving.where()));
            }
            if (value.length() > Saving.CHARACTERS_MAX) {
                return new Looked.Missing("has more than %d characters to save as %s at %s"
                        .formatted(Saving.CHARACTERS_MAX, one.getKey(), saving.where()));
            }
            found.put(one.getKey(), value);
        }
        return new Looked.Found(new Carried(found));
    }

    private static @Nullable String inBody(String path, byte[] body, JsonMapper json) {
        try {
            return BodyPath.find(json.readTree(body), path, json)
                    .filter(value -> value.isString() || value.isNumber() || value.isBoolean())
                    .map(JsonNode::asString)
                    .orElse(null);
        } catch (JacksonException noJson) {
            return null;
        }
    }

    /** A text of somebody else's, with the name in the place of each value, however it is written there. */
    String hidden(String text) {
        List<Map.Entry<String, String>> longestFirst = values.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, String> one) ->
                                -one.getValue().length())
                        .thenComparing(Map.Entry::getKey))
                .toList();
        String shown = text;
        for (Map.Entry<String, String> one : longestFirst) {
            String name = "{" + Placeholders.SAVED_PREFIX + one.getKey() + "}";
            for (String written : forms(one.getValue()).toList()) {
                shown = shown.replace(written, name);
            }
        }
        return shown;
    }

    private static Stream<String> forms(String value) {
        String quoted = WireJson.mapper().writeValueAsString(value);
        return Stream.of(
                        value,
                        quoted.substring(1, quoted.length() - 1),
                        URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20"))
                .distinct();
    }

    @Override
    public String toString() {
        return "Carried" + values.keySet();
    }
}
