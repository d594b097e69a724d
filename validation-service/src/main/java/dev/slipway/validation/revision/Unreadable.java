package dev.slipway.validation.revision;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A report that came and could not be read. Its sender was told; gates that need it say so too, until a report of the
 * same kind, suite and attempt comes that can be read, or a newer attempt.
 *
 * @param kind for example {@code junit}
 * @param suite which report of that kind, 1 to 100 characters, or null
 * @param digest of the bytes, which are not kept
 * @param why in a sentence, cut at 300 characters
 * @param by who sent it
 * @param of which run it belongs to
 */
public record Unreadable(
        String kind, @Nullable String suite, Digest digest, String why, Instant at, String by, RunAttempt of)
        implements Arrival {
    private static final int WHY_CHARS_MAX = 300;

    public Unreadable {
        Texts.requireLength("kind", kind, 1, 40);
        if (suite != null) {
            Texts.requireLength("suite", suite, 1, 100);
        }
        why = why.length() > WHY_CHARS_MAX ? why.substring(0, WHY_CHARS_MAX - 1) + "…" : why;
    }

    /** One of a run that nobody named. */
    public Unreadable(String kind, @Nullable String suite, Digest digest, String why, Instant at, String by) {
        this(kind, suite, digest, why, at, by, RunAttempt.UNKNOWN);
    }

    /** As it was stored; what earlier versions did not know is absent. */
    @JsonCreator
    static Unreadable stored(
            @JsonProperty("kind") String kind,
            @JsonProperty("suite") @Nullable String suite,
            @JsonProperty("digest") Digest digest,
            @JsonProperty("why") String why,
            @JsonProperty("at") Instant at,
            @JsonProperty("by") String by,
            @JsonProperty("of") @Nullable RunAttempt of) {
        return new Unreadable(kind, suite, digest, why, at, by, Objects.requireNonNullElse(of, RunAttempt.UNKNOWN));
    }

    boolean isOf(String otherKind, @Nullable String otherSuite) {
        return kind.equals(otherKind) && Objects.equals(suite, otherSuite);
    }
}
