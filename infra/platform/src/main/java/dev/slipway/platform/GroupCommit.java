package dev.slipway.platform;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers a change only after it is committed, with one commit for all that wait.
 *
 * <p>Changes are applied side by side under a shared lock and numbered there; one thread commits under the exclusive
 * lock. So a commit holds whole changes only: one that was cut between a document and its index entry would, after a
 * crash, leave an index that names a document that is not there. When a commit fails, all that wait and all that come
 * later are refused, because nobody knows what the file holds.
 */
final class GroupCommit implements AutoCloseable {
    /** What is made durable. Both methods are called by one thread, with no change in progress. */
    interface Log {
        void commit();

        /** Gives back unused space; called now and then after commits, so it must be short. */
        void tidy();
    }

    private final Log log;
    private final Duration tidyEvery;
    private final Consumer<Throwable> onFailure;
    private final ReentrantReadWriteLock applying = new ReentrantReadWriteLock();
    private final AtomicLong applied = new AtomicLong();

    private final ReentrantLock state = new ReentrantLock();
    private final Condition wanted = state.newCondition();
    private final Condition done = state.newCondition();
    private final Thread committer;
    private long wantedUpTo;
    private boolean closing;
    private volatile long committedUpTo;
    private volatile @Nullable Throwable refusal;

    /** @param onFailure hears once of a commit that failed; whoever owns the store should end it then */
    GroupCommit(Log log, Duration tidyEvery, Consumer<Throwable> onFailure) {
        this.log = log;
        this.tidyEvery = tidyEvery;
        this.onFailure = onFailure;
        committer = Thread.ofPlatform().name("store-committer").daemon().start(this::commitWhatWaits);
    }

    /**
     * Applies the change and gives its result, or throws its exception, when it is committed: a bulk may have changed
     * something before it failed.
     *
     * @throws CommitFailedException if the outcome is unknown because the commit failed
     */
    <T> T write(Supplier<T> change) {
        refuseWhenBroken();
        applying.readLock().lock();
        long number = applied.incrementAndGet();
        try {
            return applyAndUnlock(change);
        } finally {
            awaitCommitOf(number);
        }
    }

    /** Waits until every change that the caller can have seen is committed. */
    void awaitAllSeen() {
        awaitCommitOf(applied.get());
    }

    void refuseWhenBroken() {
        Throwable why = refusal;
        if (why != null) {
            throw new CommitFailedException(why);
        }
    }

    /** Commits what is there and stops; later changes are refused. */
    @Override
    public void close() {
        state.lock();
        try {
            closing = true;
            wanted.signal();
        } finally {
            state.unlock();
        }
        try {
            committer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T applyAndUnlock(Supplier<T> change) {
        try {
            return change.get();
        } finally {
            applying.readLock().unlock();
        }
    }

    private void awaitCommitOf(long number) {
        if (committedUpTo >= number) {
            return;
        }
        state.lock();
        try {
            wantedUpTo = Math.max(wantedUpTo, number);
            wanted.signal();
            while (committedUpTo < number) {
                refuseWhenBroken();
                done.awaitUninterruptibly();
            }
        } finally {
            state.unlock();
        }
    }

    private void commitWhatWaits() {
        long lastTidied = System.nanoTime();
        boolean untidy = false;
        try {
            while (awaitWork(untidy)) {
                boolean tidy = untidy && System.nanoTime() - lastTidied >= tidyEvery.toNanos();
                boolean changed = commitAll(tidy);
                lastTidied = tidy ? System.nanoTime() : lastTidied;
                untidy = changed || (untidy && !tidy);
            }
            commitAll(false);
            refuse(new IllegalStateException("the store is closed"));
        } catch (Throwable e) { // whatever it was, an answer must not be given
            refuse(e);
            onFailure.accept(e);
        }
    }

    /** Returns at a waiting change or when it is time to tidy; false when there will be no more work. */
    private boolean awaitWork(boolean untidy) throws InterruptedException {
        state.lock();
        try {
            long left = untidy ? tidyEvery.toNanos() : Long.MAX_VALUE;
            while (wantedUpTo <= committedUpTo && !closing && left > 0) {
                left = wanted.awaitNanos(left);
            }
            return !closing || wantedUpTo > committedUpTo;
        } finally {
            state.unlock();
        }
    }

    /** Returns whether changes were committed; what tidying moved does not count. */
    private boolean commitAll(boolean tidy) {
        long upTo;
        applying.writeLock().lock();
        try {
            upTo = applied.get();
            log.commit();
            if (tidy) {
                log.tidy();
                log.commit();
            }
        } finally {
            applying.writeLock().unlock();
        }
        return publish(upTo);
    }

    private boolean publish(long upTo) {
        state.lock();
        try {
            boolean more = upTo > committedUpTo;
            committedUpTo = upTo;
            done.signalAll();
            return more;
        } finally {
            state.unlock();
        }
    }

    private void refuse(Throwable why) {
        state.lock();
        try {
            refusal = why;
            done.signalAll();
        } finally {
            state.unlock();
        }
    }
}
