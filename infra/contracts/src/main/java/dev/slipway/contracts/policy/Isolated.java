package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What the check {@code isolated} compares beside what it compares anyway, and what may be shared all the same.
 *
 * @param keys names of environment variables whose values have to differ, whatever they are; at most {@value #KEYS_MAX}
 * @param shared reasons by what may be shared, as staging's side of {@link Isolation} calls it: {@code env.NAME},
 *     {@code port}, {@code ports.NAME}, {@code folder}, {@code command[2]} or {@code host NAME}; at most {@value #KEYS_MAX}
 */
public record Isolated(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> keys,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, String> shared) {
    public static final int KEYS_MAX = 100;
    /** Compares what is compared anyway, and lets nothing be shared. */
    public static final Isolated ALL = new Isolated(List.of(), Map.of());

    private static final int REASON_CHARACTERS_MAX = 500;
    private static final Pattern SHARED = Pattern.compile(
            "env\\.[A-Za-z_][A-Za-z0-9_]*|port|ports\\.[A-Za-z0-9_.-]+|folder|command\\[\\d{1,3}]|host [a-z0-9.-]+");

    public Isolated {
        Ranges.require("gates.isolated.keys: number of names", keys.size(), 0, KEYS_MAX);
        Ranges.require("gates.isolated.shared: number of names", shared.size(), 0, KEYS_MAX);
        keys = List.copyOf(keys);
        shared = Collections.unmodifiableMap(new TreeMap<>(shared));
        keys.forEach(key -> EnvValue.requireName("gates.isolated.keys", key));
        Policy.requireOnce("gates.isolated.keys: each name", keys);
        shared.forEach((key, reason) -> {
            if (!SHARED.matcher(key).matches()) {
                throw new IllegalArgumentException(
                        "gates.isolated.shared: %s is nothing that is compared; name env.NAME, port, ports.NAME, folder, command[2] or host NAME"
                                .formatted(Texts.shown(key)));
            }
            Texts.requireLength("gates.isolated.shared: a reason", reason, 1, REASON_CHARACTERS_MAX);
            if (!Texts.says(reason)) {
                throw new IllegalArgumentException("gates.isolated.shared: say why " + key + " may be shared");
            }
        });
    }
}
