package dev.slipway.messaging;

/** An aggregate is full: the same input would fail again, so a retry does not help. */
public final class RefusedByBound extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RefusedByBound(String message) {
        super(message);
    }

    RefusedByBound(String message, Throwable cause) {
        super(message, cause);
    }
}
