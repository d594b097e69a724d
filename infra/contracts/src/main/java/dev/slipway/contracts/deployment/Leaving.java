package dev.slipway.contracts.deployment;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version that was verified in staging and is left again, as its release did not complete: staging goes back to what
 * production runs.
 *
 * @param toVersion the version that takes its place, or has taken it; null where none is known
 * @param text what is done or was done, or why nothing is, in words that follow "staging"
 * @param at when this was so
 * @param reason why it is left, as whoever asked for it said
 * @param actor who asked for it
 * @param attempts how often the version before was started for it, 0 or more
 */
public record Leaving(
        State state,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String toVersion,
        String text,
        Instant at,
        String reason,
        String actor,
        int attempts) {
    public Leaving {
        Texts.requirePresent("state", state);
        Texts.requirePresent("text", text);
        Texts.requirePresent("at", at);
        Texts.requirePresent("reason", reason);
        Texts.requirePresent("actor", actor);
        Ranges.require("attempts", attempts, 0, Integer.MAX_VALUE);
    }

    /** Whether nothing more comes of it. */
    public boolean settled() {
        return switch (state) {
            case GONE, STAYS, UNKNOWN -> true;
            case GOING, WAITING -> false;
        };
    }

    /** How far it is. GONE and STAYS are answers for good. */
    public enum State {
        /** A newer release is being tried there, which is not disturbed; asked again, it goes on. */
        WAITING,
        /** The version before is being started. */
        GOING,
        /** Another version serves there now. */
        GONE,
        /** It stays where it is; the text says why. */
        STAYS,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
