package dev.slipway.demo;

import java.time.Duration;

/** A limit of patience on a machine that is so many times slower than a quiet one. */
final class Stretching {
    private Stretching() {}

    static Duration of(Duration quiet, double factor) {
        if (!(factor >= 1)) {
            throw new IllegalArgumentException("a machine is 1 or more times slower than a quiet one, not " + factor);
        }
        return Duration.ofMillis(Math.round(quiet.toMillis() * factor));
    }
}
