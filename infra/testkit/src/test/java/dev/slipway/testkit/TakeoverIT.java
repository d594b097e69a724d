package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import dev.slipway.messaging.AggregateStore;
import dev.slipway.messaging.AggregateStore.Stores;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.Letters;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.messaging.MessagingSettings;
import dev.slipway.messaging.MongoStore;
import dev.slipway.messaging.Recipe;
import dev.slipway.messaging.Surroundings;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.Kettle.Hot;
import dev.slipway.testkit.Kettle.Input;
import dev.slipway.testkit.Kettle.Input.Boiled;
import dev.slipway.testkit.Kettle.Input.Fill;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.data.mongodb.core.MongoTemplate;

/** Two instances over the real store, one of which falls silent in the middle of a task, as after a kill -9. */
@Tag("thorough")
@ExtendWith(PlatformExtension.class)
final class TakeoverIT {
    /** Longer than a busy machine keeps a thread from its next beat. */
    private static final Duration LEASE = Pace.patience(Duration.ofSeconds(4));

    /** Of the same pace, which may be another when a test waits. */
    private static final Duration PATIENCE = LEASE.multipliedBy(10);

    private final MemoryBus bus = new MemoryBus();
    private final List<String> performed = new CopyOnWriteArrayList<>();
    private final CountDownLatch awake = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final ExecutorService work = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService living = Executors.newSingleThreadScheduledExecutor();
    private MongoClient client;
    private Stores stores;

    @BeforeEach
    void connect() {
        String database = PlatformExtension.freshDatabase();
        client = MongoClients.create(PlatformExtension.mongodb(database));
        MongoStore store = new MongoStore(new MongoTemplate(client, database), MessagingJson.mapper(), "kettle");
        store.createIndexes();
        stores = new Stores() {
            @Override
            public AggregateStore of(String kind) {
                return store;
            }

            @Override
            public Letters letters() {
                return new MemoryLetters();
            }
        };
    }

    @AfterEach
    void end() {
        awake.countDown();
        living.shutdownNow();
        work.close();
        client.close();
    }

    @Test
    void the_other_performs_the_task_after_its_lease_and_what_the_dead_one_says_later_is_ignored() throws Exception {
        Recipe survivor = instance();
        kettles(survivor, "survivor");
        AtomicBoolean alive = new AtomicBoolean(true);
        Recipe dying = instance();
        Aggregates<Kettle, Input> kettles = kettles(dying, "dying");
        lives(dying, alive::get);

        kettles.submit("k1", new Fill(20), Cause.of("user:ada@example.test"));
        assertThat(begun.await(Pace.seconds(5), TimeUnit.SECONDS)).isTrue();
        lives(survivor, () -> true); // earlier it might find the task before the other has claimed it
        await().pollDelay(LEASE.multipliedBy(2))
                .atMost(PATIENCE)
                .until(() -> performed.equals(List.of("dying"))); // it beats: kept
        alive.set(false);
        Instant killed = Instant.now();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(performed).containsExactly("dying", "survivor"));
        Duration takeover = Duration.between(killed, Instant.now());
        assertThat(takeover).isBetween(LEASE.dividedBy(2), LEASE.plus(Pace.patience(Duration.ofSeconds(3))));
        await().untilAsserted(() ->
                assertThat(kettles.find("k1").orElseThrow().state()).isInstanceOf(Hot.class));

        long version = kettles.find("k1").orElseThrow().version();
        awake.countDown(); // it was only frozen, and now wants to store its outcome
        work.shutdown();
        assertThat(work.awaitTermination(Pace.seconds(10), TimeUnit.SECONDS)).isTrue();
        assertThat(kettles.find("k1").orElseThrow().version()).isEqualTo(version);
        assertThat(kettles.journal("k1")).extracting(JournalEntry::input).containsExactly("Fill", "Boiled");
    }

    private Recipe instance() {
        return new Recipe(new Surroundings(
                MessagingSettings.of("tea", Map.of("task-lease", LEASE.toMillis() + "ms")),
                stores,
                bus,
                MessagingJson.mapper(),
                Clock.systemUTC(),
                System::nanoTime,
                work,
                new SimpleMeterRegistry()));
    }

    /** What its lifecycle does from time to time, while it lives. */
    private void lives(Recipe recipe, BooleanSupplier alive) {
        var _ = living.scheduleWithFixedDelay(
                () -> {
                    if (alive.getAsBoolean()) {
                        recipe.beat();
                        recipe.sweepTasks();
                    }
                },
                0,
                200,
                TimeUnit.MILLISECONDS);
    }

    private Aggregates<Kettle, Input> kettles(Recipe recipe, String name) {
        return recipe.aggregates("kettle", Kettle.class, Input.class, new Kettle.KettleCore())
                .onTimer(Input.TimedOut::new)
                .task("boil", Kettle.Boil.class, (run, _) -> {
                    performed.add(name);
                    begun.countDown();
                    if (name.equals("dying")) {
                        awake.await();
                    }
                    return new Boiled(run.fence());
                })
                .build();
    }
}
