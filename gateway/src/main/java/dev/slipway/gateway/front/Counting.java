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
     * @param key the share's
     * @param client the client's number where clients stick to a side
     * @param timed whether the time until it is answered says anything of the version
     */
    static Counting of(TrafficCounts traffic, String key, OptionalInt client, boolean timed, Clock clock) {
        return () -> {
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
