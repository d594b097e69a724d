package dev.slipway.gateway.intake;

import dev.slipway.gateway.event.CiEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where accepted events are kept for the services. */
interface EventLog {
    /**
     * Appends events; returns once all of them are durable.
     *
     * @param publisher verified identity of who sent them
     * @param sendersTrace traceparent of the request, if it has one, for events that have none
     * @throws NotDurable if it is not known of all of them; sending them again is safe
     */
    void append(List<CiEvent> events, String publisher, @Nullable String sendersTrace) throws NotDurable;

    /** Some of the events may be kept, some not. */
    final class NotDurable extends Exception {
        private static final long serialVersionUID = 1L;

        NotDurable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
