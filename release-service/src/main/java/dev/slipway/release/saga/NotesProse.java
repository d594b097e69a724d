package dev.slipway.release.saga;

import dev.slipway.contracts.Digest;
import java.time.Instant;

/**
 * What people say of a release above the facts of its notes (ADR 58).
 *
 * @param text plain text, 1 to 8,000 characters
 * @param by address of whoever said it last
 * @param reason why, in their words
 */
public record NotesProse(String text, String by, Instant at, String reason) {
    /** Of the text as UTF-8. */
    public Digest digest() {
        return Digest.of(text);
    }
}
