package dev.slipway.gateway.split;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.traffic.TrafficTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every environment's traffic table. Immutable: a newer one is made and swapped in whole, so that a request sees one
 * state only. Rules: DESIGN section 12.
 */
public final class SplitTables {
    /** Tables are repeated all the time: a repetition copies one part of them, not all. */
    private static final int PARTS = 128;

    private final List<Map<EnvironmentId, HeldTable>> parts;
    private final int size;

    private SplitTables(List<Map<EnvironmentId, HeldTable>> parts, int size) {
        this.parts = parts;
        this.size = size;
    }

    public static SplitTables none() {
        return new SplitTables(Collections.nCopies(PARTS, Map.of()), 0);
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
        HeldTable known = held(table.environment()).orElse(null);
        if (known != null && table.counter() < known.table().counter()) {
            return this;
        }
        HeldTable next =
                known != null && table.counter() == known.table().counter() ? known.repeated(arrived) : arrived;
        if (next.equals(known)) {
            return this;
        }
        return with(table.environment(), next, known == null ? size + 1 : size);
    }

    private SplitTables with(EnvironmentId environment, HeldTable next, int newSize) {
        Map<EnvironmentId, HeldTable> part = new HashMap<>(parts.get(part(environment)));
        part.put(environment, next);
        List<Map<EnvironmentId, HeldTable>> all = new ArrayList<>(parts);
        all.set(part(environment), Map.copyOf(part));
        return new SplitTables(all, newSize);
    }

    private static int part(EnvironmentId environment) {
        return Math.floorMod(environment.hashCode(), PARTS);
    }

    private Stream<HeldTable> all() {
        return parts.stream().flatMap(part -> part.values().stream());
    }

    private static HeldTable held(Arrival arrival, Instant startedAt) {
        Instant written = arrival.table().at();
        Instant asOf = written.isBefore(arrival.arrivedAt()) ? written : arrival.arrivedAt();
        return HeldTable.of(arrival.table(), asOf, arrival.live() && !written.isBefore(startedAt));
    }

    public Optional<TrafficTable> table(EnvironmentId environment) {
        return held(environment).map(HeldTable::table);
    }

    /**
     * Whether somebody has said since this gateway started that a version runs: its environment's table is confirmed and does
     * not say that the version ended with Slipway and is being started anew.
     *
     * @param key the version's share
     */
    public boolean runs(EnvironmentId environment, String key) {
        HeldTable held = held(environment).orElse(null);
        return held != null && held.confirmed() && !held.away(key);
    }

    /** Keys of the shares of an environment that requests can get. */
    public Set<String> serving(EnvironmentId environment, Instant now, Duration staleAfter) {
        return held(environment).map(held -> held.serving(now, staleAfter)).orElse(Set.of());
    }

    /**
     * The tables that ask for probes. None does any more from the moment on that it is not confirmed or has not been
     * repeated, because then nobody judges what the probes bring.
     */
    public List<TrafficTable> probed(Instant now, Duration staleAfter) {
        return all().filter(held -> held.table().probe() != null)
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
        return Optional.ofNullable(parts.get(part(environment)).get(environment));
    }

    public Set<EnvironmentId> environments() {
        return all().map(held -> held.table().environment()).collect(Collectors.toUnmodifiableSet());
    }

    public int size() {
        return size;
    }
}
