package dev.slipway.validation.judgement;

/**
 * Is the canary's failure rate above the baseline's? One metric, looked at after every block, as often as one likes: the
 * chance of ever finding a canary worse that is not stays below alpha. Turner, Ly, Grünwald, "Generic E-variables for
 * exact sequential k-sample tests that allow for optional stopping" (arXiv 2106.02693), one-sided.
 *
 * @param canaryAnswers counted so far, with {@code canaryFailures} among them
 * @param logProduct natural logarithm of the product of the factors of all blocks, 0 at the start; never reset
 */
public record SequentialComparison(
        long canaryAnswers, long canaryFailures, long baselineAnswers, long baselineFailures, double logProduct) {
    /** The prior that the authors find best: a beta distribution with both parameters 0.18. */
    private static final double PRIOR = 0.18;

    public static final SequentialComparison START = new SequentialComparison(0, 0, 0, 0, 0);

    public SequentialComparison {
        requireAmong(canaryFailures, canaryAnswers);
        requireAmong(baselineFailures, baselineAnswers);
    }

    /**
     * Both sides' answers in a stretch of time that was fixed without looking at them, such as a second.
     */
    public record Block(long canaryAnswers, long canaryFailures, long baselineAnswers, long baselineFailures) {
        public Block {
            requireAmong(canaryFailures, canaryAnswers);
            requireAmong(baselineFailures, baselineAnswers);
        }
    }

    /** The comparison after one more block. */
    public SequentialComparison after(Block block) {
        return new SequentialComparison(
                canaryAnswers + block.canaryAnswers(),
                canaryFailures + block.canaryFailures(),
                baselineAnswers + block.baselineAnswers(),
                baselineFailures + block.baselineFailures(),
                logProduct + logFactor(block));
    }

    /** Whether the canary is worse, at the given level. */
    public boolean worse(double alpha) {
        return logProduct >= boundAt(alpha);
    }

    /** What the logarithm of the product must reach, at the given level. */
    public static double boundAt(double alpha) {
        return Math.log(1 / alpha);
    }

    /** Rates come from what was counted before the block: a block must not judge itself. */
    private double logFactor(Block block) {
        double canary = (PRIOR + canaryFailures) / (2 * PRIOR + canaryAnswers);
        double baseline = (PRIOR + baselineFailures) / (2 * PRIOR + baselineAnswers);
        if (canary <= baseline || block.canaryAnswers() == 0 || block.baselineAnswers() == 0) {
            return 0;
        }
        double both = (block.canaryAnswers() * canary + block.baselineAnswers() * baseline)
                / (block.canaryAnswers() + block.baselineAnswers());
        return logLikelihood(block.canaryAnswers(), block.canaryFailures(), canary, both)
                + logLikelihood(block.baselineAnswers(), block.baselineFailures(), baseline, both);
    }

    private static double logLikelihood(long answers, long failures, double rate, double against) {
        return failures * Math.log(rate / against) + (answers - failures) * Math.log((1 - rate) / (1 - against));
    }

    private static void requireAmong(long failures, long answers) {
        if (failures < 0 || failures > answers) {
            throw new IllegalArgumentException(failures + " failures among " + answers + " answers");
        }
    }
}
