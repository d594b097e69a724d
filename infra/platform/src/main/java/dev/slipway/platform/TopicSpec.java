package dev.slipway.platform;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A topic that must exist. A value out of range is an IllegalArgumentException that names the value and the limit.
 *
 * @param name letters, digits, dot, underscore and hyphen, 1 to 249 characters, as Kafka allows
 * @param partitions 1 to 64 inclusive
 * @param keeping what of it is kept
 */
public record TopicSpec(String name, int partitions, Keeping keeping) {
    /** What a topic keeps. */
    public enum Keeping {
        /** As long as the broker keeps anything. */
        ALL,
        /** The latest record of each key. */
        COMPACTED,
        /** An hour: what is read once, at once. */
        SHORT
    }

    public static final int PARTITIONS_MAX = 64;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    public TopicSpec {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("topic name '" + name + "' must match " + NAME.pattern());
        }
        if (partitions < 1 || partitions > PARTITIONS_MAX) {
            throw new IllegalArgumentException(
                    "topic " + name + " wants " + partitions + " partitions, allowed are 1 to " + PARTITIONS_MAX);
        }
    }

    public TopicSpec(String name, int partitions, boolean compacted) {
        this(name, partitions, compacted ? Keeping.COMPACTED : Keeping.ALL);
    }

    public boolean compacted() {
        return keeping == Keeping.COMPACTED;
    }

    /** Reads {@code name:partitions}, {@code name:partitions:short} or {@code name:partitions:compact}. */
    public static TopicSpec parse(String text) {
        List<String> parts = List.of(text.split(":", -1));
        Keeping keeping = switch (parts.size() == 3 ? parts.get(2) : parts.size() == 2 ? "" : "?") {
            case "" -> Keeping.ALL;
            case "compact" -> Keeping.COMPACTED;
            case "short" -> Keeping.SHORT;
            default ->
                throw new IllegalArgumentException("topic '" + text
                        + "' must be name:partitions, name:partitions:compact or name:partitions:short");
        };
        try {
            return new TopicSpec(parts.getFirst(), Integer.parseInt(parts.get(1)), keeping);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("topic '" + text + "' needs a number of partitions after its name", e);
        }
    }
}
