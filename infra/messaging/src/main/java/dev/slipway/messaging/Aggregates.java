package dev.slipway.messaging;

import dev.slipway.chain.Seal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All aggregates of one kind: the thin shell around a {@link Core}.
 *
 * @param <S> state
 * @param <I> input
 */
public interface Aggregates<S, I> {
    /**
     * Loads, decides, writes once if anything changed, and has the effects performed. Durable when it returns.
     *
     * @throws RefusedByBound if the document would exceed its size: never retried
     * @throws org.springframework.dao.DataAccessException if the store is away: a retry helps
     */
    Outcome<S> submit(String id, I input, Cause cause);

    /** The aggregate, live or finished. */
    Optional<Snapshot<S>> find(String id);

    /** Live aggregates, in id order, after that id if one is given: whoever wants all goes on until a page is not full. */
    List<Snapshot<S>> live(@Nullable String afterId, int limit);

    /** The first live aggregates, in id order. */
    default List<Snapshot<S>> live(int limit) {
        return live(null, limit);
    }

    /** All live aggregates, read page by page while they are looked at. */
    default void eachLive(int page, Consumer<Snapshot<S>> look) {
        @Nullable String after = null;
        List<Snapshot<S>> found;
        do {
            found = live(after, page);
            found.forEach(look);
            after = found.isEmpty() ? null : found.getLast().id();
        } while (found.size() == page);
    }

    /** Aggregates, live or finished, with ids above the first and below the second, in id order. */
    List<Snapshot<S>> between(String above, String below, int limit);

    /** Finished aggregates in descending order of their end, after the cursor (an id) if one is given. */
    List<Snapshot<S>> finished(@Nullable String afterId, int limit);

    /** The whole journal of an aggregate, chunks included, oldest first. */
    List<JournalEntry> journal(String id);

    /** The same as a chain that anybody can check. */
    Chained chained(String id);

    /**
     * Deletes a finished aggregate with its journal, for good: afterwards it was never heard of. One that is not finished
     * stays as it is.
     *
     * @return whether there was one
     */
    default boolean forget(String id) {
        throw new UnsupportedOperationException("Nothing is forgotten here");
    }

    /**
     * A journal with what ties its entries to each other.
     *
     * @param chain its name
     * @param head the seal of the last entry, as the document keeps it; null while none is chained
     */
    record Chained(
            String chain,
            List<JournalEntry> entries,
            @Nullable Seal head) {}

    /** One aggregate as stored. */
    record Snapshot<S>(String id, S state, long version, Instant createdAt, Instant updatedAt, boolean finished) {}
}
