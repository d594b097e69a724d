package dev.slipway.testkit;

import dev.slipway.messaging.Inbound;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.MessagingSettings;
import dev.slipway.messaging.Recipe;
import dev.slipway.messaging.Recipe.Subscription;
import dev.slipway.messaging.Surroundings;
import dev.slipway.messaging.WireRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * A service without Spring, Kafka and MongoDB: its recipe over memory, one thread, and a clock that the test moves.
 * Nothing happens by itself: {@link #settle()} sends messages and performs tasks, {@link #advance} also fires timers.
 */
public final class ServiceInMemory {
    private static final int STEPS_MAX = 100_000;

    private final MemoryBus bus;
    private final MovableClock clock;
    private final MemoryStore.InMemory stores;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final Recipe recipe;
    private int heard;

    public ServiceInMemory(String service) {
        this(service, new MemoryBus(), new MovableClock(Instant.parse("2026-01-05T10:00:00Z")));
    }

    /** @param settings changes to the defaults of {@link MessagingSettings}, without their prefix */
    public ServiceInMemory(String service, Map<String, String> settings) {
        this(
                service,
                new MemoryBus(),
                new MovableClock(Instant.parse("2026-01-05T10:00:00Z")),
                new MemoryStore.InMemory(),
                settings);
    }

    /** @param bus shared by the services that shall hear each other */
    public ServiceInMemory(String service, MemoryBus bus, MovableClock clock) {
        this(service, bus, clock, new MemoryStore.InMemory(), Map.of());
    }

    /**
     * Another instance of a service, or the same one after a crash.
     *
     * @param stores shared with the other instances of the same service
     * @param settings changes to the defaults of {@link MessagingSettings}, without their prefix
     */
    public ServiceInMemory(
            String service,
            MemoryBus bus,
            MovableClock clock,
            MemoryStore.InMemory stores,
            Map<String, String> settings) {
        this.stores = stores;
        this.bus = bus;
        this.clock = clock;
        Executor executor = waiting::add;
        this.recipe = new Recipe(new Surroundings(
                MessagingSettings.of(service, settings),
                stores,
                bus,
                MessagingJson.mapper(),
                clock,
                clock::nanos,
                executor,
                meters));
    }

    public Recipe recipe() {
        return recipe;
    }

    public MemoryBus bus() {
        return bus;
    }

    public MovableClock clock() {
        return clock;
    }

    public MemoryStore.InMemory stores() {
        return stores;
    }

    public SimpleMeterRegistry meters() {
        return meters;
    }

    /** Sends, hears and performs all that waits, until nothing does. True if anything did. */
    public boolean settle() {
        int steps = 0;
        while (step()) {
            if (++steps > STEPS_MAX) {
                throw new AssertionError("The service does not come to rest");
            }
        }
        return steps > 0;
    }

    private boolean step() {
        Runnable next = waiting.poll();
        if (next != null) {
            next.run();
            return true;
        }
        List<WireRecord> records = bus.records();
        if (heard == records.size()) {
            return false;
        }
        hear(records.get(heard++));
        return true;
    }

    private void hear(WireRecord record) {
        for (Subscription subscription : recipe.subscriptions()) {
            if (subscription.topics().contains(record.topic())) {
                recipe.hear(subscription, record, "0:" + (heard - 1));
            }
        }
    }

    /** Moves the clock, stopping at each due timer on the way, and settles each time. */
    public void advance(Duration time) {
        Instant end = clock.instant().plus(time);
        settle();
        for (int steps = 0; steps < STEPS_MAX; steps++) {
            Instant next = stores.due().filter(due -> !due.isAfter(end)).orElse(end);
            clock.advanceTo(next);
            lookAround();
            if (!next.isBefore(end)
                    && stores.due().filter(due -> !due.isAfter(end)).isEmpty()) {
                return;
            }
        }
        throw new AssertionError("Timers start each other without end");
    }

    /** What the running service does by itself from time to time. */
    public void lookAround() {
        recipe.fireTimers();
        recipe.sweepTasks();
        recipe.sweepOutboxes();
        settle();
    }

    /** Has a message arrive as if another service's aggregate had sent it. */
    public void receive(String topic, String key, String type, Object body, String source, long sourceVersion) {
        bus.send(new WireRecord(
                topic,
                key,
                Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        UUID.randomUUID().toString(),
                        "ce_source",
                        source,
                        "ce_type",
                        type,
                        "ce_time",
                        clock.instant().toString(),
                        "ce_correlationid",
                        key,
                        "ce_sourceversion",
                        Long.toString(sourceVersion)),
                MessagingJson.mapper().writeValueAsString(body).getBytes(StandardCharsets.UTF_8)));
        settle();
    }

    /** Bodies of the messages of one type that were sent to a topic, in order. */
    public <B> List<B> sent(String topic, String type, Class<B> bodyType) {
        return bus.records(topic).stream()
                .map(record -> record.inbound(clock.instant()))
                .filter(inbound -> inbound.type().equals(type))
                .map(Inbound::body)
                .map(body -> MessagingJson.mapper().readValue(body, bodyType))
                .toList();
    }
}
