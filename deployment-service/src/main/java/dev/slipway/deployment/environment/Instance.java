package dev.slipway.deployment.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.deployment.Told;
import dev.slipway.contracts.policy.Filling;
import dev.slipway.contracts.policy.Placeholders;
import dev.slipway.contracts.policy.SettingChange;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A version that runs.
 *
 * @param address base address that answers requests
 * @param reference how the target knows it, for people, for example its pid and start instant
 * @param secrets fingerprints of the secrets that it was started with, by their names; empty where none are known
 * @param metrics where it tells its own metrics, or null
 * @param placeholders what stands for those of {@link Placeholders} that only its machine knows, by their names; empty where
 *     nothing is known of them; and what {@link Told} is told of its machine, where that was asked for
 */
public record Instance(
        URI address,
        String reference,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, String> secrets,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable URI metrics,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, String> placeholders) {
    public Instance {
        placeholders = Collections.unmodifiableMap(new TreeMap<>(placeholders));
        secrets = Collections.unmodifiableMap(new TreeMap<>(secrets));
    }

    /** One of whose secrets nothing is known. */
    public Instance(URI address, String reference) {
        this(address, reference, Map.of(), null, Map.of());
    }

    /** One whose own metrics nobody asks for. */
    public Instance(URI address, String reference, Map<String, String> secrets) {
        this(address, reference, secrets, null, Map.of());
    }

    /** Puts in what only its machine knows. */
    Filling filling() {
        return Filling.last(placeholders::get);
    }

    /** The same, with more to tell to whoever asked for it. */
    public Instance telling(Map<String, String> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<String, String> all = new TreeMap<>(placeholders);
        all.putAll(more);
        return new Instance(address, reference, secrets, metrics, all);
    }

    /** What stands for these, as far as it is known. */
    Map<String, String> told(List<String> names) {
        Map<String, String> told = new TreeMap<>(placeholders);
        told.keySet().retainAll(names);
        return told;
    }

    /** Secrets that had another value in the instance before, as far as both know them. */
    List<SettingChange> secretsChangedFrom(Instance before) {
        List<SettingChange> changes = new ArrayList<>();
        secrets.forEach((name, fingerprint) -> {
            String was = before.secrets.get(name);
            if (was != null && !was.equals(fingerprint)) {
                changes.add(secretChange(name, was, fingerprint));
            }
        });
        return changes;
    }

    /** A secret with another value, told by fingerprints. */
    public static SettingChange secretChange(String name, String before, String after) {
        return new SettingChange("secret " + name, "fingerprint " + before, "fingerprint " + after);
    }
}
