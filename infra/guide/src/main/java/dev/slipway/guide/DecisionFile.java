package dev.slipway.guide;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;

/** {@link Decisions} as YAML that a person can edit: a line is decided by giving it {@code decided: {class: duty}}. */
public final class DecisionFile {
    private static final String HEAD = """
        # Lines of the guide as the last import saw them, and what was decided about them.
        # To decide one: decided: {class: duty, role: QA}   (classes: gate, duty, document, action, value, nothing;
        # a gate may name what it is bound to: answer: "gates: [{id: lint, evidence: sarif}]")
        """;

    private DecisionFile() {}

    public static String write(Decisions decisions) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("guide", decisions.guide());
        root.put("lines", decisions.lines().stream().map(DecisionFile::map).toList());
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setAllowUnicode(true);
        options.setWidth(160);
        return HEAD + new Yaml(new Representer(options), options).dump(root);
    }

    private static Map<String, Object> map(Decisions.Known line) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", line.id());
        map.put("under", line.headings());
        map.put("text", line.text());
        map.put("line", line.line());
        Decisions.@Nullable Decision decision = line.decision();
        if (decision != null) {
            Map<String, Object> decided = new LinkedHashMap<>();
            decided.put("class", decision.kind().word());
            if (decision.answer() != null) {
                decided.put("answer", decision.answer());
            }
            if (decision.role() != null) {
                decided.put("role", decision.role());
            }
            map.put("decided", decided);
        }
        return map;
    }

    /** @throws IllegalArgumentException if it is no such file; the message names the line's id and what is legal */
    public static Decisions read(String yaml) {
        Object root;
        try {
            root = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        } catch (YAMLException broken) {
            throw new IllegalArgumentException("the decisions are no YAML: " + first(broken), broken);
        }
        if (!(root instanceof Map<?, ?> map) || !(map.get("lines") instanceof List<?> lines)) {
            throw new IllegalArgumentException("the decisions need a list named lines: write them with --save");
        }
        List<Decisions.Known> known = new ArrayList<>();
        for (Object line : lines) {
            if (!(line instanceof Map<?, ?> one)) {
                throw new IllegalArgumentException("a line of the decisions is no object: " + line);
            }
            known.add(known(one));
        }
        return new Decisions(text(map, "guide"), known);
    }

    private static Decisions.Known known(Map<?, ?> line) {
        List<String> headings = line.get("under") instanceof List<?> under
                ? under.stream().map(String::valueOf).toList()
                : List.of();
        int number = line.get("line") instanceof Integer stands ? stands : 1;
        return new Decisions.Known(text(line, "id"), headings, text(line, "text"), number, decision(line));
    }

    private static Decisions.@Nullable Decision decision(Map<?, ?> line) {
        return switch (line.get("decided")) {
            case null -> null;
            case Map<?, ?> decided -> {
                if (text(decided, "class").isEmpty()) {
                    throw new IllegalArgumentException(
                            "%s is decided without a class: decided: {class: duty}".formatted(text(line, "id")));
                }
                yield new Decisions.Decision(
                        LineClass.of(text(decided, "class")), orNull(decided, "answer"), orNull(decided, "role"));
            }
            default ->
                throw new IllegalArgumentException(
                        "%s: decided needs an object such as {class: duty}".formatted(text(line, "id")));
        };
    }

    private static String text(Map<?, ?> map, String key) {
        Object value = map.get(key);
        return value == null ? "" : value.toString();
    }

    private static @Nullable String orNull(Map<?, ?> map, String key) {
        String text = text(map, key);
        return text.isBlank() ? null : text;
    }

    private static String first(YAMLException broken) {
        return String.valueOf(broken.getMessage()).lines().findFirst().orElse("unreadable");
    }
}
