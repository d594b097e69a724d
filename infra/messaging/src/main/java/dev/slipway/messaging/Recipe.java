package dev.slipway.messaging;

import dev.slipway.messaging.Deciding.Kind;
import dev.slipway.messaging.Deciding.TaskKind;
import dev.slipway.messaging.Routes.Route;
import io.micrometer.tracing.Span;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

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
    private volatile long storeSeenNanos;

    public Recipe(Surroundings around) {
        this.around = around;
        this.relay = new Relay(around, this::deliverLocally);
        this.timers = new Timers(around);
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

    /** Listens to topics as one consumer group. */
    public void listen(String group, Routes routes, String... topics) {
        subscriptions.add(new Subscription(group, routes, List.of(topics)));
        for (String topic : topics) { // there at zero before the first
            around.meters().counter("slipway.dead.letters", "topic", topic);
            around.meters().counter("slipway.unknown.types", "topic", topic);
        }
    }

    public List<Subscription> subscriptions() {
        return List.copyOf(subscriptions);
    }

    /** Hands a message to its handler; an unknown type is counted and passed over. */
    public void dispatch(Routes routes, Inbound inbound) {
        routes.find(inbound.type())
                .ifPresentOrElse(
                        route -> handle(route, inbound),
                        () -> around.meters()
                                .counter("slipway.unknown.types", "topic", inbound.topic())
                                .increment());
    }

    private <B> void handle(Route<B> route, Inbound inbound) {
        around.tracing().hop(Span.Kind.CONSUMER, inbound.type(), inbound.source(), inbound.lineage(), own -> {
            route.handler().accept(inbound.within(own), around.json().readValue(inbound.body(), route.bodyType()));
        });
    }

    private void deliverLocally(Inbound inbound) {
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

        public Aggregates<S, I> build() {
            Deciding<S, I> aggregates = new Deciding<>(
                    new Kind<>(name, stateType, core, onTimer, Map.copyOf(taskKinds)), around, relay, tasks);
            kinds.add(aggregates);
            taskKinds.keySet().forEach(kind -> tasks.measure(aggregates, kind));
            return aggregates;
        }
    }
}
