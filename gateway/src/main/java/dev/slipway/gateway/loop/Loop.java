package dev.slipway.gateway.loop;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something done over and over on a platform thread of its own, so that it hangs on no other work. What has nothing to do
 * sleeps until it is woken: each wake-up costs a process that nobody asks anything a good part of a millisecond. Whatever goes wrong in
 * one turn, the next one comes; an error is none that a process gets over, so it is kept for {@link LoopsHealth}. Nothing
 * is interrupted at the end, so that what a turn closes closes cleanly.
 */
public final class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration JOIN_MAX = Duration.ofSeconds(3);
    /** Who has nothing to do is woken by what changes that; this is for what nobody thought of. */
    private static final Duration ASLEEP_MAX = Duration.ofSeconds(30);

    private final String name;
    private final Duration every;
    private final Runnable turn;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Semaphore woken = new Semaphore(0);
    private volatile BooleanSupplier busy = () -> true;
    private volatile @Nullable Thread thread;
    private volatile @Nullable String broken;

    /**
     * Does nothing yet.
     *
     * @param name what it does, for people and as the name of the thread
     * @param every pause after each turn
     */
    public Loop(String name, Duration every, Runnable turn) {
        this.name = name;
        this.every = every;
        this.turn = turn;
    }

    /** Between turns it sleeps for up to 30 s, instead of its pause, where this is false; {@link #wake} ends that at once. */
    public Loop onlyWhile(BooleanSupplier somethingToDo) {
        busy = somethingToDo;
        return this;
    }

    /** There may be something to do. */
    public void wake() {
        if (woken.availablePermits() == 0) {
            woken.release();
        }
    }

    public void start() {
        thread = Thread.ofPlatform().name(name.replace(' ', '-')).daemon().start(this::run);
    }

    /** A turn that takes its time asks this, and ends. */
    public boolean stopping() {
        return stop.getCount() == 0;
    }

    public boolean isRunning() {
        return thread != null && !stopping();
    }

    /**
     * No turn begins after this, and the one under way has ended, or has had three seconds to.
     *
     * @param wake has a turn that waits for something end
     */
    public void stop(Runnable wake) {
        stop.countDown();
        wake();
        wake.run();
        Thread current = thread;
        try {
            if (current != null) {
                current.join(JOIN_MAX);
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** The first error that it met, with what helps; null while there was none. */
    public @Nullable String broken() {
        return broken;
    }

    private void run() {
        while (!stopping()) {
            try {
                turn.run();
            } catch (RuntimeException trouble) {
                LOG.error("{}: broke off, and begins anew in {}", name, every, trouble);
            } catch (Error error) {
                LOG.error("{}: met an error; this gateway is not ready any more", name, error);
                broken = broken == null ? "%s met %s: restart this process".formatted(name, error) : broken;
            }
            pause();
        }
    }

    private void pause() {
        try {
            if (stopping()) {
                return;
            }
            if (busy.getAsBoolean()) {
                var _ = stop.await(every.toNanos(), TimeUnit.NANOSECONDS);
            } else if (woken.tryAcquire(ASLEEP_MAX.toNanos(), TimeUnit.NANOSECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException ending) {
            stop.countDown(); // only the end of the process interrupts it
        }
    }
}
