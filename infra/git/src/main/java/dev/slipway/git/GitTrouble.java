package dev.slipway.git;

import java.io.IOException;

/** Git could not be asked, or not answer: another attempt may help. The message is for people and holds no secret. */
public final class GitTrouble extends IOException {
    private static final long serialVersionUID = 1L;

    GitTrouble(String message) {
        super(message);
    }

    GitTrouble(String message, Throwable cause) {
        super(message, cause);
    }
}
