package dev.slipway.gateway.live;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Tells a thread to end, and waits for it. Nothing is interrupted, so that what is being closed closes cleanly. */
final class StopSignal {
    private static final Duration JOIN_MAX = Duration.ofSeconds(3);

    private final CountDownLatch stop = new CountDownLatch(1);

    boolean given() {
        return stop.getCount() == 0;
    }

    /** Waits for so long, or until the signal is given. */
    void pause(Duration time) {
        try {
            if (stop.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            stop.countDown(); // only the end of the process interrupts these threads
        }
    }

    void give() {
        stop.countDown();
    }

    static void join(@Nullable Thread thread) {
        try {
            if (thread != null) {
                thread.join(JOIN_MAX);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
