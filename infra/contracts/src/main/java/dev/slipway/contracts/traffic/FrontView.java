package dev.slipway.contracts.traffic;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where users reach applications, as one gateway tells it ({@code GET /api/v1/front}).
 *
 * @param port of the front, 1 to 65,535
 * @param tls whether it is spoken to in TLS
 * @param hosts the names by which it answers, by environment as {@code application/environment}, sorted; none where other
 *     environments had all of its names before
 */
public record FrontView(int port, boolean tls, Map<String, List<String>> hosts) {
    private static final int PORT_MAX = 65_535;

    public FrontView {
        Ranges.require("front.port", port, 1, PORT_MAX);
        Texts.requirePresent("front.hosts", hosts);
        Map<String, List<String>> sorted = new TreeMap<>();
        hosts.forEach((environment, names) -> sorted.put(environment, List.copyOf(names)));
        hosts = Collections.unmodifiableMap(sorted);
    }
}
