package dev.slipway.messaging;

import dev.slipway.messaging.StoredAggregate.Timer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.tracing.Span;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Load, decide, write once, then have it published: the shell around one {@link Core}. */
final class Deciding<S, I> implements Aggregates<S, I> {
    private static final Logger log = LoggerFactory.getLogger(Deciding.class);
    private static final int STRIPES = 64;
    private static final int PAUSE_MICROS_MAX = 2_000;

    /** How a kind of aggregate was registered. */
    record Kind<S, I>(
            String name,
            Class<S> stateType,
            Core<S, I> core,
            Function<String, I> onTimer,
            Map<String, TaskKind<?, I>> tasks,
            Manners<S, I> manners) {}

    record TaskKind<B, I>(Class<B> bodyType, TaskHandler<B, I> handler) {}

    private final Kind<S, I> kind;
    private final AggregateStore store;
    private final Surroundings around;
    private final Relay relay;
    private final Tasks tasks;
    private final Counter conflicts;
    private final Counter ignored;
    /** Deciders of one instance queue here instead of racing each other to the store. */
    private final List<ReentrantLock> stripes =
            IntStream.range(0, STRIPES).mapToObj(_ -> new ReentrantLock()).toList();

    Deciding(Kind<S, I> kind, Surroundings around, Relay relay, Tasks tasks) {
        this.kind = kind;
        this.store = around.stores().of(kind.name());
        this.around = around;
        this.relay = relay;
        this.tasks = tasks;
        this.conflicts = around.meters().counter("slipway.conflicts", "kind", kind.name());
        this.ignored = around.meters().counter("slipway.finished.ignored", "kind", kind.name());
        for (String became : List.of("refused", "changed", "unchanged")) { // there at zero before the first
            around.meters().counter("slipway.inputs", "kind", kind.name(), "outcome", became);
        }
    }

    Kind<S, I> kind() {
        return kind;
    }

    AggregateStore store() {
        return store;
    }

    /** Who speaks where this aggregate does; a key that no other aggregate has. */
    String source(String id) {
        return around.settings().service() + "/" + kind.name() + "/" + id;
    }

    /** Whether this timer acts on what was not heard, in the state that the document is in. */
    boolean isDeadline(String timer, StoredAggregate document) {
        Predicate<S> rests = kind.manners().deadlines().get(timer);
        return rests != null && rests.test(read(document));
    }

    @Override
    public Outcome<S> submit(String id, I input, Cause cause) {
        Trigger<I> trigger =
                Trigger.submitted(input, cause.within(around.tracing().current()));
        Together together = Together.present();
        return together == null ? take(id, trigger) : together.decide(this, id, trigger);
    }

    void fire(String id, String name, Timer timer) {
        around.tracing()
                .hop(
                        Span.Kind.CONSUMER,
                        "timer",
                        source(id) + "#" + name,
                        Lineage.of(timer.from()),
                        own -> take(id, Trigger.fired(kind.onTimer().apply(name), name, timer.generation(), own)));
    }

    void complete(String id, String taskId, String taskKind, long fence, I outcome, Lineage from) {
        take(id, Trigger.performed(outcome, taskId, taskKind, fence, from));
    }

    private Outcome<S> take(String id, Trigger<I> trigger) {
        return conclude(id, List.of(trigger), null);
    }

    /**
     * Decides until nobody else is faster, and writes once.
     *
     * @param decided what was decided about these inputs already, or null
     */
    Outcome<S> conclude(String id, List<Trigger<I>> triggers, @Nullable Attempt<S, I> decided) {
        ReentrantLock stripe = stripes.get(Math.floorMod(id.hashCode(), STRIPES));
        for (int tries = 1; tries <= around.settings().decideTriesMax(); tries++) {
            stripe.lock();
            try {
                Attempt<S, I> attempt = decided != null && tries == 1 ? decided : decide(id, triggers);
                Outcome<S> outcome = finish(id, attempt);
                if (outcome != null) {
                    return outcome;
                }
            } finally {
                stripe.unlock();
            }
            conflicts.increment();
            LockSupport.parkNanos(1_000L * ThreadLocalRandom.current().nextInt(PAUSE_MICROS_MAX) * tries);
        }
        throw new TryAgain(kind.name() + " " + id + " was changed by others each time it was decided upon");
    }

    private Attempt<S, I> decide(String id, List<Trigger<I>> triggers) {
        Attempt<S, I> attempt = load(id);
        triggers.forEach(attempt::decide);
        return attempt;
    }

    /** The document as it is now, to decide upon. */
    Attempt<S, I> load(String id) {
        Instant now = around.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<StoredAggregate> live = store.live(id);
        Optional<StoredAggregate> ended = live.isPresent() ? Optional.empty() : store.finished(id);
        StoredAggregate before = live.or(() -> ended).orElseGet(() -> absent(id, now));
        S state = before.version() == 0 ? kind.core().initial(id) : read(before);
        Drafting draft = new Drafting(
                json(), source(id), before, UUID.randomUUID().toString(), relay.acknowledged(source(id)), now);
        return new Attempt<>(kind, before, ended.isPresent(), state, draft, now);
    }

    /** Null if another writer was faster. */
    private @Nullable Outcome<S> finish(String id, Attempt<S, I> attempt) {
        StoredAggregate after = attempt.after(this::tree);
        if (after == null) {
            if (attempt.ignored() > 0) {
                ignored.increment(attempt.ignored());
                log.info("{} has ended: {} inputs change nothing", source(id), attempt.ignored());
            }
            relay.sendDirectly(source(id), attempt.answers());
        } else if (write(attempt, after)) {
            if (attempt.ended()) {
                relay.sendDirectly(source(id), attempt.answers());
            } else {
                afterwards(attempt.before(), after);
            }
        } else {
            return null;
        }
        attempt.became(after != null)
                .forEach(became -> around.meters()
                        .counter("slipway.inputs", "kind", kind.name(), "outcome", became)
                        .increment());
        return attempt.outcome(after);
    }

