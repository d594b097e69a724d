package dev.slipway.gateway.intake;

import dev.slipway.gateway.event.CiEvent;
import java.util.List;

/** Where accepted events are kept for the services. */
interface EventLog {
    /**
     * Appends events; returns once all of them are durable.
     *
     * @param publisher verified identity of who sent them
     * @throws NotDurable if it is not known of all of them; sending them again is safe
     */
    void append(List<CiEvent> events, String publisher) throws NotDurable;

    /** Some of the events may be kept, some not. */
    final class NotDurable extends Exception {
        private static final long serialVersionUID = 1L;

        NotDurable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
