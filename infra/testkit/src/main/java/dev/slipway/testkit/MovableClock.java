package dev.slipway.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until a test moves it. */
public final class MovableClock implements InstantSource {
    private final Instant start;
    private volatile Instant now;

    public MovableClock(Instant start) {
        this.start = start;
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** A monotonic reading of the same time. */
    public long nanos() {
        return Duration.between(start, now).toNanos();
    }

    public void advance(Duration time) {
        now = now.plus(time);
    }

    void advanceTo(Instant time) {
        now = time.isAfter(now) ? time : now;
    }
}
