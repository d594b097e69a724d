package dev.slipway.validation.evidence;

/** There is no room for another report; room comes back as unused ones expire, or with a higher bound. */
public final class EvidenceFull extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public EvidenceFull(String message) {
        super(message);
    }
}
