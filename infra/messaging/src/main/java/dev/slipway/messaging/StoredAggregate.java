package dev.slipway.messaging;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.chain.Seal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * One aggregate as it lies in the store: a single document that owns everything it still has to do.
 *
 * @param version rises with every write but acknowledgements, beats and trimming
 * @param journal the entries since the last chunk
 * @param outbox unsent messages in sending order, by zero-padded version and number
 * @param timers by name
 * @param tasks by id
 * @param finished whether the core says that it is at its end
 * @param head the seal of the newest entry of the journal, which may lie in a chunk; null while none is chained
 */
public record StoredAggregate(
        String id,
        long version,
        ObjectNode state,
        List<JournalEntry> journal,
        SortedMap<String, Outgoing> outbox,
        Map<String, Timer> timers,
        Map<String, Task> tasks,
        boolean finished,
        Instant createdAt,
        Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Seal head) {
    public StoredAggregate {
        journal = List.copyOf(journal);
        outbox = Collections.unmodifiableSortedMap(new TreeMap<>(outbox));
        timers = Map.copyOf(timers);
        tasks = Map.copyOf(tasks);
    }

    /** One with no chained entry. */
    public StoredAggregate(
            String id,
            long version,
            ObjectNode state,
            List<JournalEntry> journal,
            SortedMap<String, Outgoing> outbox,
            Map<String, Timer> timers,
            Map<String, Task> tasks,
            boolean finished,
            Instant createdAt,
            Instant updatedAt) {
        this(id, version, state, journal, outbox, timers, tasks, finished, createdAt, updatedAt, null);
    }

    /** When the first of its timers is due. */
    public Optional<Instant> due() {
        return timers.values().stream().map(Timer::due).min(Comparator.naturalOrder());
    }

    /** The next version, in which only one task is another. */
    StoredAggregate withTask(String taskId, Task task) {
        Map<String, Task> changed = new HashMap<>(tasks);
        changed.put(taskId, task);
        return new StoredAggregate(
                id, version + 1, state, journal, outbox, timers, changed, finished, createdAt, updatedAt, head);
    }

    /** The same, as if it was changed then. */
    StoredAggregate withUpdatedAt(Instant at) {
        return new StoredAggregate(id, version, state, journal, outbox, timers, tasks, finished, createdAt, at, head);
    }

    /** The same with nothing left to send. */
    StoredAggregate withoutOutbox() {
        return new StoredAggregate(
                id, version, state, journal, new TreeMap<>(), timers, tasks, finished, createdAt, updatedAt, head);
    }

    /**
     * A message on its way out.
     *
     * @param headers CloudEvents attributes
     * @param body JSON
     */
    public record Outgoing(
            String topic,
            String key,
            Map<String, String> headers,
            String body,
            @Nullable String replaces,
            Instant at) {
        public Outgoing {
            headers = Map.copyOf(headers);
        }

        WireRecord wire() {
            return new WireRecord(topic, key, headers, body.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * An input to come.
     *
     * @param generation version of the write that started it: a late firing of an earlier start is told apart
     * @param from what it was started for; null in documents of before
     * @param round how often its own firing has started it again with nothing else in between; null for not at all
     */
    public record Timer(
            Instant due,
            long generation,
            @Nullable Lineage from,
            @Nullable Integer round) {
        public Timer(Instant due, long generation) {
            this(due, generation, null, null);
        }

        public Timer(Instant due, long generation, @Nullable Lineage from) {
            this(due, generation, from, null);
        }

        int rounds() {
            return round == null ? 0 : round;
        }
    }

    /**
     * Work for a worker.
     *
     * @param body JSON
     * @param fence version of the document at the claim, so it never falls, even where an id is used again; 0 before
     * @param holder the instance that performs it, or null
     * @param beat changes while the holder lives
     * @param from what it was started for; null in documents of before
     */
    public record Task(
            String kind,
            String body,
            long fence,
            @Nullable String holder,
            long beat,
            @Nullable Lineage from) {
        public Task(String kind, String body, long fence, @Nullable String holder, long beat) {
            this(kind, body, fence, holder, beat, null);
        }

        Task heldBy(@Nullable String nextHolder, long nextFence) {
            return new Task(kind, body, nextFence, nextHolder, 0, from);
        }

        /** The same after a beat of its holder. */
        public Task beaten(long nextBeat) {
            return new Task(kind, body, fence, holder, nextBeat, from);
        }
    }
}
