package dev.slipway.deployment.target;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ports that one program has.
 *
 * @param traffic where users' requests go
 * @param named the others by name
 */
record Ports(int traffic, Map<String, Integer> named) {
    Ports {
        named = Map.copyOf(named);
    }

    /** @param name null for the one that takes traffic */
    int number(@Nullable String name) {
        return name == null ? traffic : Objects.requireNonNull(named.get(name), name);
    }

    List<Integer> all() {
        return Stream.concat(Stream.of(traffic), new TreeMap<>(named).values().stream())
                .toList();
    }
}
