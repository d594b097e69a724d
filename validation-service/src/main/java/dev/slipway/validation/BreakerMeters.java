package dev.slipway.validation;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** {@code slipway.breaker.state{name}}: 0 closed, 1 half open, 2 open. */
final class BreakerMeters {
    private final MeterRegistry meters;

    BreakerMeters(CircuitBreakerRegistry breakers, MeterRegistry meters) {
        this.meters = meters;
        breakers.getAllCircuitBreakers().forEach(this::show);
        breakers.getEventPublisher().onEntryAdded(added -> show(added.getAddedEntry()));
    }

    private void show(CircuitBreaker breaker) {
        Gauge.builder("slipway.breaker.state", breaker, BreakerMeters::level)
                .tag("name", breaker.getName())
                .register(meters);
    }

    private static double level(CircuitBreaker breaker) {
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> 0;
            case HALF_OPEN -> 1;
            case OPEN, FORCED_OPEN -> 2;
        };
    }
}
