package dev.slipway.gateway.samples;

import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficTable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the versions of one environment answer. Where nothing is judged nothing is counted. Not safe for several threads. */
public final class EnvironmentTraffic {
    private final SecondLedger ledger;
    private final FirstAnswers firsts = new FirstAnswers();
    private boolean sampled;

    /**
     * Counting begins with the second of {@code now}, if the table wants it.
     *
     * @param staleAt from when on the table is not what is served, unless it is repeated before; empty if that never happens
     */
    public EnvironmentTraffic(
            SampleOrigin origin, SampleLimits limits, TrafficTable table, Optional<Instant> staleAt, Instant now) {
        this.ledger = new SecondLedger(origin, limits, staleAt, now);
        inForce(table, now);
    }

    /** Another table came into force. What is under way while counting ends is still told. */
    public void inForce(TrafficTable table, Instant now) {
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
    public void staleAt(Optional<Instant> when) {
        ledger.staleAt(when);
    }

    /**
     * A request begins.
     *
     * @param key the share's key
     * @param client the client's number where clients stick to a side
     * @param timed whether the time until it is answered says anything of the version, as that of a long poll does not
     */
    public Count begin(String key, OptionalInt client, boolean timed, Instant now) {
        if (!sampled) {
            return new Count(SecondLedger.Ticket.UNCOUNTED, key, OptionalInt.empty());
        }
        boolean first = client.isPresent() && firsts.first(key, client.getAsInt()) && ledger.roomForFirst(key, now);
        SecondLedger.Ticket ticket = ledger.begin(key, first ? client : OptionalInt.empty(), timed, now);
        boolean counts = first && ticket != SecondLedger.Ticket.UNCOUNTED;
        if (counts) {
            firsts.saw(key, client.getAsInt());
        }
        return new Count(ticket, key, counts ? client : OptionalInt.empty());
    }

    /** Whether there are seconds that are not yet handed out. */
    public boolean hasSeconds() {
        return ledger.hasSeconds();
    }

    /** The seconds that are ready to be sent, in order, each once. */
    public List<TrafficSample> due(Instant now) {
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

        /** The answer. */
        public void end(Answer answer, Instant at) {
            ticket.end(answer, at);
        }

        /** Takes the request back: it came to nothing for a reason that is not the version's. */
        public void drop() {
            if (ticket.drop() && first.isPresent()) {
                firsts.forget(key, first.getAsInt());
            }
        }
    }
}
