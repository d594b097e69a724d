package dev.slipway.web.guard;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** {@code slipway.breaker.state{name}}: 0 closed, 1 half open, 2 open. */
public record BreakerGauges(CircuitBreakerRegistry breakers) implements MeterBinder {
    @Override
    public void bindTo(MeterRegistry meters) {
        breakers.getAllCircuitBreakers().forEach(breaker -> show(breaker, meters));
        breakers.getEventPublisher().onEntryAdded(added -> show(added.getAddedEntry(), meters));
    }

    private static void show(CircuitBreaker breaker, MeterRegistry meters) {
        Gauge.builder("slipway.breaker.state", breaker, BreakerGauges::level)
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
