package dev.slipway.messaging;

import dev.slipway.messaging.StoredAggregate.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns due timers into inputs. */
final class Timers {
    private static final Logger log = LoggerFactory.getLogger(Timers.class);

    private final Surroundings around;
    private final Backoff backoff;
    private final io.micrometer.core.instrument.Timer late;
    private final Set<String> firing = ConcurrentHashMap.newKeySet();
    private final BiPredicate<String, Instant> behind;
    private final Looking looking;

    /** @param behind whether an aggregate's deadline may rest on what was not heard yet */
    Timers(Surroundings around, BiPredicate<String, Instant> behind) {
        this.around = around;
        this.behind = behind;
        this.backoff = new Backoff(around.settings(), around.monotonicNanos());
        this.looking = new Looking("due timers", around.settings().timersAtOnceMax(), around.settings());
        this.late = around.meters().timer("slipway.timers.late");
    }

    void poll(Collection<Deciding<?, ?>> kinds) {
        Instant now = around.clock().instant();
        for (Deciding<?, ?> kind : kinds) {
            looking.through(
                    kind.kind().name(),
                    skip -> kind.store().due(now, skip, looking.pageSize()),
                    found -> found.timers().forEach((name, timer) -> {
                        if (!timer.due().isAfter(now) && !waits(kind, found, name, timer, now)) {
                            fire(kind, found.id(), name, timer);
                        }
                    }));
        }
    }

    /** A deadline that is not acted upon yet: the answer may have been given and not been heard. */
    private boolean waits(Deciding<?, ?> kind, StoredAggregate found, String name, Timer timer, Instant now) {
        return kind.isDeadline(name, found)
                && now.isBefore(timer.due().plus(around.settings().deadlinePatience()))
                && behind.test(kind.source(found.id()), timer.due());
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
