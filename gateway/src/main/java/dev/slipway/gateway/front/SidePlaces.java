package dev.slipway.gateway.front;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One bulkhead for each version of each environment, so that a version that hangs starves neither the one beside it, nor
 * another application, nor the version that takes its part when it is gone: what is still open to it keeps its own places.
 * A version's bulkhead goes when another version comes, its table has it no more and nothing is open to it. A table with
 * another bound brings another bulkhead: to lower the bound of one that is in use waits until requests have ended
 * ({@code changeConfig}), here on the very thread that would end them. Those already open count against the bound they
 * came under.
 */
final class SidePlaces {
    private final BulkheadRegistry bulkheads;
    private final Map<EnvironmentId, Map<String, Bulkhead>> environments = new ConcurrentHashMap<>();

    SidePlaces(BulkheadRegistry bulkheads) {
        this.bulkheads = bulkheads;
    }

    /**
     * The bulkhead of a version.
     *
     * @param table the one in force, which says how many requests may be under way at the same time
     * @param key of the version's share
     */
    Bulkhead of(TrafficTable table, String key) {
        Map<String, Bulkhead> versions = environments.get(table.environment());
        if (versions == null) {
            versions = environments.computeIfAbsent(table.environment(), _ -> new ConcurrentHashMap<>());
        }
        int max = table.limits().inFlightMax();
        Bulkhead places = versions.get(key);
        if (places == null) {
            tidy(versions, table);
        }
        return places != null && max(places) == max
                ? places
                : versions.compute(key, (_, held) -> bounded(name(table.environment(), key), held, max));
    }

    private Bulkhead bounded(String name, @Nullable Bulkhead held, int max) {
        if (held != null && max(held) == max) {
            return held;
        }
        bulkheads.remove(name);
        return bulkheads.bulkhead(name, config(max));
    }

    private static int max(Bulkhead places) {
        return places.getBulkheadConfig().getMaxConcurrentCalls();
    }

    private void tidy(Map<String, Bulkhead> versions, TrafficTable table) {
        Set<String> running = table.shares().stream().map(Share::key).collect(Collectors.toSet());
        versions.forEach((key, places) -> {
            if (!running.contains(key) && isIdle(places) && versions.remove(key, places)) {
                bulkheads.remove(name(table.environment(), key));
            }
        });
    }

    private static boolean isIdle(Bulkhead places) {
        Bulkhead.Metrics now = places.getMetrics();
        return now.getAvailableConcurrentCalls() == now.getMaxAllowedConcurrentCalls();
    }

    private static String name(EnvironmentId environment, String key) {
        return "traffic " + environment + " " + key;
    }

    private static BulkheadConfig config(int max) {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(max)
                .maxWaitDuration(Duration.ZERO)
                .build();
    }
}
