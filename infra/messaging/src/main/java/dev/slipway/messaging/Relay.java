package dev.slipway.messaging;

import dev.slipway.messaging.StoredAggregate.Outgoing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what lies in outboxes: right after the write, one message at a time per aggregate, in order. What the broker has
 * acknowledged leaves its outbox with the document's next write, or by a sweep once it rests, so that no message costs a
 * write of its own; a crash in between publishes it again. Then it settles the document: cuts its journal, moves it to the
 * finished ones.
 */
final class Relay {
    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    /** In sweeps: a document unchanged for so long rests, and what another left unsent for so long is taken over. */
    private static final int RESTS_AFTER = 3;

    private static final int ANOTHERS_AFTER = 6;
    private static final Duration FORGET_AFTER = Duration.ofMinutes(1);

    private final Surroundings around;
    private final Consumer<Inbound> local;
    private final DeadLetters deadLetters;
    private final Backoff backoff;
    private final Instant started;
    /** Aggregates being drained; TRUE if there is more to do afterwards. */
    private final Map<String, Boolean> draining = new ConcurrentHashMap<>();

    /** What is sent and still in its document, by aggregate; and when that was last known. */
    private final Map<String, Set<String>> acknowledged = new ConcurrentHashMap<>();

    private final Map<String, Instant> known = new ConcurrentHashMap<>();
    private final Looking looking;
    /** By kind: what sweeps have come across since one came to the kind's end, with since when what lies there waits. */
    private final Map<String, Map<String, List<Instant>>> seen = new HashMap<>();

    /** By kind: the same of all that there is, as it was when a sweep came to the end last. */
    private final Map<String, Map<String, List<Instant>>> whole = new HashMap<>();

    private final Counter unsentAnswers;
    private final AtomicLong pending;
    private volatile @Nullable Instant oldestUnsent;

    Relay(Surroundings around, Consumer<Inbound> local, DeadLetters deadLetters) {
        this.around = around;
        this.local = local;
        this.deadLetters = deadLetters;
        this.backoff = new Backoff(around.settings(), around.monotonicNanos());
        this.started = around.clock().instant();
        this.looking = new Looking("unsent messages", around.settings().sweepDocumentsMax(), around.settings());
        this.unsentAnswers = around.meters().counter("slipway.answers.unsent");
        this.pending = around.meters().gauge("slipway.outbox.pending", new AtomicLong());
        TimeGauge.builder("slipway.outbox.age", this::ageMillis, TimeUnit.MILLISECONDS)
                .description("Age of the oldest message that is not sent")
                .register(around.meters());
    }

    private long ageMillis() {
        Instant oldest = oldestUnsent;
        return oldest == null
                ? 0
                : Math.max(0, Duration.between(oldest, around.clock().instant()).toMillis());
    }

    void wake(Deciding<?, ?> aggregates, String id) {
        String source = aggregates.source(id);
        if (draining.merge(source, false, (_, _) -> true)) {
            return; // whoever drains it comes by again
        }
        around.executor().execute(() -> {
            boolean again = true;
            while (again) {
                try {
                    drain(aggregates, id, source);
                } finally {
                    again = !draining.remove(source, false) && draining.replace(source, false) != null;
                }
            }
        });
    }

    /** Sends without an outbox, for answers that the one who asked will ask for again. */
    void sendDirectly(String source, List<Outgoing> messages) {
        if (messages.isEmpty()) {
            return;
        }
        around.executor()
                .execute(() -> messages.forEach(message -> {
                    try {
                        deliver(message.wire());
                    } catch (RuntimeException trouble) {
                        unsentAnswers.increment();
                        log.warn("An answer of {} was not sent: {}", source, trouble.toString());
                    }
                }));
    }

    /** What of a document's outbox the broker has acknowledged: it leaves with the document's next write. */
    Set<String> acknowledged(String source) {
        return Set.copyOf(acknowledged.getOrDefault(source, Set.of()));
    }

    /** These have left the document. */
    void left(String source, Set<String> keys) {
        acknowledged.computeIfPresent(source, (_, all) -> {
            all.removeAll(keys);
            return all.isEmpty() ? null : all;
        });
    }

    /**
     * Finds what a crash or a pause left; what was written just now is in the hands of whoever wrote it, who also lets go of
     * what is sent once the document rests.
     */
    void sweep(Collection<Deciding<?, ?>> kinds) {
        Instant now = around.clock().instant();
        boolean news = false;
        for (Deciding<?, ?> kind : kinds) {
            String name = kind.kind().name();
            Map<String, List<Instant>> met = seen.computeIfAbsent(name, _ -> new HashMap<>());
            boolean end = looking.through(
                    name,
                    skip -> kind.store().unsettled(skip, looking.pageSize()),
                    found -> met.put(kind.source(found.id()), settle(kind, found, now)));
            if (end) { // each kind comes to its end at a time of its own
                whole.put(name, met);
                seen.remove(name);
                news = true;
            }
        }
        if (news && whole.size() == kinds.size()) { // else what was not seen yet may be there all the same
            tell(now);
        }
    }

