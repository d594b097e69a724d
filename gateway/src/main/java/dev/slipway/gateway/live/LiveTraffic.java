package dev.slipway.gateway.live;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.gateway.passing.HostTable;
import dev.slipway.gateway.samples.EnvironmentTraffic;
import dev.slipway.gateway.samples.SampleLimits;
import dev.slipway.gateway.samples.SampleOrigin;
import dev.slipway.gateway.split.SplitTables;
import dev.slipway.gateway.split.SplitTables.Arrival;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables in force and the counting, one of each for this gateway. One thread takes tables in, any may read. */
public final class LiveTraffic {
    private static final Logger LOG = LoggerFactory.getLogger(LiveTraffic.class);

    private final String gateway;
    private final String boot;
    private final Instant startedAt;
    private final int environmentsMax;
    private final Duration staleAfter;
    private final SampleLimits limits;
    private final int waitingMax;
    private final Map<EnvironmentId, TrafficCounts> counting = new ConcurrentHashMap<>();
    private volatile SplitTables tables = SplitTables.none();
    private volatile HostTable hostNames = HostTable.none();
    private final AtomicLong tablesPassedOver = new AtomicLong();
    private final List<Runnable> wakes = new CopyOnWriteArrayList<>();
    private volatile boolean readToEnd;

    /**
     * Without any table.
     *
     * @param gateway id of this instance
     * @param boot id of this run
     * @param staleAfter age of a table's last repetition from which on it is in doubt
     * @param waitingMax requests of an environment that wait to be entered; while there are more none is counted
     */
    LiveTraffic(
            String gateway,
            String boot,
            Instant startedAt,
            int environmentsMax,
            Duration staleAfter,
            SampleLimits limits,
            int waitingMax) {
        this.gateway = gateway;
        this.boot = boot;
        this.startedAt = startedAt;
        this.environmentsMax = environmentsMax;
        this.staleAfter = staleAfter;
        this.limits = limits;
        this.waitingMax = waitingMax;
    }

    public SplitTables tables() {
        return tables;
    }

    /** How often a table came for which there was no room. */
    long tablesPassedOver() {
        return tablesPassedOver.get();
    }

    /** The tables that ask for probes, confirmed and repeated in time. */
    public List<TrafficTable> probed(Instant now) {
        return tables.probed(now, staleAfter);
    }

    /** Whether every table has been read that there was at the start; before that a newer one may be still to come. */
    public boolean readToEnd() {
        return readToEnd;
    }

    void allRead() {
        readToEnd = true;
    }

    /** Takes in a record of the traffic topic. Counting begins before the table is in force. */
    synchronized void take(Arrival arrival) {
        EnvironmentId environment = arrival.table().environment();
        Optional<TrafficTable> known = tables.table(environment);
        if (known.isEmpty() && tables.size() >= environmentsMax) {
            tablesPassedOver.incrementAndGet();
            LOG.warn("No room for a traffic table of {}: {} environments are held", environment, environmentsMax);
            return;
        }
        SplitTables next = tables.with(arrival, startedAt);
        TrafficTable table = next.table(environment).orElse(arrival.table());
        boolean another = known.isEmpty() || known.get().counter() != table.counter();
        Optional<Instant> staleAt = next.staleAt(environment, staleAfter);
        if (another) {
            count(table, staleAt, arrival.arrivedAt());
        }
        counting(environment).staleAt(staleAt);
        if (another) {
            LOG.info(
                    "Traffic of {}: table {}, verified {}, shares {}",
                    environment,
                    table.counter(),
                    table.verified(),
                    table.shares());
        }
        name(table);
        tables = next;
        if (another || table.sampled() || table.probe() != null) {
            wakes.forEach(Runnable::run);
        }
    }

    /** Has this run whenever a table has come that may give something to count or to probe. */
    public void whenTableComes(Runnable wake) {
        wakes.add(wake);
    }

    /** Whether an environment is counted, or was until just now. */
    boolean counts() {
        return counting.values().stream().anyMatch(TrafficCounts::counts);
    }

    /** Of two environments that claim a name the first keeps it; that is said once. */
    private void name(TrafficTable table) {
        EnvironmentId environment = table.environment();
        HostTable next = hostNames.with(environment, table.hostNames());
        if (next != hostNames) {
            Set<String> refused = next.refused(environment);
            if (!refused.isEmpty() && !refused.equals(hostNames.refused(environment))) {
                LOG.warn("{} does not get the host names {}: another environment has them", environment, refused);
            }
            hostNames = next;
        }
    }

    /** The names by which environments are reached. */
    public HostTable hostNames() {
        return hostNames;
    }

    private void count(TrafficTable table, Optional<Instant> staleAt, Instant now) {
        TrafficCounts traffic = counting.get(table.environment());
        if (traffic == null) {
            SampleOrigin origin = new SampleOrigin(table.environment(), gateway, boot);
            EnvironmentTraffic counted = new EnvironmentTraffic(origin, limits, table, staleAt, now);
            counting.put(table.environment(), new TrafficCounts(counted, table, waitingMax));
        } else {
            traffic.inForce(table, now);
        }
    }

    /** The counting of an environment that has a table. */
    public TrafficCounts counting(EnvironmentId environment) {
        TrafficCounts traffic = counting.get(environment);
        if (traffic == null) {
            throw new IllegalStateException("Nothing is counted for " + environment + ", which has no table");
        }
        return traffic;
    }

    /** What is ready to be sent, the seconds of each environment in order. */
    List<TrafficSample> due(Instant now) {
        return counting.values().stream()
                .flatMap(traffic -> traffic.due(now).stream())
                .toList();
    }
}
