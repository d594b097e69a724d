package dev.slipway.gateway.samples;

import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.VersionCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One environment's seconds. An answer belongs to the second of its request. A second is ready once it is over and every
 * request of it is answered, or once the cut-off has passed: what is open then has failed. Seconds are handed out in
 * order, each once, those without a request too. Not safe for use by several threads.
 */
final class SecondLedger {
    private final SampleOrigin origin;
    private final Duration cutOff;
    private final int secondsMax;
    private final TreeMap<Long, Second> seconds = new TreeMap<>();
    private long newest;
    private long counter;

    /** A ledger that begins with the second of {@code now}. */
    SecondLedger(SampleOrigin origin, SampleLimits limits, long counter, Instant now) {
        this.origin = origin;
        this.cutOff = limits.cutOff();
        this.secondsMax = limits.secondsMax();
        this.counter = counter;
        this.newest = now.getEpochSecond() - 1;
        reach(now);
    }

    /** From the next second on, this table is in force. */
    void inForce(long tableCounter, Instant now) {
        reach(now);
        counter = tableCounter;
    }

    /** A request begins. Where the clock went back into a second that is already handed out, it is not counted. */
    Ticket begin(String key, boolean first, Instant now) {
        reach(now);
        Second second = seconds.get(now.getEpochSecond());
        if (second == null) {
            return Ticket.UNCOUNTED;
        }
        VersionTally version = second.versions.computeIfAbsent(key, _ -> new VersionTally());
        version.open++;
        version.openFirst += first ? 1 : 0;
        return new Ticket(second, version, first);
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
        long second = now.getEpochSecond();
        if (second < newest - secondsMax) { // the clock was set back for good: begin anew
            seconds.clear();
            newest = second - 1;
        }
        newest = Math.max(newest, second - secondsMax);
        while (newest < second) {
            seconds.put(++newest, new Second(counter));
        }
        while (seconds.size() > secondsMax) {
            seconds.pollFirstEntry();
        }
    }

    /** One request's place in the ledger. */
    static final class Ticket {
        private static final Ticket UNCOUNTED = new Ticket(null, null, false);

        private final @Nullable Second second;
        private final @Nullable VersionTally version;
        private final boolean first;
        private boolean ended;

        private Ticket(@Nullable Second second, @Nullable VersionTally version, boolean first) {
            this.second = second;
            this.version = version;
            this.first = first;
        }

        /** The answer. Once the second is handed out it comes too late and has been counted as failed. */
        void end(Answer answer) {
            if (second == null || version == null || second.closed || ended) {
                return;
            }
            ended = true;
            version.answered(answer, first);
        }

        /** The request never reached the version, for a reason that is not the version's: as if it had not begun. */
        void drop() {
            if (second == null || version == null || second.closed || ended) {
                return;
            }
            ended = true;
            version.open--;
            version.openFirst -= first ? 1 : 0;
        }
    }

    private static final class Second {
        private final long counter;
        private final Map<String, VersionTally> versions = new TreeMap<>();
        private boolean closed;

        private Second(long counter) {
            this.counter = counter;
        }

        private boolean answered() {
            return versions.values().stream().allMatch(version -> version.open == 0);
        }

        private TrafficSample close(SampleOrigin origin, Instant start, Duration cutOff) {
            closed = true;
            List<VersionCounts> counts = new ArrayList<>();
            versions.forEach((key, version) -> {
                version.cutOff(new Answer(true, cutOff.toNanos()));
                counts.add(new VersionCounts(key, version.all.counts(), version.firsts.counts()));
            });
            return new TrafficSample(origin.environment(), origin.gateway(), origin.boot(), start, counter, counts);
        }
    }

    private static final class VersionTally {
        private final Tally all = new Tally();
        private final Tally firsts = new Tally();
        private int open;
        private int openFirst;

        private void answered(Answer answer, boolean first) {
            open--;
            all.add(answer);
            if (first) {
                openFirst--;
                firsts.add(answer);
            }
        }

        private void cutOff(Answer unanswered) {
            while (open > 0) {
                answered(unanswered, openFirst > 0);
            }
        }
    }
}
