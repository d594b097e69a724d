package dev.slipway.messaging;

/** Something is in the way for now: the same again later helps. Listeners retry in order, tasks after a pause. */
public final class TryAgain extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TryAgain(String message) {
        super(message);
    }

    public TryAgain(String message, Throwable cause) {
        super(message, cause);
    }
}
