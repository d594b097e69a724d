package dev.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

class TablesThreadTest {
    private static final Duration EVERY = Duration.ofMillis(10);

    private final AtomicInteger said = new AtomicInteger();
    private @Nullable TablesThread tables;

    @AfterEach
    void stop() {
        if (tables != null) {
            tables.stop();
        }
    }

    @Test
    void tables_are_said_on_while_a_job_of_the_scheduler_hangs() throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger others = new AtomicInteger();
        try (SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler()) {
            scheduler.setVirtualThreads(true);
            var _ = scheduler.scheduleWithFixedDelay(
                    () -> {
                        hangs.countDown();
                        awaiting(done);
                    },
                    EVERY);
            hangs.await();
            var _ = scheduler.scheduleWithFixedDelay(others::incrementAndGet, EVERY);

            tables = started(said::incrementAndGet);
            await().until(() -> said.get() >= 5);

            assertThat(others).as("what the scheduler's own jobs do meanwhile").hasValue(0);
            done.countDown();
        }
    }

    @Test
    void saying_them_is_no_job_of_the_scheduler() throws NoSuchMethodException {
        assertThat(LookingAfter.class.getDeclaredMethod("sayTables").getAnnotation(Scheduled.class))
                .isNull();
    }

    @Test
    void whatever_goes_wrong_in_one_turn_the_next_one_comes() {
        tables = started(() -> {
            switch (said.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("the store is away");
                case 2 -> throw new StackOverflowError("deep");
                default -> {}
            }
        });

        await().until(() -> said.get() >= 4);
    }

    @Test
    void no_table_is_said_once_it_has_stopped() {
        AtomicReference<Thread> thread = new AtomicReference<>();
        tables = started(() -> {
            thread.set(Thread.currentThread());
            said.incrementAndGet();
        });
        await().until(() -> said.get() >= 1);

        tables.stop();

        assertThat(tables.isRunning()).isFalse();
        Thread ended = Objects.requireNonNull(thread.get());
        assertThat(ended.isAlive()).isFalse();
        assertThat(ended.isVirtual()).isFalse();
    }

    private static TablesThread started(Runnable say) {
        TablesThread tables = new TablesThread(say, EVERY);
        tables.start();
        return tables;
    }

    private static void awaiting(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
