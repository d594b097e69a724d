package dev.slipway.messaging;

import dev.slipway.messaging.StoredAggregate.Outgoing;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what lies in outboxes: right after the write, one message at a time per aggregate, in order. A message leaves
 * its outbox after the broker's ack. Then it settles the document: cuts its journal, moves it to the finished ones.
 */
final class Relay {
    private static final Logger log = LoggerFactory.getLogger(Relay.class);

    private final Surroundings around;
    private final Consumer<Inbound> local;
    private final DeadLetters deadLetters;
    private final Backoff backoff;
    private final Instant started;
    /** Aggregates being drained; TRUE if there is more to do afterwards. */
    private final Map<String, Boolean> draining = new ConcurrentHashMap<>();

    private final Counter unsentAnswers;
    private final AtomicLong pending;
    private volatile @Nullable Instant oldestUnsent;

    Relay(Surroundings around, Consumer<Inbound> local, DeadLetters deadLetters) {
        this.around = around;
        this.local = local;
        this.deadLetters = deadLetters;
        this.backoff = new Backoff(around.settings(), around.monotonicNanos());
        this.started = around.clock().instant();
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

    /** Finds what a crash or a pause left; what was written just now is in the hands of whoever wrote it. */
    void sweep(Collection<Deciding<?, ?>> kinds) {
        Instant now = around.clock().instant();
        Instant grace = now.minus(around.settings().sweepEvery());
        List<Instant> unsent = new ArrayList<>();
        int page = around.settings().sweepDocumentsMax();
        for (Deciding<?, ?> kind : kinds) {
            Looking.through(around.settings(), page, skip -> kind.store().unsettled(skip, page), found -> {
                found.outbox().values().forEach(message -> unsent.add(message.at()));
                Instant since = found.outbox().isEmpty()
                        ? found.updatedAt()
                        : found.outbox().firstEntry().getValue().at();
                if (!since.isAfter(grace) || since.isBefore(started)) {
                    wake(kind, found.id());
                }
            });
        }
        pending.set(unsent.size());
        oldestUnsent = unsent.stream().min(Comparator.naturalOrder()).orElse(null);
    }

    private void drain(Deciding<?, ?> aggregates, String id, String source) {
        if (!backoff.ready(source)) {
            return;
        }
        AggregateStore store = aggregates.store();
        try {
            StoredAggregate found = store.live(id).orElse(null);
            while (found != null && !found.outbox().isEmpty()) {
                sendAll(store, found);
                found = store.live(id).orElse(null);
            }
            if (found != null && found.journal().size() > Journal.CHUNK_VERSIONS) {
                cut(store, found);
                found = store.live(id).orElse(null);
            }
            if (found != null
                    && found.finished()
                    && found.outbox().isEmpty()
                    && found.tasks().isEmpty()) {
                store.archive(found);
            }
            backoff.succeeded(source);
        } catch (RuntimeException trouble) {
            log.warn("Sending for {} pauses for {}: {}", source, backoff.failed(source), trouble.toString());
        }
    }

    private void sendAll(AggregateStore store, StoredAggregate found) {
        Set<String> sent = new HashSet<>();
        try {
            found.outbox().forEach((key, message) -> {
                sendOrBury(message.wire());
                sent.add(key);
            });
        } finally {
            if (!sent.isEmpty()) {
                store.acknowledge(found.id(), sent);
            }
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
