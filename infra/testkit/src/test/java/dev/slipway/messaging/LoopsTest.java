package dev.slipway.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.mongodb.MongoTimeoutException;
import dev.slipway.messaging.Recipe.Job;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.ServiceInMemory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is done over and over must go on whatever happens beside it, and must not hide an error. */
final class LoopsTest {
    private static final Duration EVERY = Duration.ofMillis(10);
    private static final Duration STOPPED_WITHIN = Pace.patience(Duration.ofSeconds(3));

    private final List<String> met = new CopyOnWriteArrayList<>();
    private final Loops loops = new Loops((where, error) -> met.add(where + ": " + error.getMessage()));
    private final AtomicInteger turns = new AtomicInteger();

    @AfterEach
    void stop() {
        loops.stop(STOPPED_WITHIN);
    }

    private void begin(Runnable work) {
        loops.begin(Thread.ofPlatform().daemon(), new Job("traffic tables", Duration.ZERO, EVERY, work));
    }

    @Test
    void one_goes_on_while_others_hang() {
        CountDownLatch done = new CountDownLatch(1);
        CountDownLatch hanging = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            loops.begin(Thread.ofVirtual(), new Job("hangs", Duration.ZERO, EVERY, () -> {
                hanging.countDown();
                awaiting(done);
            }));
        }
        awaiting(hanging);

        begin(turns::incrementAndGet);

        await().until(() -> turns.get() >= 5);
        done.countDown();
    }

    @Test
    void whatever_goes_wrong_in_one_turn_the_next_one_comes_and_an_error_is_told() {
        begin(() -> {
            switch (turns.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("the store is away");
                case 2 -> throw new StackOverflowError("deep");
                default -> {}
            }
        });

        await().until(() -> turns.get() >= 4);
        assertThat(met).containsExactly("traffic tables: deep");
    }

    @Test
    void an_error_in_a_job_of_a_service_is_broken_for_good() {
        Recipe recipe = new ServiceInMemory("tested").recipe();
        assertThat(recipe.broken()).isNull();

        Loops ofService = new Loops(recipe::met);
        ofService.begin(Thread.ofVirtual(), new Job("traffic tables", Duration.ZERO, EVERY, () -> {
            if (turns.incrementAndGet() == 1) {
                throw new OutOfMemoryError("Metaspace");
            }
        }));

        await().until(() -> turns.get() >= 2);
        ofService.stop(STOPPED_WITHIN);
        assertThat(recipe.broken())
                .isEqualTo("traffic tables met java.lang.OutOfMemoryError: Metaspace: restart this process");
    }

    @Test
    void no_turn_begins_once_it_has_stopped_and_the_one_under_way_has_ended() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        begin(() -> {
            thread.set(Thread.currentThread());
            turns.incrementAndGet();
        });
        await().until(() -> turns.get() >= 1);

        loops.stop(STOPPED_WITHIN);

        Thread ended = Objects.requireNonNull(thread.get());
        assertThat(ended.isAlive()).isFalse();
        assertThat(ended.getName()).isEqualTo("slipway-traffic-tables");
    }

    @Test
    void what_comes_first_is_tried_until_what_passes_has_passed_and_all_else_comes_after_it() {
        List<String> order = new CopyOnWriteArrayList<>();
        Job away = new Job("looks", Duration.ZERO, EVERY, () -> {
            order.add("look " + turns.incrementAndGet());
            if (turns.get() < 3) {
                throw new MongoTimeoutException("the store is away");
            }
        });
        Job refused = new Job("refused", Duration.ZERO, EVERY, () -> {
            order.add("refused");
            throw new IllegalArgumentException("it would fail again");
        });

        loops.first(Thread.ofPlatform().daemon(), List.of(away, refused), () -> order.add("the rest"));

        await().until(() -> order.contains("the rest"));
        assertThat(order).containsExactly("look 1", "look 2", "look 3", "refused", "the rest");
    }

    @Test
    void what_has_not_come_to_its_end_first_when_it_stops_begins_nothing() {
        List<String> order = new CopyOnWriteArrayList<>();
        loops.first(
                Thread.ofPlatform().daemon(),
                List.of(new Job("looks", Duration.ZERO, EVERY, () -> {
                    turns.incrementAndGet();
                    throw new MongoTimeoutException("the store is away");
                })),
                () -> order.add("the rest"));
        await().until(() -> turns.get() >= 2);

        loops.stop(STOPPED_WITHIN);

        assertThat(order).isEmpty();
    }

    private static void awaiting(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
