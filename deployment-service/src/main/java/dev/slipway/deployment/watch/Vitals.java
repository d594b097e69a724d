package dev.slipway.deployment.watch;

import dev.slipway.contracts.policy.HealthChecks;

/**
 * What the last looks at a running version showed; counts of one process, which nobody keeps beyond it. What was not seen
 * counts neither way.
 *
 * @param good so many looks in a row found it ready
 * @param bad so many in a row found it not ready
 * @param silent so many in a row found no life in it
 */
public record Vitals(int good, int bad, int silent) {
    public static final Vitals UNSEEN = new Vitals(0, 0, 0);

    /** What the looks add up to. */
    public enum Standing {
        /** Too few of them to say. */
        UNSURE,
        READY,
        UNREADY,
        /** It must be started anew. */
        HANGS
    }

    public Vitals ready(boolean well) {
        return well ? new Vitals(good + 1, 0, silent) : new Vitals(0, bad + 1, silent);
    }

    public Vitals live(boolean well) {
        return new Vitals(good, bad, well ? 0 : silent + 1);
    }

    public Standing standing(HealthChecks checks) {
        if (silent >= checks.down()) {
            return Standing.HANGS;
        }
        if (bad >= checks.down()) {
            return Standing.UNREADY;
        }
        return good >= checks.up() ? Standing.READY : Standing.UNSURE;
    }
}
