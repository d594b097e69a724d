package dev.slipway.gateway.loop;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Something done over and over on a platform thread of its own, so that it hangs on no other work. Whatever goes wrong in
 * one turn, the next one comes; an error is none that a process gets over, so it is kept for {@link LoopsHealth}. Nothing
 * is interrupted at the end, so that what a turn closes closes cleanly.
 */
public final class Loop {
    private static final Logger LOG = LoggerFactory.getLogger(Loop.class);
    private static final Duration JOIN_MAX = Duration.ofSeconds(3);

    private final String name;
    private final Duration every;
    private final Runnable turn;
    private final CountDownLatch stop = new CountDownLatch(1);
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
            if (stop.await(every.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException ending) {
            stop.countDown(); // only the end of the process interrupts it
        }
    }
}
