package dev.slipway.validation.baseline;

import java.util.Locale;

/**
 * What samples say against those of the last verified release.
 *
 * @param changePercent Hodges-Lehmann estimate of the change, NaN where there is no ratio
 * @param lowPercent of its interval
 * @param highPercent of its interval
 * @param p of the test in the direction of the change
 * @param effect chance that a value of now is larger than one of before, 0 to 1
 * @param words for people, without a full stop
 */
public record SampleVerdict(
        Outcome outcome,
        double changePercent,
        double lowPercent,
        double highPercent,
        double p,
        double effect,
        String words) {
    /** Ways in which a comparison ends. */
    public enum Outcome {
        /** Worse beyond doubt, and by more than the margin. */
        WORSE,
        BETTER,
        /** Nothing that anybody would stop a release for was found. */
        NO_WORSE,
        /** Nobody can say. */
        UNCLEAR;

        static Outcome of(boolean risen, boolean fallen, boolean lowerIsBetter) {
            return risen || fallen ? (risen == lowerIsBetter ? WORSE : BETTER) : NO_WORSE;
        }
    }

    static SampleVerdict unclear(String words) {
        return new SampleVerdict(Outcome.UNCLEAR, Double.NaN, Double.NaN, Double.NaN, 1, 0.5, words);
    }

    static SampleVerdict of(Outcome outcome, Shift shift, double p, double effect, int now, int before) {
        String change = Double.isNaN(shift.percent())
                ? "other counts than before"
                : String.format(Locale.ROOT, "%+.1f %% (%+.1f to %+.1f)", shift.percent(), shift.low(), shift.high());
        String words = String.format(
                Locale.ROOT, "%s, %d values against %d, p %.2g, effect %.2f", change, now, before, p, effect);
        return new SampleVerdict(outcome, shift.percent(), shift.low(), shift.high(), p, effect, words);
    }
}
