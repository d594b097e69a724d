package dev.slipway.validation.files;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A document's values as JSON, and where each stands.
 *
 * @param json all of it
 * @param lines of its values by JSON Pointer, from 1
 * @param texts of values that are no objects and lists, as they are written
 */
record Located(JsonNode json, Map<String, Integer> lines, Map<String, String> texts) {
    static final int DEPTH_MAX = 60;
    static final int VALUES_MAX = 50_000;

    /** Values of which nothing sensible is longer than that many digits. */
    static final int NUMBER_CHARACTERS_MAX = 60;

    Located {
        lines = Map.copyOf(lines);
        texts = Map.copyOf(texts);
    }

    /** It is no such document, or larger than documents are read. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean broken;
        private final int line;

        private Unreadable(boolean broken, int line, String why) {
            super(why, null, false, false);
            this.broken = broken;
            this.line = line;
        }

        /** Whoever reads it would refuse it, too. */
        static Unreadable broken(int line, String why) {
            return new Unreadable(true, line, why);
        }

        /** It may be as it should be, and is not read here. */
        static Unreadable beyond(String why) {
            return new Unreadable(false, 1, why);
        }

        boolean isBroken() {
            return broken;
        }

        int line() {
            return line;
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    /** Collects what is found where, within bounds. */
    static final class Places {
        private final Map<String, Integer> lines = new HashMap<>();
        private final Map<String, String> texts = new HashMap<>();
        private int seen;

        void at(String pointer, int line, @Nullable String text, int depth) throws Unreadable {
            if (++seen > VALUES_MAX || depth > DEPTH_MAX) {
                throw Unreadable.beyond("has more than %,d values or %d levels".formatted(VALUES_MAX, DEPTH_MAX));
            }
            lines.putIfAbsent(pointer, line);
            if (text != null) {
                texts.putIfAbsent(pointer, text);
            }
        }

        Located of(JsonNode json) {
            return new Located(json, lines, texts);
        }
    }

    /** By what its name ends in; a file of YAML may hold several documents. */
    static List<Located> read(String path, String text) throws Unreadable {
        String name = path.toLowerCase(Locale.ROOT);
        if (name.endsWith(".json")) {
            return List.of(JsonText.read(text));
        }
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return YamlText.read(text);
        }
        if (name.endsWith(".properties")) {
            return List.of(PropertiesText.read(text));
        }
        throw Unreadable.beyond("is neither .json, .yaml, .yml nor .properties");
    }

    static String child(String pointer, String name) {
        return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
    }

    /** Of a value, or of the nearest above it that stands in the document. */
    int line(String pointer) {
        String above = pointer;
        while (!lines.containsKey(above) && !above.isEmpty()) {
            above = above.substring(0, above.lastIndexOf('/'));
        }
        return lines.getOrDefault(above, 1);
    }

    /** A plain value as it is written. */
    Optional<String> text(String pointer) {
        return Optional.ofNullable(texts.get(pointer));
    }
}