    private void tell(Instant now) {
        acknowledged
                .keySet()
                .removeIf(source -> !isThere(source)
                        && !draining.containsKey(source)
                        && known.getOrDefault(source, now).isBefore(now.minus(FORGET_AFTER)));
        known.keySet().retainAll(acknowledged.keySet());
        pending.set(unsent().count());
        oldestUnsent = unsent().min(Comparator.naturalOrder()).orElse(null);
    }

    private Stream<Instant> unsent() {
        return whole.values().stream().flatMap(each -> each.values().stream()).flatMap(List::stream);
    }

    private boolean isThere(String source) {
        return Stream.of(whole, seen)
                .flatMap(each -> each.values().stream())
                .anyMatch(each -> each.containsKey(source));
    }

    /** @return since when what is unsent of it waits */
    private List<Instant> settle(Deciding<?, ?> kind, StoredAggregate found, Instant now) {
        String source = kind.source(found.id());
        Set<String> sent = acknowledged(source);
        List<Outgoing> waits = found.outbox().entrySet().stream()
                .filter(entry -> !sent.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        Duration every = around.settings().sweepEvery();
        if (waits.isEmpty() && !found.finished()) {
            if (!found.updatedAt().isAfter(now.minus(every.multipliedBy(RESTS_AFTER)))) {
                kind.store().acknowledge(found.id(), sent);
                left(source, sent);
            }
            return List.of();
        }
        Instant since = waits.isEmpty() ? found.updatedAt() : waits.getFirst().at();
        boolean ours = waits.isEmpty() || backoff.knows(source); // else perhaps another's, who lets go of it first
        Instant grace = now.minus(ours ? every : every.multipliedBy(ANOTHERS_AFTER));
        if (!since.isAfter(grace) || since.isBefore(started)) {
            wake(kind, found.id());
        }
        return waits.stream().map(Outgoing::at).toList();
    }

    private void drain(Deciding<?, ?> aggregates, String id, String source) {
        if (!backoff.ready(source)) {
            return;
        }
        AggregateStore store = aggregates.store();
        try {
            StoredAggregate found = store.live(id).orElse(null);
            if (found != null) {
                sendAll(source, found);
            }
            if (found != null && found.journal().size() > Journal.CHUNK_VERSIONS) {
                cut(store, found);
            }
            if (found != null && found.finished() && found.tasks().isEmpty()) {
                archive(store, id, source);
            }
            backoff.succeeded(source);
        } catch (RuntimeException trouble) {
            log.warn("Sending for {} pauses for {}: {}", source, backoff.failed(source), trouble.toString());
        }
    }

    private void sendAll(String source, StoredAggregate found) {
        Set<String> sent = acknowledged(source);
        found.outbox().forEach((key, message) -> {
            if (!sent.contains(key)) {
                sendOrBury(message.wire());
                acknowledged
                        .computeIfAbsent(source, _ -> ConcurrentHashMap.newKeySet())
                        .add(key);
                known.put(source, around.clock().instant());
            }
        });
    }

    private void archive(AggregateStore store, String id, String source) {
        StoredAggregate last = store.live(id).orElse(null);
        if (last != null
                && last.finished()
                && last.tasks().isEmpty()
                && acknowledged(source).containsAll(last.outbox().keySet())
                && store.archive(last.withoutOutbox())) {
            acknowledged.remove(source);
        }
    }

    private void sendOrBury(WireRecord message) {
        try {
            deliver(message);
        } catch (RuntimeException trouble) {
            if (Transience.passes(trouble)) {
                throw trouble;
            }
            bury(message, trouble);
        }
    }

    private void bury(WireRecord message, RuntimeException why) {
        try {
            if (!message.topic().equals(Message.LOCAL)) {
                around.sink().send(message.dead(Reasons.of(why)));
            }
        } catch (RuntimeException notThereEither) {
            if (Transience.passes(notThereEither)) {
                throw notThereEither;
            }
        }
        deadLetters.unsent(message, why);
    }

    private void deliver(WireRecord message) {
        if (message.topic().equals(Message.LOCAL)) {
            local.accept(message.inbound(around.clock().instant()));
        } else {
            around.sink().send(message);
        }
    }

    /** Moves entries of closed chunks out of the document; only what a re-read chunk contains is trimmed. */
    private static void cut(AggregateStore store, StoredAggregate found) {
        Map<Long, List<JournalEntry>> chunks =
                found.journal().stream().collect(Collectors.groupingBy(entry -> Journal.chunkEnd(entry.version())));
        chunks.forEach((end, entries) -> {
            if (end <= found.version()) {
                store.saveChunk(found.id(), end, entries);
                Set<Long> stored = store.chunk(found.id(), end).orElse(List.of()).stream()
                        .map(JournalEntry::version)
                        .collect(Collectors.toSet());
                store.trim(found.id(), stored);
            }
        });
    }
}
