package dev.slipway.gateway.front;

import dev.slipway.gateway.live.TrafficCounts;
import dev.slipway.gateway.samples.Answer;
import java.time.Clock;
import java.util.OptionalInt;

/** Begins to count one more request of a side. */
@FunctionalInterface
interface Counting {
    Counted begin();

    /** One request that is counted, once. */
    interface Counted {
        void end(Answer answer);

        void drop();
    }

    /**
     * Counts for a side.
     *
     * @param table counter of the table that chose: under another one nothing more is counted for this request, because of
     *     streams that went on since before, more are of the side that had the larger share then (ADR 19)
     * @param key the share's
     * @param client the client's number where clients stick to a side
     * @param timed whether the time until it is answered says anything of the version
     */
    static Counting of(TrafficCounts traffic, long table, String key, OptionalInt client, boolean timed, Clock clock) {
        return () -> {
            if (traffic.counter() != table) {
                return none().begin();
            }
            TrafficCounts.Count count = traffic.begin(key, client, timed, clock.instant());
            return new Counted() {
                @Override
                public void end(Answer answer) {
                    count.end(answer, clock.instant());
                }

                @Override
                public void drop() {
                    count.drop();
                }
            };
        };
    }

    /** For requests that are no evidence, because it was not by chance on which side they fell. */
    static Counting none() {
        return () -> new Counted() {
            @Override
            public void end(Answer answer) {}

            @Override
            public void drop() {}
        };
    }
}
