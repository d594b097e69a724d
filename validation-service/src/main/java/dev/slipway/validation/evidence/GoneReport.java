package dev.slipway.validation.evidence;

import dev.slipway.contracts.Digest;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A report that verdicts rest on and that went by retention.
 *
 * @param kind which kind of evidence it was; null where nobody said
 * @param file what it was called; null likewise
 * @param at when it went
 * @param rule by which rule, as in {@code evidence: 400 days}
 */
public record GoneReport(
        Digest digest, @Nullable String kind, @Nullable String file, long bytes, Instant at, String rule) {

    /** For people. */
    public String text() {
        return "report %s went on %s by retention (%s)"
                .formatted(digest, at.atOffset(ZoneOffset.UTC).toLocalDate(), rule);
    }
}
