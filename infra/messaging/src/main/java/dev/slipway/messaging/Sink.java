package dev.slipway.messaging;

/** Where records go. */
@FunctionalInterface
public interface Sink {
    /**
     * Returns when the record is durable at the broker.
     *
     * @throws RuntimeException if it is not, or not known to be; the same record may be sent again
     */
    void send(WireRecord message);

    /** Whether a question of this source lies before its receiver and was not read yet, as far as is known. */
    default boolean liesUnread(String source) {
        return false;
    }
}
