package dev.slipway.gateway.intake;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * What the broker has said of the records of one request: one wait for all of them, which ends with the last
 * acknowledgement or with the first trouble.
 */
final class Acknowledgements implements Callback {
    private final AtomicInteger missing;
    private final CountDownLatch over = new CountDownLatch(1);
    private final long overdueAtNanos;
    private volatile @Nullable Exception trouble;

    /**
     * Waits for so many.
     *
     * @param overdueAtNanos when it is {@link #overdue}
     */
    Acknowledgements(int records, long overdueAtNanos) {
        this.missing = new AtomicInteger(records);
        this.overdueAtNanos = overdueAtNanos;
        if (records == 0) {
            over.countDown();
        }
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata record, @Nullable Exception notAcknowledged) {
        if (notAcknowledged != null) {
            fail(notAcknowledged);
        } else if (missing.decrementAndGet() == 0) {
            over.countDown();
        }
    }

    /** Whether one is known not to have been acknowledged. */
    boolean failed() {
        return trouble != null;
    }

    boolean overdue(long nanoTime) {
        return nanoTime - overdueAtNanos >= 0;
    }

    void fail(Exception why) {
        if (trouble == null) {
            trouble = why;
        }
        over.countDown();
    }

    /**
     * Returns once all have come.
     *
     * @return what went wrong, or null if nothing did
     */
    @Nullable
    Exception await() throws InterruptedException {
        over.await();
        return trouble;
    }
}
