package dev.slipway.notification;

import dev.slipway.contracts.notification.DeliveryView.State;
import dev.slipway.messaging.TaskHandler;
import dev.slipway.notification.conversation.ConversationInput;
import dev.slipway.notification.conversation.ConversationInput.NotSent;
import dev.slipway.notification.conversation.ConversationRules;
import dev.slipway.notification.conversation.Sending;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this service counts. {@code slipway.deliveries{channel,state}}: attempts that ended {@code delivered}, {@code
 * undeliverable}, or {@code planned} again. {@code slipway.breaker.state{name}}: 0 closed, 1 half open, 2 open.
 */
final class DeliveryMeters {
    private static final Logger log = LoggerFactory.getLogger(DeliveryMeters.class);

    private final MeterRegistry meters;
    private final ConversationRules rules;
    private final InstantSource clock;

    DeliveryMeters(MeterRegistry meters, ConversationRules rules, InstantSource clock) {
        this.meters = meters;
        this.rules = rules;
        this.clock = clock;
    }

    TaskHandler<Sending, ConversationInput> counting(TaskHandler<Sending, ConversationInput> sender) {
        return (run, sending) -> {
            ConversationInput outcome = sender.perform(run, sending);
            State state = state(sending, outcome);
            String channel = sending.party().channel().name().toLowerCase(Locale.ROOT);
            meters.counter(
                            "slipway.deliveries",
                            "channel",
                            channel,
                            "state",
                            state.name().toLowerCase(Locale.ROOT))
                    .increment();
            if (state == State.UNDELIVERABLE) {
                log.error(
                        "Undeliverable: {} to {}", sending.id(), sending.party().address());
            }
            return outcome;
        };
    }

    /** What the conversation makes of it. */
    private State state(Sending sending, ConversationInput outcome) {
        if (!(outcome instanceof NotSent failed)) {
            return State.DELIVERED;
        }
        boolean again = failed.retry() && rules.keepsTrying(sending.since(), clock.instant());
        return again ? State.PLANNED : State.UNDELIVERABLE;
    }

    static void show(CircuitBreakerRegistry breakers, MeterRegistry meters) {
        breakers.getAllCircuitBreakers().forEach(breaker -> show(breaker, meters));
        breakers.getEventPublisher().onEntryAdded(added -> show(added.getAddedEntry(), meters));
    }

    private static void show(CircuitBreaker breaker, MeterRegistry meters) {
        Gauge.builder("slipway.breaker.state", breaker, DeliveryMeters::level)
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
