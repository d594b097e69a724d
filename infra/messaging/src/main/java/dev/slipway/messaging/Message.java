package dev.slipway.messaging;

import org.jspecify.annotations.Nullable;

/**
 * An outgoing message. Its id, source, version, causation and trace are added by the recipe.
 *
 * @param topic Kafka topic, or {@link #LOCAL} for another aggregate of the same service
 * @param key Kafka key: records with the same key stay in order
 * @param type versioned wire name, {@code dev.slipway.<noun>.<verb>.v<n>}
 * @param body written as JSON
 * @param correlation the release that it belongs to
 * @param replaces a newer message with the same non-null slot replaces an unsent older one: a status is complete
 * @param question whether it asks the same as often as it is sent: not sent again while the former one is unsent or unread
 */
public record Message(
        String topic,
        String key,
        String type,
        Object body,
        String correlation,
        @Nullable String replaces,
        boolean question) {
    /** Not a topic: routed to this service's own handlers, through the outbox like every other message. */
    public static final String LOCAL = "local";

    public Message(String topic, String key, String type, Object body, String correlation, @Nullable String replaces) {
        this(topic, key, type, body, correlation, replaces, false);
    }

    public static Message command(String topic, String key, String type, Object body, String correlation) {
        return new Message(topic, key, type, body, correlation, null);
    }

    /** A command that is repeated until it is answered, and is answered the same however often it is asked. */
    public static Message question(String topic, String key, String type, Object body, String correlation) {
        return new Message(topic, key, type, body, correlation, null, true);
    }

    /** The same message as a question. */
    public Message asQuestion() {
        return new Message(topic, key, type, body, correlation, replaces, true);
    }

    /** A complete present state: the newest unsent one is enough. */
    public static Message status(
            String topic, String key, String type, Object body, String correlation, String replaces) {
        return new Message(topic, key, type, body, correlation, replaces);
    }

    public static Message local(String key, String type, Object body, String correlation) {
        return new Message(LOCAL, key, type, body, correlation, null);
    }
}
