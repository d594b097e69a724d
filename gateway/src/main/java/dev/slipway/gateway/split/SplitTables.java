package dev.slipway.gateway.split;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.traffic.TrafficTable;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Every environment's traffic table. Immutable: a newer one is made and swapped in whole, so that a request sees one
 * state only. Rules: DESIGN section 12.
 */
public final class SplitTables {
    private final Map<EnvironmentId, HeldTable> tables;

    private SplitTables(Map<EnvironmentId, HeldTable> tables) {
        this.tables = tables;
    }

    public static SplitTables none() {
        return new SplitTables(Map.of());
    }

    /**
     * A record of the traffic topic.
     *
     * @param arrivedAt when it was read
     * @param live whether it was written after this gateway started, as the topic's order tells
     */
    public record Arrival(TrafficTable table, Instant arrivedAt, boolean live) {}

    /**
     * With a record taken in. A lower counter never replaces a higher one; an equal one is a repetition.
     *
     * @param startedAt when this gateway started: an older record confirms nothing, even if it arrives late
     * @return this very object if the record changes nothing
     */
    public SplitTables with(Arrival arrival, Instant startedAt) {
        TrafficTable table = arrival.table();
        HeldTable arrived = held(arrival, startedAt);
        HeldTable known = tables.get(table.environment());
        if (known != null && table.counter() < known.table().counter()) {
            return this;
        }
        HeldTable next =
                known != null && table.counter() == known.table().counter() ? known.repeated(arrived) : arrived;
        if (next.equals(known)) {
            return this;
        }
        Map<EnvironmentId, HeldTable> all = new HashMap<>(tables);
        all.put(table.environment(), next);
        return new SplitTables(Map.copyOf(all));
    }

    private static HeldTable held(Arrival arrival, Instant startedAt) {
        Instant written = arrival.table().at();
        Instant asOf = written.isBefore(arrival.arrivedAt()) ? written : arrival.arrivedAt();
        return HeldTable.of(arrival.table(), asOf, arrival.live() && !written.isBefore(startedAt));
    }

    public Optional<TrafficTable> table(EnvironmentId environment) {
        return held(environment).map(HeldTable::table);
    }

    /** Whether an environment's table was written since this gateway runs; before that, what it names may be long gone. */
    public boolean confirmed(EnvironmentId environment) {
        HeldTable held = tables.get(environment);
        return held != null && held.confirmed();
    }

    /** Keys of the shares of an environment that requests can get. */
    public Set<String> serving(EnvironmentId environment, Instant now, Duration staleAfter) {
        HeldTable held = tables.get(environment);
        return held == null ? Set.of() : held.serving(now, staleAfter);
    }

    /**
     * The tables that ask for probes. None does any more from the moment on that it is not confirmed or has not been
     * repeated, because then nobody judges what the probes bring.
     */
    public List<TrafficTable> probed(Instant now, Duration staleAfter) {
        return tables.values().stream()
                .filter(held -> held.table().probe() != null)
                .filter(held ->
                        held.fresh(now, staleAfter) && !held.table().shares().isEmpty())
                .map(HeldTable::table)
                .sorted(Comparator.comparing(table -> table.environment().toString()))
                .toList();
    }

    /** From when on an environment's verified version alone is served, unless its table is repeated; empty if never. */
    public Optional<Instant> staleAt(EnvironmentId environment, Duration staleAfter) {
        return held(environment).flatMap(held -> held.staleAt(staleAfter));
    }

    Optional<HeldTable> held(EnvironmentId environment) {
        return Optional.ofNullable(tables.get(environment));
    }

    public Set<EnvironmentId> environments() {
        return tables.keySet();
    }

    public int size() {
        return tables.size();
    }
}
