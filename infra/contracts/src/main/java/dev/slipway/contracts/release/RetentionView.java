package dev.slipway.contracts.release;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a release, and for how long.
 *
 * @param hold who keeps all of it until further notice; null where nobody does
 * @param evidence its reports
 * @param records its record
 */
public record RetentionView(ReleaseId release, @Nullable Held hold, Part evidence, Part records) {

    /** By whom, why and since when. */
    public record Held(String by, String reason, Instant at) {}

    /**
     * One part of it.
     *
     * @param kept how long after the release's end
     * @param until when it goes, as things stand; null while the release goes on, is held, or it is gone
     * @param gone when it went; null while it is there
     * @param rule by which rule it went; null while it is there
     */
    public record Part(
            Duration kept,
            @Nullable Instant until,
            @Nullable Instant gone,
            @Nullable String rule) {

        /** For people, as in "kept until 2026-01-31" or "went on 2026-01-31 by retention (evidence: 400 days)". */
        public String text() {
            if (gone != null) {
                return "went on %s by retention (%s)".formatted(gone.toString().substring(0, 10), rule);
            }
            String after = "%s after its end".formatted(Texts.words(kept));
            return until == null
                    ? "kept, at least " + after
                    : "kept until %s, %s".formatted(until.toString().substring(0, 10), after);
        }
    }
}
