package dev.slipway.contracts.policy;

import dev.slipway.contracts.Texts;
import java.time.Duration;

/** Range checks whose messages name the value and the limits. */
public final class Ranges {
    private Ranges() {}

    public static void require(String what, long value, long min, long max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("%s must be %d to %d, is %d".formatted(what, min, max, value));
        }
    }

    public static void require(String what, Duration value, Duration min, Duration max) {
        Texts.requirePresent(what, value);
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new IllegalArgumentException("%s must be %s to %s, is %s"
                    .formatted(what, Texts.words(min), Texts.words(max), Texts.words(value)));
        }
    }
}
