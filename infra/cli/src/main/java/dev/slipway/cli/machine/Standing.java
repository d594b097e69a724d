package dev.slipway.cli.machine;

import dev.slipway.platform.Pace;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a supervised process has fared, and when it may be started again: after half a second, twice as long after each
 * further end, at most 30 s; one that lived a minute begins anew.
 *
 * @param restarts how often it was started again
 * @param endsInRow ends since it last lived for a minute
 * @param lastExit how it ended last; null while it never has
 * @param notBefore when it may be started again; null for at once
 */
public record Standing(
        String name,
        int restarts,
        int endsInRow,
        @Nullable String lastExit,
        @Nullable Instant lastExitAt,
        @Nullable Instant notBefore) {
    static final Duration PAUSE_FIRST = Duration.ofMillis(500);
    static final Duration PAUSE_MAX = Duration.ofSeconds(30);
    static final Duration SETTLED_AFTER = Duration.ofSeconds(60);
    /** From so many ends in a row on, a person should look. */
    static final int LOOPS_FROM = 3;

    private static final int DOUBLINGS_MAX = 10;
    private static final int SIGNALS_FROM = 128;

    static Standing of(String name) {
        return new Standing(name, 0, 0, null, null, null);
    }

    /** @param lived from its start to its end */
    Standing ended(String exit, Instant at, Duration lived) {
        return ended(exit, at, lived, Pace.now());
    }

    /** @param pace how many times longer a start takes than on a quiet machine: what dies in it has not settled */
    Standing ended(String exit, Instant at, Duration lived, double pace) {
        boolean settled = lived.toMillis() >= SETTLED_AFTER.toMillis() * pace;
        int inRow = settled ? 1 : endsInRow + 1;
        return new Standing(name, restarts, inRow, exit, at, at.plus(pauseAfter(inRow)));
    }

    Standing startedAgain() {
        return new Standing(name, restarts + 1, endsInRow, lastExit, lastExitAt, notBefore);
    }

    boolean mayStart(Instant now) {
        return notBefore == null || !now.isBefore(notBefore);
    }

    static Duration pauseAfter(int endsInRow) {
        Duration pause = PAUSE_FIRST.multipliedBy(1L << Math.min(Math.max(endsInRow, 1) - 1, DOUBLINGS_MAX));
        return pause.compareTo(PAUSE_MAX) < 0 ? pause : PAUSE_MAX;
    }

    /** An exit code as people know it. */
    static String exit(int code) {
        return code > SIGNALS_FROM ? "killed by signal " + (code - SIGNALS_FROM) : "exit code " + code;
    }
}
