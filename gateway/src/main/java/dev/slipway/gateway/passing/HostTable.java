package dev.slipway.gateway.passing;

import dev.slipway.contracts.EnvironmentId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names by which environments are reached. Immutable. Of two environments that claim a name the first keeps it, until
 * it gives it up.
 */
public final class HostTable {
    private final Map<String, EnvironmentId> names;
    private final Map<EnvironmentId, Set<String>> refused;

    private HostTable(Map<String, EnvironmentId> names, Map<EnvironmentId, Set<String>> refused) {
        this.names = names;
        this.refused = refused;
    }

    public static HostTable none() {
        return new HostTable(Map.of(), Map.of());
    }

    /**
     * With the names that an environment claims now instead of those that it claimed before.
     *
     * @param claimed in lower case, without a port
     * @return this very object if that changes nothing
     */
    public HostTable with(EnvironmentId environment, Collection<String> claimed) {
        Set<String> free = new HashSet<>();
        Set<String> taken = new HashSet<>();
        for (String name : claimed) {
            EnvironmentId holder = names.get(name);
            (holder == null || holder.equals(environment) ? free : taken).add(name);
        }
        if (free.equals(Set.copyOf(of(environment))) && taken.equals(refused(environment))) {
            return this;
        }
        Map<String, EnvironmentId> all = new HashMap<>(names);
        all.values().removeIf(environment::equals);
        free.forEach(name -> all.put(name, environment));
        Map<EnvironmentId, Set<String>> allRefused = new HashMap<>(refused);
        if (taken.isEmpty()) {
            allRefused.remove(environment);
        } else {
            allRefused.put(environment, Set.copyOf(taken));
        }
        return new HostTable(Map.copyOf(all), Map.copyOf(allRefused));
    }

    /** The names that an environment is reached by, sorted. */
    public List<String> of(EnvironmentId environment) {
        return names.entrySet().stream()
                .filter(name -> name.getValue().equals(environment))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The names that an environment claims and another has. */
    public Set<String> refused(EnvironmentId environment) {
        return refused.getOrDefault(environment, Set.of());
    }

    /** How many claims are refused, of all environments. */
    public int refusals() {
        return refused.values().stream().mapToInt(Set::size).sum();
    }

    /**
     * The environment of a request.
     *
     * @param host as sent: with or without a port, in any case, with or without a dot at its end
     */
    public Optional<EnvironmentId> find(String host) {
        EnvironmentId plain = names.get(host);
        return plain != null ? Optional.of(plain) : Optional.ofNullable(names.get(name(host)));
    }

    private static String name(String host) {
        int colon = host.indexOf(':');
        String name = colon < 0 ? host : host.substring(0, colon);
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return name.toLowerCase(Locale.ROOT);
    }
}
