package dev.slipway.gateway.samples;

import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficTable;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** What the versions of one environment answer, for use by many threads: the critical sections are a few additions. */
public final class EnvironmentTraffic {
    private final SecondLedger ledger;
    private final FirstAnswers firsts;

    /** Counting begins with the second of {@code now}. */
    public EnvironmentTraffic(SampleOrigin origin, SampleLimits limits, TrafficTable table, Instant now) {
        this.ledger = new SecondLedger(origin, limits, table.counter(), now);
        this.firsts = new FirstAnswers(limits.clientsMax());
        this.firsts.sharedBy(table);
    }

    /** Another table came into force. */
    public synchronized void inForce(TrafficTable table, Instant now) {
        ledger.inForce(table.counter(), now);
        firsts.sharedBy(table);
    }

    /**
     * A request begins.
     *
     * @param key the share's key
     * @param client the client where clients stick to a side
     */
    public synchronized Count begin(String key, OptionalLong client, Instant now) {
        boolean first = client.isPresent() && firsts.first(key, client.getAsLong());
        return new Count(ledger.begin(key, first, now));
    }

    /** The seconds that are ready to be sent, in order, each once. */
    public synchronized List<TrafficSample> due(Instant now) {
        return ledger.due(now);
    }

    /** One request, to be ended once; a second end is without effect. */
    public final class Count {
        private final SecondLedger.Ticket ticket;

        private Count(SecondLedger.Ticket ticket) {
            this.ticket = ticket;
        }

        public void end(Answer answer) {
            synchronized (EnvironmentTraffic.this) {
                ticket.end(answer);
            }
        }

        /** Takes the request back: it came to nothing for a reason that is not the version's. */
        public void drop() {
            synchronized (EnvironmentTraffic.this) {
                ticket.drop();
            }
        }
    }
}
