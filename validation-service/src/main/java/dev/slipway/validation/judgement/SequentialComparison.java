package dev.slipway.validation.judgement;

import java.util.ArrayList;
import java.util.List;

/**
 * Is the canary's rate of failures above the baseline's? The chains of one kind of failure, each the running sum of its own
 * factors, never reset, and beside each one that may begin anew in every block. They may be looked at after every block.
 *
 * @param canaryAnswers counted in blocks, with {@code canaryFailures} among them
 * @param baselineAnswers counted in blocks, with {@code baselineFailures} among them
 * @param beforeAnswers the baseline's answers before the canary had any, with {@code beforeFailures} among them
 * @param plugIn the chain that goes by the rates counted in blocks so far; 0 where the effects have none
 * @param sums a chain for each effect, by the baseline's rate as known before the block
 * @param late ln(1 + R) for each effect, as {@link LogSums} keeps it
 */
public record SequentialComparison(
        long canaryAnswers,
        double canaryFailures,
        long baselineAnswers,
        double baselineFailures,
        long beforeAnswers,
        double beforeFailures,
        double plugIn,
        List<Double> sums,
        List<Double> late) {
    /** The prior that the authors find best: a beta distribution with both parameters 0.18. */
    private static final double PRIOR = 0.18;

    private static final double HALF = 0.5;

    public SequentialComparison {
        sums = List.copyOf(sums);
        late = List.copyOf(late);
    }

    public static SequentialComparison start(Effects effects) {
        return new SequentialComparison(0, 0, 0, 0, 0, 0, 0, effects.zeros(), effects.zeros());
    }

    /** The baseline answered alone: that is no evidence, but it makes its rate better known. */
    public SequentialComparison measured(long answers, double failures) {
        return new SequentialComparison(
                canaryAnswers,
                canaryFailures,
                baselineAnswers,
                baselineFailures,
                beforeAnswers + answers,
                beforeFailures + failures,
                plugIn,
                sums,
                late);
    }

    /** After one more block. Rates come from what was counted before it: a block must not judge itself. */
    public SequentialComparison after(Block block, Effects effects) {
        double baseline = (HALF + baselineFailures + beforeFailures) / (1.0 + baselineAnswers + beforeAnswers);
        List<Double> nextSums = new ArrayList<>(effects.number());
        List<Double> nextLate = new ArrayList<>(effects.number());
        for (int effect = 0; effect < effects.number(); effect++) {
            double factor = effects.bounded(block.logFactor(effects.rate(effect, baseline), baseline));
            nextSums.add(sums.get(effect) + factor);
            nextLate.add(LogSums.restarted(late.get(effect), factor));
        }
        return new SequentialComparison(
                canaryAnswers + block.canaryAnswers(),
                canaryFailures + block.canaryFailures(),
                baselineAnswers + block.baselineAnswers(),
                baselineFailures + block.baselineFailures(),
                beforeAnswers,
                beforeFailures,
                effects.plugIn() ? plugIn + plugInFactor(block) : 0,
                nextSums,
                nextLate);
    }

    private double plugInFactor(Block block) {
        return block.logFactor(
                (PRIOR + canaryFailures) / (2 * PRIOR + canaryAnswers),
                (PRIOR + baselineFailures) / (2 * PRIOR + baselineAnswers));
    }

    /** All that the baseline has answered. */
    long baselineTotal() {
        return baselineAnswers + beforeAnswers;
    }

    double baselineFailuresTotal() {
        return baselineFailures + beforeFailures;
    }

    /** Every chain that has run from the start. */
    List<Double> chains(Effects effects) {
        if (!effects.plugIn()) {
            return sums;
        }
        List<Double> chains = new ArrayList<>(sums);
        chains.add(plugIn);
        return chains;
    }
}
