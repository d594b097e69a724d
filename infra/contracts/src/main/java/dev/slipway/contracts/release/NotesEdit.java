package dev.slipway.contracts.release;

/**
 * Body of {@code PUT /api/v1/releases/{id}/notes}: what people say of a release above the facts of its notes, in place of what was
 * said before.
 *
 * @param text plain text of 1 to 8,000 characters: paragraphs between blank lines; a line that begins with a hyphen is one of its
 *     own. What looks like markup is text
 * @param reason why, for the record
 */
public record NotesEdit(String text, String reason) {
    public static final int TEXT_CHARACTERS_MAX = 8_000;
}
