package dev.slipway.messaging;

import dev.slipway.messaging.StoredAggregate.Timer;
import java.time.Duration;
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
    private final io.micrometer.core.instrument.Timer late;
    private final Set<String> firing = ConcurrentHashMap.newKeySet();

    Timers(Surroundings around) {
        this.around = around;
        this.backoff = new Backoff(around.settings(), around.monotonicNanos());
        this.late = around.meters().timer("slipway.timers.late");
    }

    void poll(Collection<Deciding<?, ?>> kinds) {
        Instant now = around.clock().instant();
        for (Deciding<?, ?> kind : kinds) {
            int page = around.settings().timersAtOnceMax();
            Looking.through(
                    around.settings(),
                    page,
                    skip -> kind.store().due(now, skip, page),
                    found -> found.timers().forEach((name, timer) -> {
                        if (!timer.due().isAfter(now)) {
                            fire(kind, found.id(), name, timer);
                        }
                    }));
        }
    }

    private void fire(Deciding<?, ?> kind, String id, String name, Timer timer) {
        String key = kind.source(id) + "#" + name;
        if (!backoff.ready(key) || !firing.add(key)) {
            return;
        }
        around.executor().execute(() -> {
            try {
                late.record(Duration.between(timer.due(), around.clock().instant()));
                kind.fire(id, name, timer);
                backoff.succeeded(key);
            } catch (RuntimeException trouble) {
                log.error("Timer {} broke and fires again in {}", key, backoff.failed(key), trouble);
            } finally {
                firing.remove(key);
            }
        });
    }
}
