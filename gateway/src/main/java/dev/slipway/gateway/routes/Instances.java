package dev.slipway.gateway.routes;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** The instances of one service, asked in turn. None holds a state of its own, so any may answer any request. */
final class Instances {
    private final List<Instance> all;
    private final AtomicInteger turn = new AtomicInteger();

    Instances(String service, List<URI> addresses, CircuitBreakerRegistry breakers) {
        this.all = addresses.stream()
                .map(address -> new Instance(
                        address,
                        breakers.circuitBreaker(service + "@" + address.getRawAuthority()),
                        addresses.size() > 1))
                .toList();
    }

    /** All of them, each time beginning with another one. */
    List<Instance> inTurn() {
        int first = Math.floorMod(turn.getAndIncrement(), all.size());
        List<Instance> inTurn = new ArrayList<>(all.subList(first, all.size()));
        inTurn.addAll(all.subList(0, first));
        return inTurn;
    }
}
