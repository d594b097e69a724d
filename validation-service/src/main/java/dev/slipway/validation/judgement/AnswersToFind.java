package dev.slipway.validation.judgement;

/**
 * How many answers it takes to find a rate of errors that is there at once: what the mixture must reach, with what its six
 * chains cost, by what an answer adds on average where both rates are known (Wald). The half of all cases need no more;
 * nine of ten need hardly more than {@value #NINE_OF_TEN} times as many.
 */
public final class AnswersToFind {
    public static final double NINE_OF_TEN = 2;
    private static final double PERCENT = 100;

    private AnswersToFind() {}

    /**
     * @param alpha of the policy
     * @param sharePercent the canary's share, 1 to 99
     * @return answers of both sides together
     */
    public static double expected(double alpha, double baseline, double canary, int sharePercent) {
        if (!(canary > baseline)) {
            throw new IllegalArgumentException(
                    "There is nothing to find: %s is no more than %s".formatted(canary, baseline));
        }
        double share = sharePercent / PERCENT;
        double both = share * canary + (1 - share) * baseline;
        double each = share * information(canary, both) + (1 - share) * information(baseline, both);
        double asked = new Levels(alpha, true, 1).mixture(Levels.ERRORS) + Math.log(Effects.FAILURES.number() + 1.0);
        return asked / each;
    }

    /** What one answer tells on average (Kullback, Leibler). */
    private static double information(double rate, double against) {
        double failed = rate == 0 ? 0 : rate * Math.log(rate / against);
        double answered = rate == 1 ? 0 : (1 - rate) * Math.log((1 - rate) / (1 - against));
        return failed + answered;
    }
}
