package dev.slipway.platform;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A topic that must exist. A value out of range is an IllegalArgumentException that names the value and the limit.
 *
 * @param name letters, digits, dot, underscore and hyphen, 1 to 249 characters, as Kafka allows
 * @param partitions 1 to 64 inclusive
 * @param compacted whether only the latest record of each key is kept
 */
public record TopicSpec(String name, int partitions, boolean compacted) {
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

    /** Reads {@code name:partitions} or {@code name:partitions:compact}. */
    public static TopicSpec parse(String text) {
        List<String> parts = List.of(text.split(":", -1));
        boolean compacted = parts.size() == 3 && "compact".equals(parts.get(2));
        if (parts.size() != 2 && !compacted) {
            throw new IllegalArgumentException(
                    "topic '" + text + "' must be name:partitions or name:partitions:compact");
        }
        try {
            return new TopicSpec(parts.getFirst(), Integer.parseInt(parts.get(1)), compacted);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("topic '" + text + "' needs a number of partitions after its name", e);
        }
    }
}
