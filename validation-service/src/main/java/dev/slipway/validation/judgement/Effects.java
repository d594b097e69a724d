package dev.slipway.validation.judgement;

import java.util.Collections;
import java.util.List;

/**
 * How many times the baseline's odds a bad canary's odds of failure may be: each is a chain of its own, so that a small
 * fault and a total one are both found without anybody saying which to look for.
 */
public enum Effects {
    /** Errors and refusals. One more chain goes by the rates seen so far, which is best where the baseline never fails. */
    FAILURES(true, Double.POSITIVE_INFINITY, 2, 4, 8, 16, 40),
    /**
     * Slow answers. Those of one second are slow together, when a process has to wait for a processor or clears its memory,
     * which a chain of single answers knows nothing of: a second is at most so much evidence (ADR 82).
     */
    SLOWNESS(false, Math.log(4), 1.3, 1.7, 2.3, 3.5, 6, 15),
    /** The same as it was judged before that, each answer by itself, for recordings of that time. */
    SLOWNESS_BY_ANSWER(SLOWNESS, Double.POSITIVE_INFINITY),
    /** One side alone, beside nothing but an upper bound of the rate before. */
    ALONE(false, Double.POSITIVE_INFINITY, 2, 3, 5, 10, 20, 50),
    /** A limit of the policy. */
    ABOVE_LIMIT(false, Double.POSITIVE_INFINITY, 1.5, 2, 3, 5, 10, 30);

    private final boolean plugIn;
    private final double mostOfBlock;

    @SuppressWarnings("ImmutableEnumChecker") // never handed out
    private final double[] odds;

    Effects(boolean plugIn, double mostOfBlock, double... odds) {
        this.plugIn = plugIn;
        this.mostOfBlock = mostOfBlock;
        this.odds = odds;
    }

    /** The same effects, of which a block is other evidence. */
    Effects(Effects same, double mostOfBlock) {
        this(same.plugIn, mostOfBlock, same.odds);
    }

    boolean plugIn() {
        return plugIn;
    }

    /** A block's factor as it counts, as a logarithm. Below its bound nothing changes, so no expectation rises. */
    double bounded(double logFactor) {
        return Math.min(logFactor, mostOfBlock);
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
