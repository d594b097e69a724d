package dev.slipway.messaging;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Growing pauses per key, on this process's own monotonic clock. */
final class Backoff {
    private static final int KEYS_MAX = 10_000;
    private static final int DOUBLINGS_MAX = 16;
    private final Map<String, Pause> pauses = new ConcurrentHashMap<>();
    private final Duration first;
    private final Duration longest;
    private final LongSupplier nanos;

    Backoff(MessagingSettings settings, LongSupplier nanos) {
        this.first = settings.retryPauseFirst();
        this.longest = settings.retryPauseMax();
        this.nanos = nanos;
    }

    boolean ready(String key) {
        Pause pause = pauses.get(key);
        return pause == null || nanos.getAsLong() - pause.until() >= 0;
    }

    /** Whether it has failed and not succeeded since. */
    boolean knows(String key) {
        return pauses.containsKey(key);
    }

    /** Notes a failure and says how long to pause. */
    Duration failed(String key) {
        if (pauses.size() > KEYS_MAX) {
            pauses.clear(); // keys that never came back; the worst that can follow is an early try
        }
        Pause pause = pauses.compute(key, (_, before) -> next(before == null ? 0 : before.failures()));
        return delay(pause.failures() - 1);
    }

    void succeeded(String key) {
        pauses.remove(key);
    }

    private Pause next(int failures) {
        return new Pause(failures + 1, nanos.getAsLong() + delay(failures).toNanos());
    }

    private Duration delay(int failures) {
        Duration delay = first.multipliedBy(1L << Math.min(failures, DOUBLINGS_MAX));
        return delay.compareTo(longest) > 0 ? longest : delay;
    }

    private record Pause(int failures, long until) {}
}
