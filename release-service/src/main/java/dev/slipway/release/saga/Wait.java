package dev.slipway.release.saga;

import java.time.Duration;
import java.time.Instant;

/**
 * A wait and its deadline.
 *
 * @param since when it began
 * @param until the deadline
 * @param asked whether the deadline has passed once already: a deadline asks before it acts
 */
public record Wait(Instant since, Instant until, boolean asked) {
    static Wait from(Instant now, Duration length) {
        return new Wait(now, now.plus(length), false);
    }

    /** Gives those who should have answered a last chance. */
    Wait askedOnceMore(Instant now, Duration grace) {
        return new Wait(since, now.plus(grace), true);
    }

    /** After a sleep of the machine nothing can have happened in time: the same length once more. */
    Wait restarted(Instant now) {
        return new Wait(since, now.plus(Duration.between(since, until)), true);
    }
}
