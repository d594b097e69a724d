package dev.slipway.validation.issues;

/** A tracker does not say what it was asked. The message is for people, and holds no token. */
final class Untold extends Exception {
    private static final long serialVersionUID = 1L;

    Untold(String message) {
        super(message);
    }
}
