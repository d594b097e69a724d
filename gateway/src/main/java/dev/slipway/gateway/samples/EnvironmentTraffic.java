package dev.slipway.gateway.samples;

import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the versions of one environment answer, for use by many threads: the critical sections are a few additions. Where
 * nothing is judged nothing is counted, and no lock is taken.
 */
public final class EnvironmentTraffic {
    private final SecondLedger ledger;
    private final FirstAnswers firsts = new FirstAnswers();
    private volatile boolean sampled;

    /** Counting begins with the second of {@code now}, if the table wants it. */
    public EnvironmentTraffic(SampleOrigin origin, SampleLimits limits, TrafficTable table, Instant now) {
        this.ledger = new SecondLedger(origin, limits, now);
        inForce(table, now);
    }

    /** Another table came into force. What is under way while counting ends is still told. */
    public synchronized void inForce(TrafficTable table, Instant now) {
        if (table.sampled() && !sampled) {
            ledger.begin(table.counter(), now);
        } else if (sampled) {
            ledger.inForce(table.counter(), now);
        }
        if (!table.sampled()) {
            ledger.end();
        }
        firsts.sharedBy(table);
        sampled = table.sampled();
    }

    /** From when on the table is not what is served, unless it is repeated before; empty if that never happens. */
    public synchronized void staleAt(Optional<Instant> when) {
        ledger.staleAt(when);
    }

    /**
     * A request begins.
     *
     * @param key the share's key
     * @param client the client's number where clients stick to a side
     */
    public Count begin(String key, OptionalInt client, Instant now) {
        return sampled ? counted(key, client, now) : new Count(SecondLedger.Ticket.UNCOUNTED, key, OptionalInt.empty());
    }

    private synchronized Count counted(String key, OptionalInt client, Instant now) {
        boolean first = client.isPresent() && firsts.first(key, client.getAsInt()) && ledger.roomForFirst(key, now);
        SecondLedger.Ticket ticket = ledger.begin(key, first ? client : OptionalInt.empty(), now);
        boolean counts = first && ticket != SecondLedger.Ticket.UNCOUNTED;
        if (counts) {
            firsts.saw(key, client.getAsInt());
        }
        return new Count(ticket, key, counts ? client : OptionalInt.empty());
    }

    /** The seconds that are ready to be sent, in order, each once. */
    public synchronized List<TrafficSample> due(Instant now) {
        return ledger.due(now);
    }

    /** One request, to be ended once; a second end is without effect. */
    public final class Count {
        private final SecondLedger.Ticket ticket;
        private final String key;
        private final OptionalInt first;

        private Count(SecondLedger.Ticket ticket, String key, OptionalInt first) {
            this.ticket = ticket;
            this.key = key;
            this.first = first;
        }

        public void end(Answer answer) {
            if (ticket == SecondLedger.Ticket.UNCOUNTED) {
                return;
            }
            synchronized (EnvironmentTraffic.this) {
                ticket.end(answer);
            }
        }

        /** Takes the request back: it came to nothing for a reason that is not the version's. */
        public void drop() {
            if (ticket == SecondLedger.Ticket.UNCOUNTED) {
                return;
            }
            synchronized (EnvironmentTraffic.this) {
                if (ticket.drop() && first.isPresent()) {
                    firsts.forget(key, first.getAsInt());
                }
            }
        }
    }
}
