package dev.slipway.testkit.openapi;

import java.util.Collection;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a value holds to besides its type, in keywords of JSON Schema. Whoever describes a service makes it of the constants,
 * or of the settings, that the code itself holds the value to.
 */
public final class Bound {
    private final Consumer<ObjectNode> keywords;

    private Bound(Consumer<ObjectNode> keywords) {
        this.keywords = keywords;
    }

    /** A text of so many characters, by Unicode's count. */
    public static Bound length(int min, int max) {
        return new Bound(schema -> schema.put("minLength", min).put("maxLength", max));
    }

    /** A text that matches as a whole. */
    public static Bound matching(Pattern pattern) {
        return new Bound(schema -> schema.put("pattern", whole(pattern)));
    }

    static String whole(Pattern pattern) {
        return "^(?:" + pattern.pattern() + ")$";
    }

    /** A text in which the pattern is found. */
    public static Bound holding(Pattern pattern) {
        return new Bound(schema -> schema.put("pattern", pattern.pattern()));
    }

    /** A whole number, both ends included. */
    public static Bound range(long min, long max) {
        return new Bound(schema -> schema.put("minimum", min).put("maximum", max));
    }

    /** A whole number from here on. */
    public static Bound from(long min) {
        return new Bound(schema -> schema.put("minimum", min));
    }

    /** A list of so many elements. */
    public static Bound elements(int min, int max) {
        return new Bound(schema -> schema.put("minItems", min).put("maxItems", max));
    }

    public static Bound oneOf(Collection<String> words) {
        return new Bound(schema -> {
            ArrayNode legal = schema.putArray("enum");
            words.forEach(legal::add);
        });
    }

    /** Present and not null, though the record that reads it could do without, so that who sends it is told in words. */
    public static Bound present() {
        return new Bound(schema -> {
            if (schema.path("type").isArray()) {
                schema.put("type", schema.path("type").path(0).asString(""));
            }
        });
    }

    /** Says it to people. */
    public static Bound means(String words) {
        return new Bound(schema -> schema.put("description", words));
    }

    public Bound and(Bound other) {
        return new Bound(keywords.andThen(other.keywords));
    }

    void on(ObjectNode schema) {
        keywords.accept(schema);
    }
}
