package dev.slipway.gateway.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.http.HttpStatusCode;

/** How the intake is used: requests by what became of them, and events that were made durable. */
final class IntakeMeters {
    private static final String REQUESTS = "slipway.gateway.intake";

    private final Counter accepted;
    private final Counter refused;
    private final Counter unavailable;
    private final Counter events;

    IntakeMeters(MeterRegistry meters) {
        this.accepted = requests(meters, "accepted");
        this.refused = requests(meters, "refused");
        this.unavailable = requests(meters, "unavailable");
        this.events = Counter.builder("slipway.gateway.intake.events")
                .description("Events acknowledged by the broker and answered 202")
                .register(meters);
    }

    private static Counter requests(MeterRegistry meters, String outcome) {
        return Counter.builder(REQUESTS)
                .description("Requests to the event intake")
                .tag("outcome", outcome)
                .register(meters);
    }

    void accepted(int eventsOfRequest) {
        accepted.increment();
        events.increment(eventsOfRequest);
    }

    void refused(HttpStatusCode status) {
        (status.is5xxServerError() ? unavailable : refused).increment();
    }
}