    private StoredAggregate absent(String id, Instant now) {
        ObjectNode empty = json().createObjectNode();
        return new StoredAggregate(id, 0, empty, List.of(), new TreeMap<>(), Map.of(), Map.of(), false, now, now);
    }

    private boolean write(Attempt<S, I> attempt, StoredAggregate after) {
        StoredAggregate before = attempt.before();
        long bytes = json().writeValueAsBytes(after).length;
        long bytesMax = around.settings().documentBytesMax().toBytes();
        if (bytes > (attempt.urgent() ? bytesMax : bytesMax - kind.manners().reserved(bytesMax))) {
            throw new RefusedByBound(
                    source(after.id()) + " would take " + bytes + " bytes, above slipway.messaging.document-bytes-max");
        }
        try {
            if (attempt.ended()) {
                return store.amend(before, after);
            }
            return before.version() == 0 ? store.insert(after) : store.update(before, after);
        } catch (RuntimeException unknown) {
            if (!Transience.passes(unknown)) {
                throw unknown;
            }
            log.warn("Write to {} has an unknown outcome: {}", source(after.id()), unknown.toString());
            return landed(before, after); // throws if the store is still away
        }
    }

    private boolean landed(StoredAggregate before, StoredAggregate after) {
        return after.journal().size() > before.journal().size()
                && store.live(after.id()).or(() -> store.finished(after.id())).stream()
                        .flatMap(found -> found.journal().stream())
                        .anyMatch(found ->
                                found.write().equals(after.journal().getLast().write()));
    }

    private void afterwards(StoredAggregate before, StoredAggregate after) {
        String id = after.id();
        Set<String> gone = new HashSet<>(before.outbox().keySet());
        gone.removeAll(after.outbox().keySet());
        relay.left(source(id), gone);
        if (after.finished() || !after.outbox().isEmpty() || after.journal().size() > Journal.CHUNK_VERSIONS) {
            relay.wake(this, id);
        }
        before.tasks().forEach((taskId, task) -> {
            if (!task.equals(after.tasks().get(taskId))) {
                tasks.drop(this, id, taskId);
            }
        });
        after.tasks().forEach((taskId, task) -> {
            if (!task.equals(before.tasks().get(taskId))) {
                tasks.offer(this, id, taskId);
            }
        });
    }

    private JsonMapper json() {
        return around.json();
    }

    private S read(StoredAggregate stored) {
        return json().treeToValue(stored.state(), kind.stateType());
    }

    /** By way of bytes, so that numbers and strings have the one form that they also have when read back. */
    private ObjectNode tree(S state) {
        return (ObjectNode) json().readTree(json().writerFor(kind.stateType()).writeValueAsBytes(state));
    }

    @Override
    public Optional<Snapshot<S>> find(String id) {
        return store.live(id)
                .map(found -> snapshot(found, false))
                .or(() -> store.finished(id).map(found -> snapshot(found, true)));
    }

    @Override
    public List<Snapshot<S>> live(@Nullable String afterId, int limit) {
        return store.listLive(afterId, limit).stream()
                .map(found -> snapshot(found, false))
                .toList();
    }

    @Override
    public List<Snapshot<S>> between(String above, String below, int limit) {
        SortedMap<String, Snapshot<S>> found = new TreeMap<>();
        store.liveBetween(above, below, limit).forEach(each -> found.put(each.id(), snapshot(each, false)));
        store.finishedBetween(above, below, limit).forEach(each -> found.putIfAbsent(each.id(), snapshot(each, true)));
        return found.values().stream().limit(limit).toList();
    }

    @Override
    public List<Snapshot<S>> finished(@Nullable String afterId, int limit) {
        return store.listFinished(afterId, limit).stream()
                .map(found -> snapshot(found, true))
                .toList();
    }

    private Snapshot<S> snapshot(StoredAggregate found, boolean finished) {
        return new Snapshot<>(found.id(), read(found), found.version(), found.createdAt(), found.updatedAt(), finished);
    }

    @Override
    public List<JournalEntry> journal(String id) {
        return journal(id, stored(id));
    }

    @Override
    public Chained chained(String id) {
        Optional<StoredAggregate> found = stored(id);
        return new Chained(
                source(id), journal(id, found), found.map(StoredAggregate::head).orElse(null));
    }

    @Override
    public boolean forget(String id) {
        return store.live(id).isEmpty() && store.forget(id);
    }

    private Optional<StoredAggregate> stored(String id) {
        return store.live(id).or(() -> store.finished(id));
    }

    /** What is in chunks that were closed by then, then what was left in the document. */
    private List<JournalEntry> journal(String id, Optional<StoredAggregate> found) {
        List<JournalEntry> all = new ArrayList<>();
        long version = found.map(StoredAggregate::version).orElse(0L);
        for (long end = Journal.CHUNK_VERSIONS; end <= version; end += Journal.CHUNK_VERSIONS) {
            store.chunk(id, end).ifPresent(all::addAll);
        }
        long chunked = all.isEmpty() ? 0 : all.getLast().version();
        found.stream()
                .flatMap(document -> document.journal().stream())
                .filter(entry -> entry.version() > chunked)
                .forEach(all::add);
        return all;
    }
}
