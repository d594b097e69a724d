package dev.slipway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final int WRITERS = 8;

    private final AtomicInteger committed = new AtomicInteger();
    private final AtomicInteger tidied = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<Throwable> failures = new ArrayList<>();
    private final ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
    private volatile @Nullable RuntimeException broken;
    private volatile Runnable whileCommitting = () -> {};

    private final GroupCommit commits = new GroupCommit(new RecordedLog(), Duration.ofHours(1), failures::add);

    @AfterEach
    void stop() {
        gate.countDown();
        writers.shutdownNow();
        commits.close();
    }

    @Test
    void a_change_is_answered_only_after_its_commit() throws Exception {
        whileCommitting = this::awaitGate;

        Future<String> answer = writers.submit(() -> commits.write(() -> "written"));

        await().atMost(Pace.patience(Duration.ofSeconds(30))).until(() -> committed.get() == 1);
        assertThat(answer.isDone()).isFalse();
        gate.countDown();
        assertThat(answer.get(Pace.seconds(10), TimeUnit.SECONDS)).isEqualTo("written");
    }

    @Test
    void one_commit_serves_all_that_wait() throws Exception {
        CyclicBarrier allApplying = new CyclicBarrier(WRITERS);

        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            answers.add(writers.submit(() -> commits.write(() -> meet(allApplying))));
        }
        for (Future<Integer> answer : answers) {
            answer.get(Pace.seconds(10), TimeUnit.SECONDS);
        }

        assertThat(committed).hasValue(1);
    }

    @Test
    void a_commit_holds_whole_changes_only() throws Exception {
        AtomicInteger documents = new AtomicInteger();
        AtomicInteger indexEntries = new AtomicInteger();
        AtomicInteger torn = new AtomicInteger();
        whileCommitting = () -> torn.addAndGet(Math.abs(documents.get() - indexEntries.get()));

        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            all.add(writers.submit(() -> {
                for (int n = 0; n < 200; n++) {
                    commits.write(() -> {
                        documents.incrementAndGet();
                        Thread.onSpinWait();
                        return indexEntries.incrementAndGet();
                    });
                }
            }));
        }
        for (Future<?> one : all) {
            one.get(Pace.seconds(30), TimeUnit.SECONDS);
        }

        assertThat(documents).hasValue(WRITERS * 200);
        assertThat(torn).hasValue(0);
    }

    @Test
    void a_failed_commit_answers_nobody_and_ends_the_store() {
        broken = new IllegalStateException("No space left on device");

        Future<Integer> waiting = writers.submit(() -> commits.write(() -> 1));

        assertThatThrownBy(() -> waiting.get(Pace.seconds(10), TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(CommitFailedException.class)
                .hasMessageContaining("No space left on device");
        assertThatThrownBy(() -> commits.write(() -> 2)).isInstanceOf(CommitFailedException.class);
        assertThatThrownBy(commits::refuseWhenBroken).isInstanceOf(CommitFailedException.class);
        await().atMost(Pace.patience(Duration.ofSeconds(30)))
                .untilAsserted(() -> assertThat(failures).hasSize(1));
    }

    @Test
    void what_a_refused_change_left_behind_is_committed_too() {
        assertThatThrownBy(() -> commits.write(() -> {
                    throw new IllegalArgumentException("duplicate key");
                }))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(committed).hasValueGreaterThanOrEqualTo(1);
    }

    @Test
    void a_closed_store_refuses_changes() {
        commits.close();

        assertThatThrownBy(() -> commits.write(() -> 1)).isInstanceOf(CommitFailedException.class);
        assertThat(failures).isEmpty();
    }

    @Test
    void it_tidies_after_changes_and_then_rests() {
        try (GroupCommit tidying = new GroupCommit(new RecordedLog(), Duration.ofMillis(20), failures::add)) {
            tidying.write(() -> 1);

            await().atMost(Pace.patience(Duration.ofSeconds(30))).until(() -> tidied.get() == 1);
            int commitsSoFar = committed.get();
            await().during(Duration.ofMillis(200))
                    .atMost(Pace.patience(Duration.ofSeconds(5)))
                    .until(() -> tidied.get() == 1);
            assertThat(committed.get() - commitsSoFar).isLessThanOrEqualTo(1);
        }
    }

    private void awaitGate() {
        try {
            gate.await(Pace.seconds(10), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int meet(CyclicBarrier barrier) {
        try {
            return barrier.await(Pace.seconds(10), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private final class RecordedLog implements GroupCommit.Log {
        @Override
        public void commit() {
            committed.incrementAndGet();
            whileCommitting.run();
            if (broken != null) {
                throw broken;
            }
        }

        @Override
        public void tidy() {
            tidied.incrementAndGet();
        }
    }
}
