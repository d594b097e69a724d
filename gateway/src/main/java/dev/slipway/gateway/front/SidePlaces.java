package dev.slipway.gateway.front;

import dev.slipway.contracts.EnvironmentId;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One bulkhead for each side of each environment, so that a version that hangs starves neither the one beside it nor
 * another application.
 */
final class SidePlaces {
    private final BulkheadRegistry bulkheads;
    private final Map<EnvironmentId, Sides> environments = new ConcurrentHashMap<>();

    private record Sides(Bulkhead verified, Bulkhead unverified) {}

    SidePlaces(BulkheadRegistry bulkheads) {
        this.bulkheads = bulkheads;
    }

    /**
     * The bulkhead of a side.
     *
     * @param max requests under way at the same time
     */
    Bulkhead of(EnvironmentId environment, boolean verified, int max) {
        Sides sides = environments.get(environment);
        if (sides == null) {
            sides = environments.computeIfAbsent(environment, made -> make(made, max));
        }
        Bulkhead places = verified ? sides.verified() : sides.unverified();
        if (places.getBulkheadConfig().getMaxConcurrentCalls() != max) {
            places.changeConfig(config(max));
        }
        return places;
    }

    private Sides make(EnvironmentId environment, int max) {
        return new Sides(
                bulkheads.bulkhead("traffic " + environment + " verified", config(max)),
                bulkheads.bulkhead("traffic " + environment + " unverified", config(max)));
    }

    private static BulkheadConfig config(int max) {
        return BulkheadConfig.custom()
                .maxConcurrentCalls(max)
                .maxWaitDuration(Duration.ZERO)
                .build();
    }
}
