package dev.slipway.gateway.samples;

import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One environment's seconds. An answer belongs to the second of its request. A second is ready once it is over and every
 * request of it is answered, or once the cut-off has passed. What is open then is neither good nor bad: its second tells how
 * long it has waited so far, which is a latency whatever becomes of it, and its outcome counts once it is there, in the
 * second of its end, if the table is still the same (ADR 19). In a second that no table stands for, as one version serves
 * alone, and for some seconds after it no latency is told: it has its connections, the others have to open theirs (ADR 82).
 * Seconds are handed out in order, each once, those without a request too; while nothing is counted there are none. Not safe
 * for use by several threads.
 */
final class SecondLedger {
    /** A sample that no table stands for. */
    private static final long NO_TABLE = 0;

    private final SampleOrigin origin;
    private final Duration cutOff;
    private final long settleSeconds;
    private final int secondsMax;
    private final TreeMap<Long, Second> seconds = new TreeMap<>();
    private long newest;
    private long counter;
    private boolean counting;
    private @Nullable Instant staleAt;
    /** No latency is told of a request that begins before this second. */
    private long settledFrom = Long.MIN_VALUE;

    /**
     * A ledger that knows no second before that of {@code now}.
     *
     * @param staleAt as {@link #staleAt(Optional)} has it
     */
    SecondLedger(SampleOrigin origin, SampleLimits limits, Optional<Instant> staleAt, Instant now) {
        this.origin = origin;
        this.cutOff = limits.cutOff();
        this.settleSeconds = limits.settle().toSeconds();
        this.secondsMax = limits.secondsMax();
        this.staleAt = staleAt.orElse(null);
        this.newest = now.getEpochSecond() - 1;
    }

    /** Counts from the second of {@code now} on, under this table; what lies between is left out. */
    void begin(long tableCounter, Instant now) {
        counting = true;
        counter = tableCounter;
        newest = Math.max(newest, now.getEpochSecond() - 1);
        reach(now);
    }

    /** From the next second on, this table is in force. */
    void inForce(long tableCounter, Instant now) {
        reach(now);
        counter = tableCounter;
    }

    /** No further second is opened; those that are there are still handed out. */
    void end() {
        counting = false;
    }

    /** Seconds that begin at this time or later are not under the table's split; empty if all are. */
    void staleAt(Optional<Instant> when) {
        staleAt = when.orElse(null);
    }

    /** Whether one more first answer of a version can be told of the second of {@code now}. */
    boolean roomForFirst(String key, Instant now) {
        Second second = seconds.get(now.getEpochSecond());
        VersionTally version = second == null ? null : second.versions.get(key);
        return version == null || version.roomForFirst();
    }

    /**
     * A request begins. Where the clock went back into a second that is already handed out, it is not counted.
     *
     * @param first the client whose first answer on this side it will be
     * @param timed whether the time until it is answered says anything of the version
     */
    Ticket begin(String key, OptionalInt first, boolean timed, Instant now) {
        reach(now);
        Second second = seconds.get(now.getEpochSecond());
        if (second == null) {
            return Ticket.UNCOUNTED;
        }
        boolean told = timed && now.getEpochSecond() >= settledFrom;
        second.of(key).begin(first, told);
        long table = second.counter == NO_TABLE ? NO_TABLE : counter;
        return new Ticket(this, second, table, key, first, told);
    }

    /**
     * The outcome of a request whose second is handed out already. One that began under another table, or under none, is left
     * out, on either side: more of those are of the side that had the larger share then, and would make its rate here that of
     * other answers.
     */
    private void late(long table, String key, OptionalInt first, Answer answer, Instant at) {
        reach(at);
        Second second = seconds.get(at.getEpochSecond());
        if (second != null && table == counter) {
            second.of(key).late(answer, first);
        }
    }

    boolean hasSeconds() {
        return !seconds.isEmpty();
    }

    /** What is ready by now, in order. */
    List<TrafficSample> due(Instant now) {
        reach(now);
        List<TrafficSample> due = new ArrayList<>();
        while (!seconds.isEmpty() && ready(seconds.firstEntry(), now)) {
            Map.Entry<Long, Second> entry = seconds.pollFirstEntry();
            due.add(entry.getValue().close(origin, Instant.ofEpochSecond(entry.getKey()), cutOff));
        }
        return due;
    }

    private boolean ready(Map.Entry<Long, Second> entry, Instant now) {
        Instant end = Instant.ofEpochSecond(entry.getKey() + 1);
        return !now.isBefore(end) && (entry.getValue().answered() || !now.isBefore(end.plus(cutOff)));
    }

    /** Opens every second up to now. Past the bound, as after a sleep of the machine, the seconds between are left out. */
    private void reach(Instant now) {
        if (!counting) {
            return;
        }
        long second = now.getEpochSecond();
        if (second < newest - secondsMax) { // the clock was set back for good: begin anew
            seconds.clear();
            newest = second - 1;
            settledFrom = Math.min(settledFrom, second + settleSeconds);
        }
        newest = Math.max(newest, second - secondsMax);
        while (newest < second) {
            boolean stale = stale(++newest);
            seconds.put(newest, new Second(stale ? NO_TABLE : counter));
            settledFrom = stale ? newest + 1 + settleSeconds : settledFrom;
        }
        while (seconds.size() > secondsMax) {
            seconds.pollFirstEntry();
        }
    }

    private boolean stale(long second) {
        return staleAt != null && !Instant.ofEpochSecond(second).isBefore(staleAt);
    }

    /** One request's place in the ledger. */
    static final class Ticket {
        static final Ticket UNCOUNTED = new Ticket(null, null, NO_TABLE, "", OptionalInt.empty(), false);

        private final @Nullable SecondLedger ledger;
        private final @Nullable Second second;
        private final long table;
        private final String key;
        private final OptionalInt first;
        private final boolean timed;
        private boolean ended;

        private Ticket(
                @Nullable SecondLedger ledger,
                @Nullable Second second,
                long table,
                String key,
                OptionalInt first,
                boolean timed) {
            this.ledger = ledger;
            this.second = second;
            this.table = table;
            this.key = key;
            this.first = first;
            this.timed = timed;
        }

        /** The answer; once. */
        void end(Answer answer, Instant at) {
            if (ledger == null || second == null || ended) {
                return;
            }
            ended = true;
            Answer told = timed ? answer : answer.untimed();
            if (second.closed) {
                ledger.late(table, key, first, told, at);
            } else {
                second.of(key).end(told, first);
            }
        }

        /**
         * The request never reached the version, for a reason that is not the version's: as if it had not begun. How long it
         * has waited may have been told already.
         *
         * @return false where it has ended already
         */
        boolean drop() {
            if (second == null || ended) {
                return false;
            }
            ended = true;
            if (!second.closed) {
                second.of(key).drop(first, timed);
            }
            return true;
        }
    }

    private static final class Second {
        private final long counter;
        private final Map<String, VersionTally> versions = new TreeMap<>();
        private boolean closed;

        private Second(long counter) {
            this.counter = counter;
        }

        private VersionTally of(String key) {
            return versions.computeIfAbsent(key, _ -> new VersionTally());
        }

        private boolean answered() {
            return versions.values().stream().allMatch(VersionTally::answered);
        }

        private TrafficSample close(SampleOrigin origin, Instant start, Duration cutOff) {
            closed = true;
            List<VersionCounts> counts = new ArrayList<>();
            versions.forEach((key, version) -> counts.add(version.close(key, cutOff.toNanos())));
            return new TrafficSample(origin.environment(), origin.gateway(), origin.boot(), start, counter, counts);
        }
    }
}
