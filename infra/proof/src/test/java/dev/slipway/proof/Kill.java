package dev.slipway.proof;

import dev.slipway.contracts.release.ReleasePhase;

/**
 * One process is killed at one moment of the demo.
 *
 * @param process name as {@code ./slipway status} says it
 * @param release which of the demo's two releases the moment is of: 0 the good one, 1 the bad one
 * @param phase the moment is reached when that release is there or further on
 * @param traffic and has at least this share of traffic, percent
 */
record Kill(String process, int release, ReleasePhase phase, int traffic) {
    static Kill good(String process, ReleasePhase phase) {
        return new Kill(process, 0, phase, 0);
    }

    static Kill good(String process, int traffic) {
        return new Kill(process, 0, ReleasePhase.ROLLING_OUT, traffic);
    }

    static Kill bad(String process, ReleasePhase phase) {
        return new Kill(process, 1, phase, 0);
    }

    @Override
    public String toString() {
        return "%s at %s %s%s"
                .formatted(process, release == 0 ? "good" : "bad", phase, traffic == 0 ? "" : " " + traffic + " %");
    }
}
