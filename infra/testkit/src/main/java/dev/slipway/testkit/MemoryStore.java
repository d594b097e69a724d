package dev.slipway.testkit;

import dev.slipway.messaging.AggregateStore;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.Letter;
import dev.slipway.messaging.StoredAggregate;
import dev.slipway.messaging.StoredAggregate.Outgoing;
import dev.slipway.messaging.StoredAggregate.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps documents in memory, for tests and simulations. Safe for use by many threads. */
public final class MemoryStore implements AggregateStore {
    private static final Comparator<StoredAggregate> LATEST_FIRST = Comparator.comparing(StoredAggregate::updatedAt)
            .thenComparing(StoredAggregate::id)
            .reversed();

    private static final Comparator<StoredAggregate> LONGEST_UNCHANGED_FIRST =
            Comparator.comparing(StoredAggregate::updatedAt);

    private final Map<String, StoredAggregate> live = new ConcurrentSkipListMap<>();
    private final Map<String, StoredAggregate> finished = new ConcurrentHashMap<>();
    private final Map<String, List<JournalEntry>> chunks = new ConcurrentHashMap<>();
    private final AtomicLong writes = new AtomicLong();

    /** Writes of any kind so far. */
    public long writes() {
        return writes.get();
    }

    @Override
    public Optional<StoredAggregate> live(String id) {
        return Optional.ofNullable(live.get(id));
    }

    @Override
    public Optional<StoredAggregate> finished(String id) {
        return Optional.ofNullable(finished.get(id));
    }

    @Override
    public synchronized boolean insert(StoredAggregate first) {
        writes.incrementAndGet();
        return !finished.containsKey(first.id()) && live.putIfAbsent(first.id(), first) == null;
    }

    @Override
    public synchronized boolean update(StoredAggregate before, StoredAggregate after) {
        writes.incrementAndGet();
        StoredAggregate found = live.get(before.id());
        if (found == null || found.version() != before.version()) {
            return false;
        }
        List<JournalEntry> journal = new ArrayList<>(found.journal());
        after.journal().stream().skip(before.journal().size()).forEach(journal::add);
        live.put(
                before.id(),
                new StoredAggregate(
                        before.id(),
                        after.version(),
                        after.state(),
                        journal,
                        merged(found.outbox(), before.outbox(), after.outbox()),
                        after.timers(),
                        merged(found.tasks(), before.tasks(), after.tasks()),
                        after.finished(),
                        after.createdAt(),
                        after.updatedAt(),
                        after.head()));
        return true;
    }

    /** What was found, with the difference between two versions. */
    private static <T> NavigableMap<String, T> merged(
            Map<String, T> found, Map<String, T> before, Map<String, T> after) {
        NavigableMap<String, T> merged = new TreeMap<>(found);
        before.keySet().stream().filter(key -> !after.containsKey(key)).forEach(merged::remove);
        after.forEach((key, value) -> {
            if (!value.equals(before.get(key))) {
                merged.put(key, value);
            }
        });
        return merged;
    }

    @Override
    public synchronized void acknowledge(String id, Set<String> outboxKeys) {
        writes.incrementAndGet();
        live.computeIfPresent(id, (_, found) -> {
            SortedMap<String, Outgoing> unsent = new TreeMap<>(found.outbox());
            unsent.keySet().removeAll(outboxKeys);
            return aside(found, found.journal(), unsent, found.tasks());
        });
    }

    @Override
    public synchronized boolean beat(String id, String taskId, long fence, long beat) {
        writes.incrementAndGet();
        StoredAggregate found = live.get(id);
        Task task = found == null ? null : found.tasks().get(taskId);
        if (found == null || task == null || task.fence() != fence) {
            return false;
        }
        Map<String, Task> beaten = new HashMap<>(found.tasks());
        beaten.put(taskId, task.beaten(beat));
        live.put(id, aside(found, found.journal(), found.outbox(), beaten));
        return true;
    }

    @Override
    public synchronized boolean archive(StoredAggregate last) {
        writes.incrementAndGet();
        finished.merge(last.id(), last, (there, copy) -> there.version() > copy.version() ? there : copy);
        StoredAggregate found = live.get(last.id());
        return found != null && found.version() == last.version() && live.remove(last.id()) != null;
    }

    @Override
    public synchronized boolean amend(StoredAggregate before, StoredAggregate after) {
        writes.incrementAndGet();
        StoredAggregate found = finished.get(before.id());
        return found != null && found.version() == before.version() && finished.put(after.id(), after) != null;
    }

