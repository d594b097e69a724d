package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is otherwise in a configuration than in another. A secret is told by its name and its fingerprint, never by
 * its value.
 *
 * @param name such as {@code env.GREETING}, {@code command}, {@code limits.memoryBytes} or {@code secret db-password}
 * @param before what it was; null where there was none
 * @param after what it is now; null where there is none any more
 */
public record SettingChange(
        String name,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String before,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String after) {
    public SettingChange {
        Texts.requirePresent("name", name);
    }

    /** In one line. */
    @JsonIgnore
    public String text() {
        if (before == null) {
            return after == null ? name : "%s: added, %s".formatted(name, after);
        }
        return after == null
                ? "%s: removed, was %s".formatted(name, before)
                : "%s: %s -> %s".formatted(name, before, after);
    }

    /** Their names, for a sentence. */
    public static String names(List<SettingChange> changes) {
        return changes.stream().map(SettingChange::name).collect(Collectors.joining(", "));
    }

    /** All of them in one line. */
    public static String texts(List<SettingChange> changes) {
        return changes.stream().map(SettingChange::text).collect(Collectors.joining("; "));
    }
}
