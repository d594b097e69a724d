package dev.slipway.messaging;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One change of an aggregate: who, what, why, when, and the resulting change itself, so that old entries fold under new
 * code.
 *
 * @param version the document's version after the change
 * @param write id of the write, to recognise it after an unknown outcome
 * @param input simple name of the input's type
 * @param set top-level state fields with their new values
 * @param unset names of top-level state fields that are gone
 */
public record JournalEntry(
        long version,
        String write,
        Instant at,
        String actor,
        String input,
        @Nullable String reason,
        ObjectNode set,
        List<String> unset) {
    public JournalEntry {
        unset = List.copyOf(unset);
    }
}
