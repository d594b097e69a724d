package dev.slipway.messaging;

import dev.slipway.chain.Signer;
import dev.slipway.messaging.Deciding.Kind;
import dev.slipway.messaging.Deciding.TaskKind;
import dev.slipway.messaging.Manners.Closing;
import dev.slipway.messaging.Manners.Repeating;
import dev.slipway.messaging.Routes.Route;
import io.micrometer.tracing.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where a service says what it consists of: its kinds of aggregates, their timers and tasks, and what it listens to.
 * Everything is registered before anything starts.
 */
public final class Recipe {
    private final Surroundings around;
    private final List<Deciding<?, ?>> kinds = new CopyOnWriteArrayList<>();
    private final List<Routes> local = new CopyOnWriteArrayList<>();
    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final Relay relay;
    private final Timers timers;
    private final Tasks tasks;
    private final DeadLetters deadLetters;
    private final List<Lane> lanes = new CopyOnWriteArrayList<>();
    private final List<Job> jobs = new CopyOnWriteArrayList<>();
    private final List<Job> firsts = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable String> broken = new AtomicReference<>();
    private volatile long storeSeenNanos;
    private volatile boolean begun = true;

    public Recipe(Surroundings outside) {
        this.around = outside.with(watched(outside.executor()));
        this.deadLetters = new DeadLetters(around, this);
        this.relay = new Relay(around, this::deliverLocally, deadLetters);
        this.timers = new Timers(around, this::mayRestOnUnheard);
        this.tasks = new Tasks(around);
        this.storeSeenNanos = around.monotonicNanos().getAsLong()
                - around.settings().unreadyAfter().toNanos();
    }

    /** Starts to register a kind of aggregate; its name is the name of its collection and part of message sources. */
    public <S, I> Builder<S, I> aggregates(String kind, Class<S> stateType, Class<I> inputType, Core<S, I> core) {
        if (!inputType.isInterface() && !inputType.isRecord()) {
            throw new IllegalArgumentException(inputType + " must be a sealed interface or a record");
        }
        if (kinds.stream().anyMatch(known -> known.kind().name().equals(kind))) {
            throw new IllegalArgumentException("Kind " + kind + " is registered twice");
        }
        return new Builder<>(kind, stateType, core);
    }

    /** Takes messages to {@link Message#LOCAL}. */
    public void local(Routes routes) {
        local.add(routes);
    }

    /** Listens to topics as one consumer group, which no other subscription has. */
    public void listen(String group, Routes routes, String... topics) {
        subscribe(new Subscription(group, routes, List.of(topics)));
    }

    /**
     * Listens a second time to topics that another subscription hears whole, for what must be heard whatever waits before
     * it. Whoever takes it must bear to hear it twice, and before what was said earlier.
     *
     * @param routes made with {@link Routes.Builder#ahead}
     */
    public void listenAhead(String group, Routes routes, String... topics) {
        if (!routes.partial()) {
            throw new IllegalArgumentException("Routes of " + group + " must be made with ahead()");
        }
        subscribe(new Subscription(group, routes, List.of(topics)));
    }

    private void subscribe(Subscription subscription) {
        if (subscriptions.stream().anyMatch(known -> known.group().equals(subscription.group()))) {
            throw new IllegalArgumentException(
                    "Consumer group %s has a subscription already: each needs a group of its own"
                            .formatted(subscription.group()));
        }
        subscriptions.add(subscription);
        for (String topic : subscription.topics()) { // there at zero before the first
            around.meters().counter("slipway.dead.letters", "topic", topic);
            deadLetters.expects(topic);
            around.meters().counter("slipway.unknown.types", "topic", topic);
        }
    }

    /**
     * Has something done over and over, on a platform thread of its own, so that it hangs on no other work. What it throws
     * ends one turn; an {@link Error} turns readiness red besides.
     */
    public void repeatedly(String name, Duration every, Runnable work) {
        repeatedly(name, Duration.ZERO, every, work);
    }

    /** @param first how long after the start it is done for the first time */
    public void repeatedly(String name, Duration first, Duration every, Runnable work) {
        jobs.add(new Job(name, first, every, work));
    }

    List<Job> jobs() {
        return List.copyOf(jobs);
    }

