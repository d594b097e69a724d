package dev.slipway.guide;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The guide that Slipway ships, and what answers each of its lines in the present product. */
public final class DefaultGuide {
    private static final String RESOURCE = "default-guide.yaml";

    private DefaultGuide() {}

    /**
     * @param kind gate, duty, document, action, value or nothing
     * @param cover how far the present product answers it
     * @param of number and hash of the line that it covers in the guide that this project began with
     */
    public record Line(
            String heading,
            String text,
            String kind,
            String answer,
            String cover,
            @Nullable String policy,
            String of) {
        public Line {
            LineClass.of(kind);
            Answer.Cover.valueOf(cover.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    public static List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        for (Map<?, ?> section : maps(load().get("sections"))) {
            for (Map<?, ?> line : maps(section.get("lines"))) {
                lines.add(new Line(
                        text(section, "heading"),
                        text(line, "text"),
                        text(line, "class"),
                        text(line, "answer"),
                        text(line, "cover"),
                        line.get("policy") == null ? null : text(line, "policy"),
                        text(line, "of")));
            }
        }
        return lines;
    }

    /** As a team would keep it; a title among the lines is a heading. */
    public static String markdown() {
        StringBuilder out = new StringBuilder("# Release guide\n");
        String under = "";
        for (Line line : lines()) {
            if (!line.heading().equals(under)) {
                out.append("\n## ").append(line.heading()).append('\n');
                under = line.heading();
            }
            boolean title = line.answer().startsWith("a title");
            if (!title) {
                out.append("- ").append(line.text()).append('\n');
            }
        }
        return out.toString();
    }

    private static Map<?, ?> load() {
        try (InputStream in = Objects.requireNonNull(DefaultGuide.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Map<?, ?>> maps(@Nullable Object list) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (list instanceof List<?> many) {
            many.forEach(one -> maps.add((Map<?, ?>) one));
        }
        return maps;
    }

    private static String text(Map<?, ?> map, String key) {
        return String.valueOf(map.get(key));
    }
}
