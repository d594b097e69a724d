package dev.slipway.validation.evidence;

import dev.slipway.contracts.Texts;
import java.util.List;

/**
 * What one report says.
 *
 * @param dialect which tool's way of writing it is, for people, 1 to 60 characters
 * @param notes what was read otherwise than it stands, or contradicts itself, a sentence each, at most {@value #NOTES_MAX}
 */
public record Reading(String dialect, Facts facts, List<String> notes) {
    static final int NOTES_MAX = 20;

    public Reading {
        Texts.requireLength("dialect", dialect, 1, 60);
        notes = List.copyOf(notes);
        if (notes.size() > NOTES_MAX) {
            throw new IllegalArgumentException("A reading has at most " + NOTES_MAX + " notes");
        }
    }

    /** What reports of this tool do not show, for people; empty where nothing is known of the kind. */
    public String unseen() {
        return JUnitDialect.unseen(dialect);
    }
}