    /**
     * Has something done once at each start, before anything is heard, sent, timed, performed or done over and over. Until
     * then this instance is not ready. What passes (the store is away) is waited out; after anything else the rest begins.
     *
     * @param again how long after a failure it is tried again
     */
    public void first(String name, Duration again, Runnable work) {
        firsts.add(new Job(name, Duration.ZERO, again, work));
    }

    List<Job> firsts() {
        return List.copyOf(firsts);
    }

    /** What was to be done first is done, or there is nothing of that kind. */
    void begun(boolean all) {
        this.begun = all;
    }

    boolean begun() {
        return begun;
    }

    /** Something that is done over and over. */
    record Job(String name, Duration first, Duration every, Runnable work) {}

    /** What this service heard and could not do, and what it could not send. */
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    public List<Subscription> subscriptions() {
        return List.copyOf(subscriptions);
    }

    /** Hands a message to its handler; an unknown type is counted and passed over. */
    public void dispatch(Routes routes, Inbound inbound) {
        Optional<Route<?>> route = routes.find(inbound.type());
        if (route.isPresent()) {
            handle(route.get(), inbound);
        } else if (!routes.partial()) {
            around.meters()
                    .counter("slipway.unknown.types", "topic", inbound.topic())
                    .increment();
        }
    }

    /**
     * Hears one record, for tests and simulations: what would fail again is a dead letter, what passes is thrown.
     *
     * @param position where it lies, {@code partition:offset}
     */
    public void hear(Subscription subscription, WireRecord record, String position) {
        try {
            dispatch(subscription.routes(), record.inbound(around.clock().instant()));
        } catch (RuntimeException trouble) {
            if (Transience.passes(trouble)) {
                throw trouble;
            }
            if (!subscription.routes().partial()) {
                deadLetters.heard(record, position, subscription.group(), trouble);
            }
        }
    }

    private <B> void handle(Route<B> route, Inbound inbound) {
        around.tracing().hop(Span.Kind.CONSUMER, inbound.type(), inbound.source(), inbound.lineage(), own -> {
            route.handler().accept(inbound.within(own), around.json().readValue(inbound.body(), route.bodyType()));
        });
    }

