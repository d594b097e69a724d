package dev.slipway.gateway.samples;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which clients have been seen on which side since the present versions share the traffic. Where clients stick to a side,
 * only the first answer of each is an independent one (DESIGN section 10). Not safe for use by several threads.
 */
final class FirstAnswers {
    private final int clientsMax;
    private final Map<String, Set<Long>> seen = new HashMap<>();
    private Set<String> sides = Set.of();

    FirstAnswers(int clientsMax) {
        this.clientsMax = clientsMax;
    }

    /** Forgets the clients when other versions share the traffic; other percents of the same ones change nothing. */
    void sharedBy(TrafficTable table) {
        Set<String> keys = table.assign() == Canary.Assign.CLIENT
                ? table.shares().stream().map(Share::key).collect(Collectors.toUnmodifiableSet())
                : Set.of();
        if (!keys.equals(sides)) {
            sides = keys;
            seen.clear();
        }
    }

    /** Whether this is the client's first request on that side. False once too many clients are known to be sure. */
    boolean first(String key, long client) {
        if (!sides.contains(key)) {
            return false;
        }
        Set<Long> clients = seen.computeIfAbsent(key, _ -> new HashSet<>());
        return clients.size() < clientsMax && clients.add(client);
    }
}
