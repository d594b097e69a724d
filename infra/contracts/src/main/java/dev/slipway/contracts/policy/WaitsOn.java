package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a duty is a wait on others (ADR 63): what is asked is for somebody outside to do, and the duty's role sees to it. It ends
 * by what is said here, at least one of {@code poll}, {@code callback} and {@code person}, and never by time: how long it may
 * last is the duty's {@code within}.
 *
 * @param on who or what is waited for, for people, 1 to 120 characters
 * @param expected how long it usually lasts, 1 min to 30 d and no longer than it may; after that people are reminded
 * @param poll what is asked over HTTP until it answers so, by {@code url}; null for nothing
 * @param callback who may say over the API what came of it; null for nobody
 * @param person whether a person of the duty's role may say that it is done; that it failed they may say in any case
 */
public record WaitsOn(
        String on,
        Duration expected,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Arrival poll,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Callback callback,
        boolean person) {
    public static final int ON_CHARACTERS_MAX = 120;

    /** Longest id of a duty that ends by a poll, which names the question. */
    public static final int POLLED_ID_CHARACTERS_MAX = 35;

    /**
     * Who may end it by the API.
     *
     * @param by what its token is named by, an email or a subject, 1 to 200 characters; null for any publisher
     */
    public record Callback(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String by) {
        public Callback {
            if (by != null) {
                Texts.requireLength("duties.waits.ends.callback.by", by, 1, 200);
            }
        }

        /** Whether whoever is named so may end it. */
        public boolean takes(String name) {
            return by == null || by.equalsIgnoreCase(name);
        }
    }

    public WaitsOn {
        Texts.requireLength("duties.waits.on", on, 1, ON_CHARACTERS_MAX);
        Texts.requirePresent("duties.waits.expected", expected);
        Ranges.require("duties.waits.expected", expected, Duration.ofMinutes(1), Duration.ofDays(30));
        if (poll == null && callback == null && !person) {
            throw new IllegalArgumentException(
                    "duties.waits.ends names nothing, and a wait never ends by time; say one of poll, callback and person");
        }
        if (poll != null && poll.url() == null) {
            throw new IllegalArgumentException("duties.waits.ends.poll asks an address: say url");
        }
    }

    /** What ends it, each in words for people. */
    @JsonIgnore
    public List<String> ends() {
        List<String> ends = new ArrayList<>();
        if (poll != null) {
            ends.add("a poll: " + poll.ruleText());
        }
        if (callback != null) {
            ends.add(callback.by() == null ? "a callback of a publisher" : "a callback of " + callback.by());
        }
        if (person) {
            ends.add("the word of a person");
        }
        return ends;
    }

    /** The times of a wait that may last so long, for a sentence: {@code expected within 1 d, at most 3 d}. */
    public String times(Duration longest) {
        return "expected within %s, at most %s".formatted(Texts.words(expected), Texts.words(longest));
    }

    /** Whether it fits the duty whose it is; the message names the duty. */
    void requireFit(String id, Duration longest, boolean asWhole, boolean plain) {
        String wait = "duties: %s waits on others".formatted(id);
        if (expected.compareTo(longest) > 0) {
            throw new IllegalArgumentException("%s for %s at most, and is expected to take %s"
                    .formatted(wait, Texts.words(longest), Texts.words(expected)));
        }
        if (!asWhole) {
            throw new IllegalArgumentException(wait
                    + ", which are asked once, as a whole and with times of its own: leave out people, matrix and due");
        }
        if (poll != null && !plain) {
            throw new IllegalArgumentException(
                    wait
                            + " by a poll, which answers no fields and is asked while the release goes on: leave out fields and after");
        }
        if (poll != null && id.length() > POLLED_ID_CHARACTERS_MAX) {
            throw new IllegalArgumentException(
                    "%s by a poll, so its id has at most %d characters".formatted(wait, POLLED_ID_CHARACTERS_MAX));
        }
    }
}
