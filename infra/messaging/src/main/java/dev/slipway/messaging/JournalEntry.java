package dev.slipway.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.chain.Seal;
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
 * @param added what was added to the end of lists that only grow, by the name of their field; null where nothing was
 * @param seal its place in the chain of its aggregate's entries; null in entries of before there was one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JournalEntry(
        long version,
        String write,
        Instant at,
        String actor,
        String input,
        @Nullable String reason,
        ObjectNode set,
        List<String> unset,
        @Nullable ObjectNode added,
        @Nullable Seal seal) {
    public JournalEntry {
        unset = List.copyOf(unset);
    }

    /** One that is not chained. */
    public JournalEntry(
            long version,
            String write,
            Instant at,
            String actor,
            String input,
            @Nullable String reason,
            ObjectNode set,
            List<String> unset) {
        this(version, write, at, actor, input, reason, set, unset, null, null);
    }

    /** Whether the state is the same after it. */
    boolean isEmpty() {
        return set.isEmpty() && unset.isEmpty() && added == null;
    }

    JournalEntry with(@Nullable Seal place) {
        return new JournalEntry(version, write, at, actor, input, reason, set, unset, added, place);
    }
}
