package dev.slipway.messaging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Documents of one kind of aggregate: live ones, finished ones, and chunks of their journals. Every write touches one
 * document; none needs a transaction.
 */
public interface AggregateStore {
    Optional<StoredAggregate> live(String id);

    Optional<StoredAggregate> finished(String id);

    /** Stores a new live document; false if the id is taken, by a live one or a finished one. */
    boolean insert(StoredAggregate first);

    /**
     * Writes the difference between two versions in one update of exactly the earlier one; what acknowledgements, beats
     * and trimming did to it meanwhile stays. False if the document is gone or has another version by now.
     */
    boolean update(StoredAggregate before, StoredAggregate after);

    /** Drops sent messages. Does not touch the version; keys that are gone are passed over. */
    void acknowledge(String id, Set<String> outboxKeys);

    /** Says that the holder of a task lives. Does not touch the version; false if it does not hold the task any more. */
    boolean beat(String id, String taskId, long fence, long beat);

    /**
     * Copies a document to the finished ones, then deletes it from the live ones if it is still at this version. A later version
     * among the finished ones stays.
     */
    boolean archive(StoredAggregate last);

    /**
     * Writes the next version of a finished document in place of exactly the earlier one. False if it is gone or has another
     * version by now.
     */
    boolean amend(StoredAggregate before, StoredAggregate after);

    /** Live documents with a due timer, the longest overdue first, after so many of them. */
    List<StoredAggregate> due(Instant now, int skip, int limit);

    /** Live documents that hold unsent messages or are finished, the longest unchanged first. */
    List<StoredAggregate> unsettled(int skip, int limit);

    /** Live documents that hold tasks, the longest unchanged first. */
    List<StoredAggregate> withTasks(int skip, int limit);

    /** Live documents in id order, after that id if one is given. */
    List<StoredAggregate> listLive(@Nullable String afterId, int limit);

    /** Live documents with ids above the first and below the second, in id order. */
    List<StoredAggregate> liveBetween(String above, String below, int limit);

    /** The same of finished documents. */
    List<StoredAggregate> finishedBetween(String above, String below, int limit);

    /** Finished documents, the latest end first, after the one with id {@code afterId}. */
    List<StoredAggregate> listFinished(@Nullable String afterId, int limit);

    /** The chunk of the journal that ends at this version. */
    Optional<List<JournalEntry>> chunk(String id, long lastVersion);

    /** Stores a chunk for good; one that is there already stays as it is. */
    void saveChunk(String id, long lastVersion, List<JournalEntry> entries);

    /** Removes entries from the journal of a live document. Does not touch the version. */
    void trim(String id, Set<Long> versions);

    /**
     * Deletes a finished document and all of its journal; false if there is no such document. Chunks go first, so that what
     * was interrupted is finished by doing it again.
     */
    boolean forget(String id);

    /** Where a service keeps its documents. */
    interface Stores {
        AggregateStore of(String kind);

        /** Called before each sweep, for indexes and the like: the store may be away at the start. */
        default void prepare() {}

        /** Keeps what would fail again by itself. */
        Letters letters();
    }
}
