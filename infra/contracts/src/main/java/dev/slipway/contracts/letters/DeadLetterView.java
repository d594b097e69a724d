package dev.slipway.contracts.letters;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as the API shows it ({@code GET /api/v1/deadletters/{service}}). What looks like a secret is shown as
 * {@code ***}; a replay uses the original bytes.
 *
 * @param id {@code service:topic:partition:offset}, or {@code service:topic:sent:hash} of one that could not be sent
 * @param topic where it lay or was to go; {@code local} where it was for the service itself
 * @param key records with the same key stay in order
 * @param type versioned wire name, empty if it has none
 * @param about the release or application that it says it belongs to, empty if it does not
 * @param reason why it failed last
 * @param at when it failed first
 * @param tries how often it was replayed in vain
 * @param by who settled it, null while it waits; {@code why} and {@code settledAt} alike
 */
public record DeadLetterView(
        String id,
        String service,
        String topic,
        String key,
        String type,
        String about,
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
        DISCARDED,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** One page. {@code cursor} leads to the next, null at the end. */
    public record Page(
            List<DeadLetterView> letters, @Nullable String cursor) {
        public Page {
            letters = List.copyOf(letters);
        }
    }

    /**
     * A letter with its content.
     *
     * @param headers as on the wire
     * @param bytes size of the body
     * @param body as text, cut at a bound; as base64 where it is no text
     * @param encoding {@code text} or {@code base64}
     */
    public record Whole(DeadLetterView letter, Map<String, String> headers, int bytes, String body, String encoding) {
        public Whole {
            headers = Map.copyOf(headers);
        }
    }

    /** Why it is replayed or discarded, for the record. */
    public record Request(@Nullable String reason) {}

    /**
     * What came of it.
     *
     * @param done whether the letter is as was asked
     * @param text what happened, for people
     */
    public record Answer(DeadLetterView letter, boolean done, String text) {}
}
