package dev.slipway.demo;

/** The gateway did not take what the CI sent it. The message holds what the gateway said about it. */
public final class GatewayRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What {@link #status()} is where no answer came at all. */
    public static final int UNREACHABLE = 0;

    private final int status;
    private final boolean retryHelps;

    GatewayRefused(String message, int status, boolean retryHelps) {
        super(message);
        this.status = status;
        this.retryHelps = retryHelps;
    }

    /** The HTTP status, or {@link #UNREACHABLE}. */
    public int status() {
        return status;
    }

    /** Whether the same call may succeed later; the limit of attempts was reached. */
    public boolean retryHelps() {
        return retryHelps;
    }
}
