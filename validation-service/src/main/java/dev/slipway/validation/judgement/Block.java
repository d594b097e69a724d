package dev.slipway.validation.judgement;

/**
 * Both sides' answers in a stretch of time that was fixed without looking at how they came out, such as a second. Failures
 * may be fractions: of a latency bucket that a limit cuts, a part counts.
 */
public record Block(long canaryAnswers, double canaryFailures, long baselineAnswers, double baselineFailures) {
    public Block {
        requireAmong(canaryFailures, canaryAnswers);
        requireAmong(baselineFailures, baselineAnswers);
    }

    /**
     * The logarithm of this block's factor for two rates that were fixed before the block. Its expectation is at most 1
     * wherever the canary's true rate is at most the baseline's: it rises with the canary's failures and falls with the
     * baseline's. Turner, Ly, Grünwald, "Generic E-variables for exact sequential k-sample tests that allow for optional
     * stopping" (arXiv 2106.02693), one-sided.
     *
     * @return 0 where the block says nothing: one side has no answer, or the alternative is no alternative
     */
    public double logFactor(double canaryRate, double baselineRate) {
        if (canaryRate <= baselineRate || canaryAnswers == 0 || baselineAnswers == 0) {
            return 0;
        }
        double both = (canaryAnswers * canaryRate + baselineAnswers * baselineRate) / (canaryAnswers + baselineAnswers);
        return logRatio(canaryAnswers, canaryFailures, canaryRate, both)
                + logRatio(baselineAnswers, baselineFailures, baselineRate, both);
    }

    /** How much more likely so many failures are under one rate than under another, as a logarithm. */
    static double logRatio(long answers, double failures, double rate, double against) {
        return failures * Math.log(rate / against) + (answers - failures) * Math.log((1 - rate) / (1 - against));
    }

    private static void requireAmong(double failures, long answers) {
        if (!(failures >= 0 && failures <= answers)) {
            throw new IllegalArgumentException(failures + " failures among " + answers + " answers");
        }
    }
}
