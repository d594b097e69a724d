package dev.slipway.gateway.live;

import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.gateway.samples.Answer;
import dev.slipway.gateway.samples.EnvironmentTraffic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The counting of one environment, for use by many threads. A request only says what happened and goes on: it takes no lock.
 * Whoever takes seconds out, or puts another table in force, first enters what was said before, in order.
 */
public final class TrafficCounts {
    private final EnvironmentTraffic traffic;
    private final Queue<Happening> happenings = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final int waitingMax;
    private volatile boolean sampled;
    private volatile long counter;

    /** What a request has to say. */
    private sealed interface Happening {
        record Begun(Count request, String key, OptionalInt client, boolean timed, Instant at) implements Happening {}

        record Ended(Count request, Answer answer, Instant at) implements Happening {}

        record Dropped(Count request) implements Happening {}
    }

    /**
     * Counts under a table.
     *
     * @param waitingMax requests that wait to be entered; while there are more none is counted
     */
    TrafficCounts(EnvironmentTraffic traffic, TrafficTable table, int waitingMax) {
        this.traffic = traffic;
        this.waitingMax = waitingMax;
        this.sampled = table.sampled();
        this.counter = table.counter();
    }

    /** Another table came into force. */
    synchronized void inForce(TrafficTable table, Instant now) {
        enter();
        traffic.inForce(table, now);
        sampled = table.sampled();
        counter = table.counter();
    }

    /** That of the table in force. */
    public long counter() {
        return counter;
    }

    /** Whether there will be seconds to take out, without anything more being heard. */
    synchronized boolean counts() {
        enter();
        return sampled || traffic.hasSeconds();
    }

    /** From when on the table is not what is served, unless it is repeated before; empty if that never happens. */
    synchronized void staleAt(Optional<Instant> when) {
        traffic.staleAt(when);
    }

    /** The seconds that are ready to be sent, in order, each once. */
    synchronized List<TrafficSample> due(Instant now) {
        enter();
        return traffic.due(now);
    }

    /**
     * A request begins.
     *
     * @param key the share's key
     * @param client the client's number where clients stick to a side
     * @param timed whether the time until it is answered says anything of the version, as that of a long poll does not
     */
    public Count begin(String key, OptionalInt client, boolean timed, Instant now) {
        if (!sampled || waiting.get() >= waitingMax) {
            return new Count(false);
        }
        Count request = new Count(true);
        waiting.incrementAndGet();
        happenings.add(new Happening.Begun(request, key, client, timed, now));
        return request;
    }

    private void enter() {
        for (Happening next = happenings.poll(); next != null; next = happenings.poll()) {
            switch (next) {
                case Happening.Begun(Count request, String key, OptionalInt client, boolean timed, Instant at) -> {
                    waiting.decrementAndGet();
                    request.entered = traffic.begin(key, client, timed, at);
                }
                case Happening.Ended(Count request, Answer answer, Instant at) ->
                    request.entered().end(answer, at);
                case Happening.Dropped(Count request) -> request.entered().drop();
            }
        }
    }

    /** One request, to be ended once; a second end is without effect. */
    public final class Count {
        private final boolean counted;
        /** Of whoever enters what happened. */
        private EnvironmentTraffic.@Nullable Count entered;

        private Count(boolean counted) {
            this.counted = counted;
        }

        /** The answer. */
        public void end(Answer answer, Instant at) {
            if (counted) {
                happenings.add(new Happening.Ended(this, answer, at));
            }
        }

        /** Takes the request back: it came to nothing for a reason that is not the version's. */
        public void drop() {
            if (counted) {
                happenings.add(new Happening.Dropped(this));
            }
        }

        private EnvironmentTraffic.Count entered() {
            if (entered == null) {
                throw new IllegalStateException("A request ended before it began");
            }
            return entered;
        }
    }
}
