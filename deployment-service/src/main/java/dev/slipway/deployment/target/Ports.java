package dev.slipway.deployment.target;

import dev.slipway.contracts.policy.Placeholders;
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

    /** By the placeholders that stand for them. */
    Map<String, String> placeholders() {
        Map<String, String> all = new TreeMap<>();
        all.put(Placeholders.PORT, Integer.toString(traffic));
        named.forEach((name, number) -> all.put(Placeholders.PORT_PREFIX + name, Integer.toString(number)));
        return all;
    }

    List<Integer> all() {
        return Stream.concat(Stream.of(traffic), new TreeMap<>(named).values().stream())
                .toList();
    }
}
