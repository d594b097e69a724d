package dev.slipway.contracts.release;

import dev.slipway.contracts.Texts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a release waits for.
 *
 * @param owner who must act: {@code people}, or a service
 * @param what one sentence, for example {@code 1 of 2 approvals}
 * @param since when the wait began
 * @param until the deadline
 * @param command the exact next command for a person, or null if none is needed
 */
public record Waiting(
        String owner,
        String what,
        Instant since,
        Instant until,
        @Nullable String command) {
    public Waiting {
        Texts.requirePresent("owner", owner);
        Texts.requirePresent("what", what);
        Texts.requirePresent("since", since);
        Texts.requirePresent("until", until);
    }
}
