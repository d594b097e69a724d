package dev.slipway.validation.judgement;

import java.util.Locale;
import java.util.Optional;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Whether the share that was seen is the share that was set. Where it is not, something else than the draw decides who goes
 * where, and then nothing that is compared means anything.
 *
 * @param canary draws of the present step that fell on the canary: answers, or clients where they stick to a side
 * @param all draws of the present step
 */
record Ratio(long canary, long all) {
    static final Ratio NONE = new Ratio(0, 0);
    private static final double ALPHA = 0.001;
    private static final double PERCENT = 100;

    Ratio plus(long onCanary, long onBaseline) {
        return new Ratio(canary + onCanary, all + onCanary + onBaseline);
    }

    /** What is wrong, for people. Exact, two-sided, by twice the smaller tail. */
    Optional<String> mismatch(int percent) {
        int draws = (int) Math.min(all, Integer.MAX_VALUE);
        if (draws == 0 || percent <= 0 || percent >= PERCENT || chance(draws, percent) >= ALPHA) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "a share of %d %%: %.1f %% was seen (%d of %d), so something else than the draw decides who goes where",
                percent,
                canary * PERCENT / all,
                canary,
                all));
    }

    private double chance(int draws, int percent) {
        BinomialDistribution share = BinomialDistribution.of(draws, percent / PERCENT);
        int seen = (int) Math.min(canary, draws);
        double atMost = share.cumulativeProbability(seen);
        double atLeast = share.survivalProbability(seen - 1);
        return Math.min(1, 2 * Math.min(atMost, atLeast));
    }
}
