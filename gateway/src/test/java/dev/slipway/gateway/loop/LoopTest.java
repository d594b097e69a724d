package dev.slipway.gateway.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** Reading tables, sending samples and sending probes go on whatever happens, and hide no error. */
final class LoopTest {
    private static final Duration EVERY = Duration.ofMillis(10);

    private final AtomicInteger turns = new AtomicInteger();
    private @Nullable Loop loop;

    private Loop started(Runnable turn) {
        Loop begun = new Loop("traffic tables", EVERY, turn);
        loop = begun;
        begun.start();
        return begun;
    }

    @AfterEach
    void stop() {
        if (loop != null) {
            loop.stop(() -> {});
        }
    }

    @Test
    void what_goes_wrong_ends_one_turn_and_hides_no_error() {
        Loop begun = started(() -> {
            switch (turns.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("the broker is away");
                case 2 -> throw new NoClassDefFoundError("half a jar");
                case 3 -> throw new StackOverflowError("later");
                default -> {}
            }
        });

        await().until(() -> turns.get() >= 5);
        assertThat(begun.broken())
                .isEqualTo("traffic tables met java.lang.NoClassDefFoundError: half a jar: restart this process");
        assertThat(begun.isRunning()).isTrue();
    }

    @Test
    void a_gateway_is_ready_until_one_of_its_loops_has_met_an_error() {
        Loop well = new Loop("traffic samples", EVERY, () -> {});
        Loop broken = started(() -> {
            if (turns.incrementAndGet() == 2) {
                throw new OutOfMemoryError("Metaspace");
            }
        });
        LoopsHealth health = new LoopsHealth(List.of(() -> well, () -> broken));
        assertThat(new LoopsHealth(List.of(() -> well)).health().getStatus()).isEqualTo(Status.UP);

        await().until(() -> turns.get() >= 3);

        Health found = health.health();
        assertThat(found.getStatus()).isEqualTo(Status.DOWN);
        assertThat(found.getDetails())
                .containsEntry(
                        "reason", "traffic tables met java.lang.OutOfMemoryError: Metaspace: restart this process");
    }

    @Test
    void a_turn_that_waits_is_woken_and_none_begins_afterwards() {
        CountDownLatch waits = new CountDownLatch(1);
        AtomicReference<Thread> thread = new AtomicReference<>();
        Loop begun = started(() -> {
            thread.set(Thread.currentThread());
            turns.incrementAndGet();
            awaiting(waits);
        });
        await().until(() -> turns.get() == 1);

        begun.stop(waits::countDown);

        assertThat(begun.isRunning()).isFalse();
        Thread ended = Objects.requireNonNull(thread.get());
        assertThat(ended.isAlive()).isFalse();
        assertThat(ended.isVirtual()).isFalse();
        assertThat(ended.getName()).isEqualTo("traffic-tables");
        assertThat(turns).hasValue(1);
    }

    @Test
    void without_anything_to_do_it_sleeps_until_it_is_woken_and_then_goes_on_by_itself() {
        AtomicBoolean something = new AtomicBoolean();
        Loop begun = new Loop("traffic tables", EVERY, turns::incrementAndGet).onlyWhile(something::get);
        loop = begun;
        begun.start();
        await().until(() -> turns.get() == 1);
        await().during(EVERY.multipliedBy(30)).until(() -> turns.get() == 1);

        begun.wake();
        await().until(() -> turns.get() == 2);
        await().during(EVERY.multipliedBy(30)).until(() -> turns.get() == 2);

        something.set(true);
        begun.wake();
        await().until(() -> turns.get() >= 5);
    }

    private static void awaiting(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
