package dev.slipway.validation.judgement;

import java.util.ArrayList;
import java.util.List;

/**
 * Does the canary fail more often than the baseline did, now that nothing is left beside it? It is held against an upper
 * bound of the rate before: against the plain estimate one good version in six would be found worse.
 *
 * @param bound upper bound of the baseline's rate; 1 or more where too little is known of it to compare with
 * @param late ln(1 + R) for each effect, as {@link LogSums} keeps it
 */
public record Alone(double bound, List<Double> late) {
    /** 99 of 100 normal estimates lie below so many standard deviations; the constant covers small counts. */
    private static final double DEVIATIONS = 2.33;

    private static final double PLUS = 3;

    public Alone {
        late = List.copyOf(late);
    }

    /** From what the baseline did at last. */
    public static Alone beside(double failures, long answers) {
        double bound = answers == 0 ? 1 : (failures + DEVIATIONS * Math.sqrt(failures) + PLUS) / answers;
        return new Alone(bound, Effects.ALONE.zeros());
    }

    public boolean possible() {
        return bound < 1;
    }

    /**
     * After one more block.
     *
     * @param kind of failure, which says how much a block may count at most
     */
    public Alone after(long answers, double failures, Effects kind) {
        if (!possible()) {
            return this;
        }
        List<Double> next = new ArrayList<>(late.size());
        for (int effect = 0; effect < late.size(); effect++) {
            double rate = Effects.ALONE.rate(effect, bound);
            double factor = kind.bounded(Block.logRatio(answers, failures, rate, bound));
            next.add(LogSums.restarted(late.get(effect), factor));
        }
        return new Alone(bound, next);
    }
}
