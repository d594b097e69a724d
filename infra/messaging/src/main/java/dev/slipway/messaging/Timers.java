package dev.slipway.messaging;

import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns due timers into inputs. */
final class Timers {
    private static final Logger log = LoggerFactory.getLogger(Timers.class);

    private final Surroundings around;
    private final Backoff backoff;
    private final Set<String> firing = ConcurrentHashMap.newKeySet();

    Timers(Surroundings around) {
        this.around = around;
        this.backoff = new Backoff(around.settings(), around.monotonicNanos());
    }

    void poll(Collection<Deciding<?, ?>> kinds) {
        Instant now = around.clock().instant();
        for (Deciding<?, ?> kind : kinds) {
            for (StoredAggregate found : kind.store().due(now, around.settings().timersAtOnceMax())) {
                found.timers().forEach((name, timer) -> {
                    if (!timer.due().isAfter(now)) {
                        fire(kind, found.id(), name, timer.generation());
                    }
                });
            }
        }
    }

    private void fire(Deciding<?, ?> kind, String id, String name, long generation) {
        String key = kind.source(id) + "#" + name;
        if (!backoff.ready(key) || !firing.add(key)) {
            return;
        }
        around.executor().execute(() -> {
            try {
                kind.fire(id, name, generation);
                backoff.succeeded(key);
            } catch (RuntimeException trouble) {
                log.error("Timer {} broke and fires again in {}", key, backoff.failed(key), trouble);
            } finally {
                firing.remove(key);
            }
        });
    }
}
