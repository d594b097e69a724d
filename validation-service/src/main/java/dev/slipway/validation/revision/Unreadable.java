package dev.slipway.validation.revision;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A report that came and could not be read. Its sender was told; gates that need it say so too, until a report of the
 * same kind and suite comes that can be read.
 *
 * @param kind for example {@code junit}
 * @param suite which report of that kind, 1 to 100 characters, or null
 * @param digest of the bytes, which are not kept
 * @param why in a sentence, cut at 300 characters
 * @param by who sent it
 */
public record Unreadable(String kind, @Nullable String suite, Digest digest, String why, Instant at, String by)
        implements Arrival {
    private static final int WHY_CHARS_MAX = 300;

    public Unreadable {
        Texts.requireLength("kind", kind, 1, 40);
        if (suite != null) {
            Texts.requireLength("suite", suite, 1, 100);
        }
        why = why.length() > WHY_CHARS_MAX ? why.substring(0, WHY_CHARS_MAX - 1) + "…" : why;
    }

    boolean isOf(String otherKind, @Nullable String otherSuite) {
        return kind.equals(otherKind) && Objects.equals(suite, otherSuite);
    }
}
