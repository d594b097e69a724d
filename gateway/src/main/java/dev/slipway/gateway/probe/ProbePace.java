package dev.slipway.gateway.probe;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which probes are to be sent, told the time from outside. Evenly spread; what was not sent in time, as after a sleep of
 * the machine, is not made up for. An environment that no longer asks is forgotten at once. One thread's.
 */
final class ProbePace {
    private static final double NANOS = Duration.ofSeconds(1).toNanos();

    private final int perSecondMax;
    private final Duration gapMax;
    private final Map<EnvironmentId, Turn> turns = new HashMap<>();

    /**
     * Before the first probe.
     *
     * @param perSecondMax of all environments together
     * @param gapMax a longer time than this between two calls counts as this long
     */
    ProbePace(int perSecondMax, Duration gapMax) {
        this.perSecondMax = perSecondMax;
        this.gapMax = gapMax;
    }

    /**
     * A probe to send.
     *
     * @param path with query, as the version sees it
     */
    record Due(EnvironmentId environment, String path) {}

    /** How far an environment is: the part of a probe that has become due, and which path comes next. */
    private static final class Turn {
        private double due;
        private long sent;
    }

    /**
     * What is due by now.
     *
     * @param asked the tables that ask for probes at this moment
     * @param passed since the last call
     */
    List<Due> due(List<TrafficTable> asked, Duration passed) {
        turns.keySet().retainAll(asked.stream().map(TrafficTable::environment).toList());
        int perSecond =
                asked.stream().mapToInt(table -> probe(table).perSecond()).sum();
        double seconds = (passed.compareTo(gapMax) < 0 ? passed : gapMax).toNanos() / NANOS;
        double scale = perSecond > perSecondMax ? seconds * perSecondMax / perSecond : seconds;
        List<Due> due = new ArrayList<>();
        for (TrafficTable table : asked) {
            Turn turn = turns.computeIfAbsent(table.environment(), _ -> new Turn());
            turn.due += probe(table).perSecond() * scale;
            while (turn.due >= 1) {
                turn.due--;
                List<String> paths = probe(table).get();
                due.add(new Due(table.environment(), paths.get((int) (turn.sent++ % paths.size()))));
            }
        }
        return due;
    }

    private static Probe probe(TrafficTable table) {
        return Objects.requireNonNull(table.probe(), "only tables that ask for probes");
    }
}
