package dev.slipway.release.saga;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.time.Duration;
import java.time.Instant;

/**
 * A wait and its deadline.
 *
 * @param since when it began
 * @param until the deadline
 * @param asked whether the deadline has passed once already: a deadline asks before it acts
 * @param restarted whether it began again because its deadline came much too late
 */
public record Wait(
        Instant since,
        Instant until,
        boolean asked,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean restarted) {
    static Wait from(Instant now, Duration length) {
        return new Wait(now, now.plus(length), false, false);
    }

    /** Ends at a time that is known; nobody is to be asked then. */
    static Wait till(Instant now, Instant until) {
        return new Wait(now, until, true, false);
    }

    /** Gives those who should have answered a last chance. */
    Wait askedOnceMore(Instant now, Duration grace) {
        return new Wait(since, now.plus(grace), true, restarted);
    }

    /** After a sleep of the machine nothing can have happened in time: the same length once more, and then it asks. */
    Wait restarted(Instant now) {
        return new Wait(since, now.plus(Duration.between(since, until)), false, true);
    }
}
