package dev.slipway.gateway.samples;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficSample.FirstAnswer;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which clients this gateway has seen on which side since the present versions share the traffic. Where clients stick to a
 * side, only the first answer of each is an independent one (DESIGN section 10); each is reported by its number, so that
 * whoever adds up several gateways counts it once. Not safe for use by several threads.
 */
final class FirstAnswers {
    private final Map<String, BitSet> seen = new HashMap<>();
    private Set<String> sides = Set.of();

    /** Forgets the clients when other versions share the traffic; other percents of the same ones change nothing. */
    void sharedBy(TrafficTable table) {
        Set<String> keys = table.assign() == Canary.Assign.CLIENT && table.sampled()
                ? table.shares().stream().map(Share::key).collect(Collectors.toUnmodifiableSet())
                : Set.of();
        if (!keys.equals(sides)) {
            sides = keys;
            seen.clear();
        }
    }

    /** Whether this would be the client's first answer on that side. */
    boolean first(String key, int client) {
        BitSet clients = seen.get(key);
        return sides.contains(key) && (clients == null || !clients.get(client));
    }

    /** It has been asked for. */
    void saw(String key, int client) {
        seen.computeIfAbsent(key, _ -> new BitSet(FirstAnswer.CLIENTS)).set(client);
    }

    /** Its request came to nothing, and was as if never made. */
    void forget(String key, int client) {
        BitSet clients = seen.get(key);
        if (clients != null) {
            clients.clear(client);
        }
    }
}
