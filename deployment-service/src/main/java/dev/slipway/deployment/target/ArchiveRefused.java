package dev.slipway.deployment.target;

/** An archive that is not unpacked, however often it is tried. The message is for people and names the remedy. */
final class ArchiveRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ArchiveRefused(String message) {
        super(message);
    }
}