    /** The same version, changed where that leaves the version alone. */
    private static StoredAggregate aside(
            StoredAggregate found,
            List<JournalEntry> journal,
            SortedMap<String, Outgoing> outbox,
            Map<String, Task> tasks) {
        return new StoredAggregate(
                found.id(),
                found.version(),
                found.state(),
                journal,
                outbox,
                found.timers(),
                tasks,
                found.finished(),
                found.createdAt(),
                found.updatedAt(),
                found.head());
    }

    @Override
    public List<StoredAggregate> due(Instant now, int skip, int limit) {
        return list(
                        live.values(),
                        found -> found.due().filter(due -> !due.isAfter(now)).isPresent())
                .sorted(Comparator.comparing(found -> found.due().orElseThrow()))
                .skip(skip)
                .limit(limit)
                .toList();
    }

    @Override
    public List<StoredAggregate> unsettled(int skip, int limit) {
        return list(live.values(), found -> found.finished() || !found.outbox().isEmpty())
                .sorted(LONGEST_UNCHANGED_FIRST)
                .skip(skip)
                .limit(limit)
                .toList();
    }

    @Override
    public List<StoredAggregate> withTasks(int skip, int limit) {
        return list(live.values(), found -> !found.tasks().isEmpty())
                .sorted(LONGEST_UNCHANGED_FIRST)
                .skip(skip)
                .limit(limit)
                .toList();
    }

    @Override
    public List<StoredAggregate> listLive(@Nullable String afterId, int limit) {
        return list(live.values(), found -> afterId == null || found.id().compareTo(afterId) > 0)
                .sorted(Comparator.comparing(StoredAggregate::id))
                .limit(limit)
                .toList();
    }

    @Override
    public List<StoredAggregate> liveBetween(String above, String below, int limit) {
        return between(live.values(), above, below, limit);
    }

    @Override
    public List<StoredAggregate> finishedBetween(String above, String below, int limit) {
        return between(finished.values(), above, below, limit);
    }

    private static List<StoredAggregate> between(
            Collection<StoredAggregate> all, String above, String below, int limit) {
        return list(all, found -> found.id().compareTo(above) > 0 && found.id().compareTo(below) < 0)
                .sorted(Comparator.comparing(StoredAggregate::id))
                .limit(limit)
                .toList();
    }

    @Override
    public List<StoredAggregate> listFinished(@Nullable String afterId, int limit) {
        StoredAggregate after = afterId == null ? null : finished.get(afterId);
        return list(finished.values(), found -> after == null || LATEST_FIRST.compare(found, after) > 0)
                .sorted(LATEST_FIRST)
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<List<JournalEntry>> chunk(String id, long lastVersion) {
        return Optional.ofNullable(chunks.get(id + "/" + lastVersion));
    }

    @Override
    public void saveChunk(String id, long lastVersion, List<JournalEntry> entries) {
        chunks.putIfAbsent(id + "/" + lastVersion, List.copyOf(entries));
    }

    @Override
    public synchronized void trim(String id, Set<Long> versions) {
        live.computeIfPresent(id, (_, found) -> {
            List<JournalEntry> kept = found.journal().stream()
                    .filter(entry -> !versions.contains(entry.version()))
                    .toList();
            return aside(found, kept, found.outbox(), found.tasks());
        });
    }

    @Override
    public synchronized boolean forget(String id) {
        writes.incrementAndGet();
        if (finished.remove(id) == null) {
            return false;
        }
        chunks.keySet()
                .removeIf(chunk -> chunk.substring(0, chunk.lastIndexOf('/')).equals(id));
        return true;
    }

    private static Stream<StoredAggregate> list(
            Collection<StoredAggregate> documents, Predicate<StoredAggregate> wanted) {
        return documents.stream().filter(wanted);
    }

    /** One store per kind, and the dead letters beside them. */
    public static final class InMemory implements Stores {
        private final Map<String, MemoryStore> kinds = new ConcurrentSkipListMap<>();
        private final MemoryLetters letters = new MemoryLetters();

        @Override
        public MemoryStore of(String kind) {
            return kinds.computeIfAbsent(kind, _ -> new MemoryStore());
        }

        @Override
        public MemoryLetters letters() {
            return letters;
        }

        /** Those that wait, in the order in which they came. */
        public List<Letter> deadLetters() {
            return letters.all();
        }

        /** Writes of all kinds of aggregates so far. */
        public long writes() {
            return kinds.values().stream().mapToLong(MemoryStore::writes).sum();
        }

        /** When the first timer of all is due. */
        Optional<Instant> due() {
            return kinds.values().stream()
                    .flatMap(store -> store.due(Instant.MAX, 0, 1).stream())
                    .flatMap(found -> found.due().stream())
                    .min(Comparator.naturalOrder());
        }
    }
}
