package dev.slipway.validation.baseline;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * Samples of one benchmark against those of the last verified release, by themselves, as all were compared before
 * {@link ReportTest}: verdicts of then are proved by it. Two values are hardly ever equal, so three things are
 * demanded together before it is worse: Mann-Whitney's test finds it beyond doubt (alpha), the Hodges-Lehmann estimate of the
 * change is at least the margin, and its interval lies on the bad side. Neighbouring runs resemble each other (a warm cache, a
 * busy minute), so the test's z is divided by what their correlation adds to the variance. The correlation itself is estimated
 * from few values, which at a tenth of alpha errs too often: of ten benchmarks whose neighbours correlate by 0.5 there are 3 to 5
 * false alarms in 100 (ADR 39).
 *
 * @param alpha chance of a false alarm that the test alone may have, above 0 and below 1; of several comparisons each gets
 *     its part
 * @param marginPercent less than so much is no change that anybody would stop a release for, 0 to 1,000
 */
public record SampleTest(double alpha, double marginPercent) {
    /** What {@code init} wrote was judged by these. */
    public static final SampleTest DEFAULT = new SampleTest(0.01, 5);

    /** Below it nobody can say anything. */
    public static final int VALUES_MIN = 5;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double CORRELATION_MAX = 0.8;
    /** Of fewer values neighbours show too little of how they resemble each other: half of alpha. */
    private static final int FEW = 10;

    public SampleTest {
        if (!(alpha > 0 && alpha < 1) || !(marginPercent >= 0 && marginPercent <= 1_000)) {
            throw new IllegalArgumentException(
                    "alpha must be between 0 and 1, the margin 0 to 1000 %%: %s, %s".formatted(alpha, marginPercent));
        }
    }

    /** The same for one of several comparisons, so that all together have the chance of a false alarm of one. */
    public SampleTest oneOf(int comparisons) {
        return new SampleTest(alpha / Math.max(1, comparisons), marginPercent);
    }

    /**
     * @param now in order of time
     * @param before in order of time
     */
    public SampleVerdict judge(double[] now, double[] before, boolean lowerIsBetter) {
        double[] x = thinned(now);
        double[] y = thinned(before);
        if (x.length < VALUES_MIN || y.length < VALUES_MIN) {
            return SampleVerdict.unclear("%d values against %d: at least %d on each side tell something"
                    .formatted(x.length, y.length, VALUES_MIN));
        }
        if (Arrays.stream(x).anyMatch(each -> !(each > 0)) || Arrays.stream(y).anyMatch(each -> !(each > 0))) {
            return ofZeros(x, y, lowerIsBetter, alpha, 1);
        }
        double inflation = inflation(x, y);
        double least = Math.min(x.length, y.length) < FEW ? alpha / 2 : alpha;
        Shift shift = Shift.of(x, y, 2 * least, inflation);
        double higher = p(x, y, AlternativeHypothesis.GREATER_THAN, inflation);
        double lower = p(x, y, AlternativeHypothesis.LESS_THAN, inflation);
        boolean risen = higher < least && shift.percent() >= marginPercent && shift.low() > 0;
        boolean fallen = lower < least && shift.percent() <= -fallen(marginPercent) && shift.high() < 0;
        SampleVerdict.Outcome outcome = SampleVerdict.Outcome.of(risen, fallen, lowerIsBetter);
        return SampleVerdict.of(outcome, shift, Math.min(higher, lower), effect(x, y), x.length, y.length);
    }

    /** A rise by a quarter and a fall by a fifth are the same change. */
    static double fallen(double margin) {
        return 100 * margin / (100 + margin);
    }

    /** Of counts that may be 0 there is no ratio. */
    static SampleVerdict ofZeros(double[] x, double[] y, boolean lowerIsBetter, double alpha, double inflation) {
        double higher = p(x, y, AlternativeHypothesis.GREATER_THAN, inflation);
        double lower = p(x, y, AlternativeHypothesis.LESS_THAN, inflation);
        SampleVerdict.Outcome outcome = SampleVerdict.Outcome.of(higher < alpha, lower < alpha, lowerIsBetter);
        return SampleVerdict.of(
                outcome,
                new Shift(Double.NaN, Double.NaN, Double.NaN),
                Math.min(higher, lower),
                effect(x, y),
                x.length,
                y.length);
    }

    static double p(double[] x, double[] y, AlternativeHypothesis alternative, double inflation) {
        if (Arrays.stream(x).allMatch(each -> each == x[0]) && Arrays.equals(y, filled(x[0], y.length))) {
            return 1;
        }
        double p = MannWhitneyUTest.withDefaults().with(alternative).test(x, y).getPValue();
        double z = NORMAL.inverseSurvivalProbability(Math.clamp(p, 1e-300, 1));
        return z <= 0 ? p : NORMAL.survivalProbability(z / Math.sqrt(inflation));
    }

    private static double[] filled(double value, int length) {
        double[] all = new double[length];
        Arrays.fill(all, value);
        return all;
    }

    /** The chance that a value of the first is larger than one of the second (common-language effect size). */
    static double effect(double[] x, double[] y) {
        double u = MannWhitneyUTest.withDefaults().statistic(x, y);
        return u / ((double) x.length * y.length);
    }

    /** (1 + r)/(1 - r) of the correlation r of neighbours, in the mean of both sides; 1 and above. */
    static double inflation(double[] x, double[] y) {
        double r = Math.clamp((correlation(x) + correlation(y)) / 2, 0, CORRELATION_MAX);
        return (1 + r) / (1 - r);
    }

    /** Of the ranks of neighbours; of few values it comes out too small by about 1/n. */
    static double correlation(double[] values) {
        double[] ranks = ranks(values);
        double mean = (values.length + 1) / 2.0;
        double together = 0;
        double all = 0;
        for (int i = 0; i < ranks.length; i++) {
            all += (ranks[i] - mean) * (ranks[i] - mean);
            together += i == 0 ? 0 : (ranks[i] - mean) * (ranks[i - 1] - mean);
        }
        return all == 0 ? 0 : together / all + 1.0 / values.length;
    }

    private static double[] ranks(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int first = Arrays.binarySearch(sorted, values[i]);
            int last = first;
            while (first > 0 && sorted[first - 1] == values[i]) {
                first--;
            }
            while (last < sorted.length - 1 && sorted[last + 1] == values[i]) {
                last++;
            }
            ranks[i] = (first + last) / 2.0 + 1;
        }
        return ranks;
    }

    static double[] thinned(double[] values) {
        int step = (values.length + Shift.VALUES_MAX - 1) / Shift.VALUES_MAX;
        if (step <= 1) {
            return values.clone();
        }
        double[] kept = new double[(values.length + step - 1) / step];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = values[i * step];
        }
        return kept;
    }
}
