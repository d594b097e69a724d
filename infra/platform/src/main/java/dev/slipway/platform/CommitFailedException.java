package dev.slipway.platform;

/** A commit failed, so whether the change is durable is unknown. Trying again on the same store does not help. */
final class CommitFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CommitFailedException(Throwable cause) {
        super("the store does not commit: " + cause.getMessage(), cause);
    }
}
