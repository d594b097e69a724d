package dev.slipway.contracts.policy;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.WireJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a version gets beside its artifacts. What its program is started with (the target: command, environment, ports,
 * limits, health, stop) has a digest; how its users come and what becomes of it when it goes bad are compared as well, but
 * belong to the policy that is in force.
 *
 * <p>Canonical form: a line {@code name=value} for each thing that is set, sorted by name, as in
 * {@code env.GREETING="hello"}; values are JSON, but a secret is {@code secret NAME}. What a policy writes out as the default
 * stands there like what it leaves out, so that both are the same configuration.
 *
 * @param target what the program is started with, with placeholders as the policy has them
 * @param front how users come; null where that is not known, which is then not compared
 * @param whenBad what becomes of it when it goes bad; null likewise
 */
public record Configuration(
        Target target, @Nullable Front front, @Nullable WhenBad whenBad) {
    private static final int SHOWN_CHARACTERS_MAX = 200;
    private static final String ENV = "env.";

    public static Configuration of(Policy.Environments.Production production) {
        return new Configuration(production.target(), production.front(), production.whenBad());
    }

    /** The digest of what a program is started with: SHA-256 of the canonical form. */
    public static Digest digest(Target target) {
        StringBuilder lines = new StringBuilder();
        settings(target)
                .forEach((name, value) ->
                        lines.append(name).append('=').append(value).append('\n'));
        return Digest.of(lines.toString());
    }

    /** What is otherwise than before, sorted by name. */
    public List<SettingChange> changesFrom(Configuration before) {
        SortedMap<String, String> was = settings(before.target());
        SortedMap<String, String> is = settings(target);
        if (before.front() != null && front != null) {
            was.putAll(settings("front", before.front()));
            is.putAll(settings("front", front));
        }
        if (before.whenBad() != null && whenBad != null) {
            was.put("whenBad", before.whenBad().toString());
            is.put("whenBad", whenBad.toString());
        }
        return changes(was, is);
    }

    private static List<SettingChange> changes(Map<String, String> was, Map<String, String> is) {
        TreeSet<String> names = new TreeSet<>(was.keySet());
        names.addAll(is.keySet());
        List<SettingChange> changes = new ArrayList<>();
        for (String name : names) {
            @Nullable String before = was.get(name);
            @Nullable String after = is.get(name);
            if (!Objects.equals(before, after)) {
                changes.add(new SettingChange(name, shown(before), shown(after)));
            }
        }
        return changes;
    }

    /** Two long values that begin alike are still told apart. */
    private static @Nullable String shown(@Nullable String value) {
        return value == null || value.length() <= SHOWN_CHARACTERS_MAX
                ? value
                : "%s… (%d characters, %s)"
                        .formatted(
                                value.substring(0, SHOWN_CHARACTERS_MAX),
                                value.length(),
                                Digest.of(value).brief());
    }

    private static SortedMap<String, String> settings(Target target) {
        SortedMap<String, String> settings = settings("", target);
        settings.keySet().removeIf(name -> name.startsWith(ENV));
        target.env()
                .forEach((name, value) -> settings.put(
                        ENV + name,
                        value.secret() == null
                                ? WireJson.mapper().writeValueAsString(value.text())
                                : "secret " + value.secret()));
        return settings;
    }

    private static SortedMap<String, String> settings(String prefix, Object value) {
        SortedMap<String, String> settings = new TreeMap<>();
        collect(prefix, WireJson.mapper().valueToTree(value), settings);
        return settings;
    }

    private static void collect(String name, JsonNode value, Map<String, String> settings) {
        if (value.isObject()) {
            value.properties()
                    .forEach(member -> collect(
                            name.isEmpty() ? member.getKey() : name + "." + member.getKey(),
                            member.getValue(),
                            settings));
        } else if (!value.isNull()) {
            settings.put(name, value.toString());
        }
    }
}
