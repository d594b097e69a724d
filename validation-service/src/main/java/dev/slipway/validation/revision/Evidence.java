package dev.slipway.validation.revision;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import dev.slipway.validation.evidence.Facts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One report about a revision. Its natural key is (kind, suite, digest).
 *
 * @param kind for example {@code junit}
 * @param suite which report of that kind, 1 to 100 characters, or null
 * @param digest of the report's bytes
 * @param by who sent it
 */
public record Evidence(String kind, @Nullable String suite, Digest digest, Facts facts, Instant at, String by)
        implements Arrival {
    public Evidence {
        Texts.requireLength("kind", kind, 1, 40);
        if (suite != null) {
            Texts.requireLength("suite", suite, 1, 100);
        }
    }
}
