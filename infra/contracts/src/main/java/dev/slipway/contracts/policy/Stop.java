package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonSetter;
import java.time.Duration;
import java.util.Objects;

/**
 * How a program is ended: by a signal, then, after the grace, by KILL.
 *
 * @param signal absent is TERM
 * @param grace time to end by itself, 0 s to 10 min; absent is 10 s
 */
public record Stop(@JsonSetter Signal signal, @JsonSetter Duration grace) {
    public static final Duration GRACE = Duration.ofSeconds(10);

    /** What asks a program to end. POSIX signal.h. */
    public enum Signal {
        TERM,
        INT,
        QUIT,
        HUP,
        USR1,
        USR2
    }

    public Stop {
        signal = Objects.requireNonNullElse(signal, Signal.TERM);
        grace = Objects.requireNonNullElse(grace, GRACE);
        Ranges.require("target.stop.grace", grace, Duration.ZERO, Duration.ofMinutes(10));
    }
}
