package dev.slipway.messaging;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message that would fail again by itself, as it was, and what became of it.
 *
 * @param id {@code service:topic:partition:offset} of one that was heard, {@code service:topic:sent:hash} of one that
 *     could not be sent or was for this service itself
 * @param group the consumer group that failed; null where it was to be sent
 * @param headers as on the wire
 * @param body original bytes; empty in lists
 * @param reason why it failed last, in one line and without secrets
 * @param tries how often it was replayed in vain
 * @param by who settled it, null while it waits; the same with {@code why} and {@code settledAt}
 */
public record Letter(
        String id,
        String topic,
        String key,
        @Nullable String group,
        Map<String, String> headers,
        byte[] body,
        String reason,
        Instant at,
        int tries,
        State state,
        @Nullable String by,
        @Nullable String why,
        @Nullable Instant settledAt) {
    /** Where it is. */
    public enum State {
        WAITING,
        REPLAYED,
        DISCARDED
    }

    public Letter {
        headers = Map.copyOf(headers);
    }

    static Letter waiting(String id, WireRecord record, @Nullable String group, String reason, Instant at) {
        return new Letter(
                id,
                record.topic(),
                record.key(),
                group,
                record.headers(),
                record.body(),
                reason,
                at,
                0,
                State.WAITING,
                null,
                null,
                null);
    }

    Letter settled(State state, String by, String why, Instant now) {
        return new Letter(id, topic, key, group, headers, body, reason, at, tries, state, by, why, now);
    }

    Letter triedInVain(String again) {
        return new Letter(id, topic, key, group, headers, body, again, at, tries + 1, state, by, why, settledAt);
    }

    /** The same without its bytes. */
    public Letter brief() {
        return new Letter(id, topic, key, group, headers, new byte[0], reason, at, tries, state, by, why, settledAt);
    }

    WireRecord wire() {
        return new WireRecord(topic, key, headers, body);
    }
}
