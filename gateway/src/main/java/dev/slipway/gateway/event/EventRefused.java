package dev.slipway.gateway.event;

/** An event that is not taken. The message says what was wrong and what is legal; sending it again does not help. */
public final class EventRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong with it. */
    public enum Why {
        MALFORMED,
        TOO_LARGE,
        UNSUPPORTED
    }

    private final Why why;

    EventRefused(Why why, String message) {
        super(message);
        this.why = why;
    }

    static EventRefused malformed(String message) {
        return new EventRefused(Why.MALFORMED, message);
    }

    public Why why() {
        return why;
    }
}
