package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import org.jspecify.annotations.Nullable;

/**
 * What one commit changes, by its message (Conventional Commits 1.0.0).
 *
 * @param type as written, case folded; null where the message is no conventional one
 * @param scope what of the program it concerns; null where it is not said
 * @param subject one line, without type and scope
 * @param breaking whether who uses the program has to change something
 * @param note what they have to change; null where it is not said
 */
public record ChangeView(
        Sha sha,
        Kind kind,
        @Nullable String type,
        @Nullable String scope,
        String subject,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean breaking,
        @Nullable String note) {
    public ChangeView {
        Texts.requirePresent("sha", sha);
        Texts.requirePresent("kind", kind);
        Texts.requirePresent("subject", subject);
    }

    /** What a change is for. */
    public enum Kind {
        /** {@code feat}. */
        FEATURE,
        /** {@code perf} and {@code refactor}. */
        IMPROVEMENT,
        /** {@code fix}. */
        FIX,
        /** Any other type, and none. */
        OTHER,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
