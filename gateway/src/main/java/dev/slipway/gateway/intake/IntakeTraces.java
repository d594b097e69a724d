package dev.slipway.gateway.intake;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The trace that an event belongs to. Where spans are exported, that of the span in which it was appended; where nobody
 * ever sees a span none is made, and the event goes on with its sender's trace, or begins one. ADR 22.
 */
final class IntakeTraces {
    private static final String TRACEPARENT = "traceparent";

    private final ObservationRegistry observations;
    private final boolean exported;

    /** @param exported whether spans are sent anywhere */
    IntakeTraces(ObservationRegistry observations, boolean exported) {
        this.observations = observations;
        this.exported = exported;
    }

    /** What is done in a trace. */
    @FunctionalInterface
    interface Work {
        /** @param traceparent W3C Trace Context */
        void in(String traceparent) throws EventLog.NotDurable;
    }

    boolean exported() {
        return exported;
    }

    /** @param sendersTrace the request's own traceparent, if it is one */
    void appending(@Nullable String sendersTrace, Work work) throws EventLog.NotDurable {
        if (!exported) {
            work.in(sendersTrace == null ? begun() : sendersTrace);
            return;
        }
        Map<String, String> trace = new HashMap<>();
        SenderContext<Map<String, String>> sending =
                new SenderContext<>((_, name, value) -> trace.put(name, value), Kind.PRODUCER);
        sending.setCarrier(trace);
        Observation.createNotStarted("slipway.gateway.intake.append", () -> sending, observations)
                .observeChecked(() -> work.in(trace.getOrDefault(TRACEPARENT, begun())));
    }

    /** A new trace, sampled. Its ids tell it apart and are no secret. */
    static String begun() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        long notAllZero = 1; // an id of zeroes is none
        return "00-" + hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong() | notAllZero) + "-"
                + hex.toHexDigits(random.nextLong() | notAllZero) + "-01";
    }
}