    void deliverLocally(Inbound inbound) {
        dispatch(
                local.stream()
                        .filter(routes -> routes.find(inbound.type()).isPresent())
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("No local route for " + inbound.type())),
                inbound);
    }

    /** One look at all due timers; called by the lifecycle, or by a test that owns the clock. */
    public void fireTimers() {
        timers.poll(kinds);
        storeSeenNanos = around.monotonicNanos().getAsLong();
    }

    /** One look for unsent messages that were left behind, and for finished documents. */
    public void sweepOutboxes() {
        around.stores().prepare();
        relay.sweep(kinds);
    }

    /** One look for tasks that nobody performs. */
    public void sweepTasks() {
        tasks.sweep(kinds);
    }

    /** Counts the letters that wait. */
    void countDeadLetters() {
        deadLetters.count();
    }

    /** Tells other instances that this one still performs its tasks. */
    public void beat() {
        tasks.beat();
    }

    /** Ends running tasks; their handlers are interrupted, and others may take over at once. */
    void stop() {
        tasks.stop();
    }

    boolean idle() {
        return tasks.idle();
    }

    /** How long ago the store answered; it is asked all the time. */
    Duration storeSilence() {
        return Duration.ofNanos(around.monotonicNanos().getAsLong() - storeSeenNanos);
    }

    void hears(Lane lane) {
        lanes.add(lane);
    }

    void hearsNothing() {
        lanes.clear();
    }

    List<Lane> lanes() {
        return List.copyOf(lanes);
    }

    double secondsBehind(Lane lane) {
        return lane.backlog()
                .heardUpTo()
                .map(upTo -> Math.max(
                        0, Duration.between(upTo, around.clock().instant()).toMillis() / 1000.0))
                .orElse(0.0);
    }

    /** Whether what would have kept a deadline from coming true may lie unheard: here, or before whom it was asked. */
    private boolean mayRestOnUnheard(String source, Instant due) {
        return lanes.stream()
                        .flatMap(lane -> lane.backlog().heardUpTo().stream())
                        .anyMatch(upTo -> upTo.isBefore(due))
                || around.sink().liesUnread(source);
    }

    /** An error is none that a loop gets over: this instance is not ready from then on. */
    void met(String where, Error error) {
        broken.compareAndSet(null, "%s met %s: restart this process".formatted(where, error));
    }

    /** What has broken for good, or null. */
    @Nullable
    String broken() {
        return broken.get();
    }

    private Executor watched(Executor executor) {
        return command -> executor.execute(() -> {
            try {
                command.run();
            } catch (Error error) {
                met("work after a write", error);
                throw error;
            }
        });
    }

    Surroundings surroundings() {
        return around;
    }

    /** Topics that a consumer group listens to. */
    public record Subscription(String group, Routes routes, List<String> topics) {
        public Subscription {
            topics = List.copyOf(topics);
        }
    }

    /** Collects what belongs to one kind of aggregate. */
    public final class Builder<S, I> {
        private final String name;
        private final Class<S> stateType;
        private final Core<S, I> core;
        private final Map<String, TaskKind<?, I>> taskKinds = new HashMap<>();
        private final Map<String, Repeating<S>> repeats = new HashMap<>();
        private final Map<String, Predicate<S>> deadlines = new HashMap<>();
        private @Nullable Predicate<I> urgent;
        private @Nullable Predicate<I> amending;
        private @Nullable Predicate<I> noting;
        private Closing<S> closing = Closing.never();
        private Function<String, I> onTimer = timer -> {
            throw new IllegalStateException("No input for timer " + timer);
        };

        private Builder(String name, Class<S> stateType, Core<S, I> core) {
            this.name = name;
            this.stateType = stateType;
            this.core = core;
        }

        /** Which input a due timer of this name becomes. */
        public Builder<S, I> onTimer(Function<String, I> input) {
            onTimer = input;
            return this;
        }

        /** Who performs tasks of this kind. */
        public <B> Builder<S, I> task(String kind, Class<B> bodyType, TaskHandler<B, I> handler) {
            if (taskKinds.putIfAbsent(kind, new TaskKind<>(bodyType, handler)) != null) {
                throw new IllegalArgumentException("Task kind " + kind + " already has a handler");
            }
            return this;
        }

        /**
         * A timer that asks questions again. While the state says that they are answered, each repetition comes after twice
         * the time, up to the longest; it begins anew whenever the timer is started by anything but its own firing.
         */
        public Builder<S, I> backsOff(String timer, Duration longest, Predicate<S> answered) {
            repeats.put(timer, new Repeating<>(longest, answered));
            return this;
        }

        /**
         * A timer that acts on what was not heard. It waits, within {@code deadline-patience}, while this service has not
         * heard all that was said before it was due, or a question of its aggregate lies unread.
         *
         * @param restsOnMessages states in which that is so; in others it acts when it is due
         */
        public Builder<S, I> deadline(String timer, Predicate<S> restsOnMessages) {
            deadlines.put(timer, restsOnMessages);
            return this;
        }

        /** Inputs for which room is kept in a full document. */
        public Builder<S, I> urgent(Predicate<I> input) {
            urgent = input;
            return this;
        }

        /**
         * Inputs that finished aggregates take into their records, too: words about what is over. They change the state and its
         * journal, leave it finished where it stands in the order of ends, and start nothing.
         */
        public Builder<S, I> amends(Predicate<I> input) {
            amending = input;
            return this;
        }

        /**
         * Inputs whose refusal finished aggregates take into their records in the same way, where their core notes it in the
         * state.
         */
        public Builder<S, I> notesRefusals(Predicate<I> input) {
            noting = input;
            return this;
        }

        /** States in which each change is closed by a signature over the chain of the journal up to it. */
        public Builder<S, I> closing(Predicate<S> when, Signer signer) {
            closing = new Closing<>(when, signer);
            return this;
        }

        public Aggregates<S, I> build() {
            Manners<S, I> manners = new Manners<>(repeats, deadlines, urgent, amending, noting, closing);
            Deciding<S, I> aggregates = new Deciding<>(
                    new Kind<>(name, stateType, core, onTimer, Map.copyOf(taskKinds), manners), around, relay, tasks);
            kinds.add(aggregates);
            taskKinds.keySet().forEach(kind -> tasks.measure(aggregates, kind));
            return aggregates;
        }
    }
}
