package dev.slipway.validation.judgement;

import java.util.Collections;
import java.util.List;

/**
 * How many times the baseline's odds a bad canary's odds of failure may be: each is a chain of its own, so that a small
 * fault and a total one are both found without anybody saying which to look for.
 */
public enum Effects {
    /** Errors and refusals. One more chain goes by the rates seen so far, which is best where the baseline never fails. */
    FAILURES(true, 2, 4, 8, 16, 40),
    /** Slow answers. */
    SLOWNESS(false, 1.3, 1.7, 2.3, 3.5, 6, 15),
    /** One side alone, beside nothing but an upper bound of the rate before. */
    ALONE(false, 2, 3, 5, 10, 20, 50),
    /** A limit of the policy. */
    ABOVE_LIMIT(false, 1.5, 2, 3, 5, 10, 30);

    private final boolean plugIn;

    @SuppressWarnings("ImmutableEnumChecker") // never handed out
    private final double[] odds;

    Effects(boolean plugIn, double... odds) {
        this.plugIn = plugIn;
        this.odds = odds;
    }

    boolean plugIn() {
        return plugIn;
    }

    int number() {
        return odds.length;
    }

    /** The rate whose odds are those of {@code rate}, times the effect. */
    double rate(int effect, double rate) {
        return odds[effect] * rate / (1 - rate + odds[effect] * rate);
    }

    /** As many zeros as effects: where every chain begins. */
    List<Double> zeros() {
        return Collections.nCopies(odds.length, 0.0);
    }
}
