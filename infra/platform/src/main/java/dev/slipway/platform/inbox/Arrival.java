package dev.slipway.platform.inbox;

/** Something that came in. Two with the same key are the older and the newer state of one thing. */
sealed interface Arrival permits SlackMessage, Email {
    long seq();

    String key();
}
