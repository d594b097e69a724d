package dev.slipway.validation.baseline;

import dev.slipway.contracts.policy.KayentaRule.Direction;
import dev.slipway.contracts.policy.KayentaRule.Effect;
import dev.slipway.contracts.policy.KayentaRule.Metric;
import dev.slipway.contracts.policy.KayentaRule.Missing;
import dev.slipway.contracts.policy.KayentaRule.Outliers;
import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Spinnaker's judge (NetflixACAJudge of Kayenta), for those who know its scores. One metric: Mann-Whitney's interval of 98 %
 * for the shift against a quarter of its own estimate, and the size of the effect. What differs on purpose: two different
 * constants are compared directly, without random noise, as a verdict must replay, and of fewer than 5 values nobody can say
 * anything.
 *
 * @param direction which change counts
 * @param effect how much of a change there is
 * @param rise effect from which a rise counts: 1 and above of the ratio, 0.5 to 1 of the chance
 * @param fall effect up to which a fall counts: 1 and below of the ratio, 0 to 0.5 of the chance
 */
public record KayentaJudge(
        Direction direction, Effect effect, double rise, double fall, Missing missing, Outliers outliers) {
    private static final double CONFIDENCE = 0.98;
    private static final double TOLERANCE = 0.25;
    private static final double ROOT_TOLERANCE = 1e-4;

    /** What the judge says of a metric. */
    public enum Label {
        PASS,
        HIGH,
        LOW,
        /** There are no values on a side. */
        NODATA,
        /** Fewer values on a side than anything can be said of. */
        FEW,
        /** Measured before and not now: what measured it has failed, or was left out. */
        ERROR
    }

    /** @param effect of the ratio NaN where a mean is 0 */
    public record Classified(Label label, double low, double high, double estimate, double effect) {
        static Classified without(Label label) {
            return new Classified(label, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
    }

    public KayentaJudge {
        boolean ratio = effect == Effect.MEAN_RATIO;
        if (!(rise >= (ratio ? 1 : 0.5)) || !(fall <= (ratio ? 1 : 0.5))) {
            throw new IllegalArgumentException(
                    "a rise must count from no change on, and a fall up to it: %s, %s".formatted(rise, fall));
        }
    }

    /**
     * By the ratio of the means, over values as they are.
     *
     * @param allowedIncrease ratio of the means from which a rise counts, 1 and above
     */
    public KayentaJudge(Direction direction, double allowedIncrease) {
        this(direction, Effect.MEAN_RATIO, allowedIncrease, 1 / allowedIncrease, Missing.REMOVE, Outliers.KEEP);
    }

    /** As Kayenta judges unless told otherwise. */
    public static KayentaJudge either() {
        return new KayentaJudge(Direction.EITHER, 1);
    }

    /** @param otherwise which change counts where nothing is said */
    public static KayentaJudge of(Metric metric, Direction otherwise) {
        return new KayentaJudge(
                metric.direction() == null ? otherwise : metric.direction(),
                metric.effect(),
                metric.rise(),
                metric.fall(),
                metric.missing(),
                metric.outliers());
    }

    /** @param canary the values of now, NaN for one that is missing */
    public Classified classify(double[] canary, double[] baseline) {
        double[] x = kept(present(canary, baseline.length));
        double[] y = kept(present(baseline, canary.length));
        if (x.length == 0 || y.length == 0) {
            return Classified.without(Label.NODATA);
        }
        return Math.min(x.length, y.length) < SampleTest.VALUES_MIN
                ? Classified.without(Label.FEW)
                : classifyValues(x, y);
    }

    private double[] present(double[] values, int ofOther) {
        return switch (missing) {
            case REMOVE ->
                Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
            case ZERO ->
                values.length == 0
                        ? new double[ofOther]
                        : Arrays.stream(values)
                                .map(value -> Double.isNaN(value) ? 0 : value)
                                .toArray();
        };
    }

    private double[] kept(double[] values) {
        return outliers == Outliers.KEEP || values.length == 0 ? values : inner(values);
    }

    /** Those within [min(P1, Q1 - 3 IQR), max(P99, Q3 + 3 IQR)]. */
    private static double[] inner(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double q1 = percentile(sorted, 0.25);
        double q3 = percentile(sorted, 0.75);
        double least = Math.min(percentile(sorted, 0.01), q1 - 3 * (q3 - q1));
        double most = Math.max(percentile(sorted, 0.99), q3 + 3 * (q3 - q1));
        return Arrays.stream(values)
                .filter(value -> value >= least && value <= most)
                .toArray();
    }

    /** By R's definition 7: between neighbours in a straight line. */
    static double percentile(double[] sorted, double share) {
        double at = (sorted.length - 1) * share;
        int below = (int) Math.floor(at);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }

    private Classified classifyValues(double[] x, double[] y) {
        double[] canary = x.clone();
        double[] baseline = y.clone();
        Arrays.sort(canary);
        Arrays.sort(baseline);
        double size = effect == Effect.MEAN_RATIO ? ratio(x, y) : larger(x, y);
        if (Arrays.equals(canary, baseline)) {
            return new Classified(Label.PASS, 0, 0, 0, size);
        }
        double shift = canary[0] - baseline[0];
        if (isConstant(canary) && isConstant(baseline)) {
            return labelled(shift, shift, shift, size);
        }
        double lowest = canary[0] - baseline[baseline.length - 1];
        double highest = canary[canary.length - 1] - baseline[0];
        double z = NormalDistribution.of(0, 1).inverseCumulativeProbability((1 - CONFIDENCE) / 2);
        return labelled(
                root(x, y, -z, lowest, highest), root(x, y, z, lowest, highest), root(x, y, 0, lowest, highest), size);
    }

    private Classified labelled(double low, double high, double estimate, double size) {
        double bound = TOLERANCE * Math.abs(estimate);
        boolean mayRise = direction != Direction.DECREASE && (Double.isNaN(size) || size >= rise);
        boolean mayFall = direction != Direction.INCREASE && (Double.isNaN(size) || size <= fall);
        Label label = Label.PASS;
        if (mayRise && low > bound) {
            label = Label.HIGH;
        } else if (mayFall && high < -bound) {
            label = Label.LOW;
        }
        return new Classified(label, low, high, estimate, size);
    }

    private static double ratio(double[] x, double[] y) {
        double canary = Arrays.stream(x).average().orElse(0);
        double baseline = Arrays.stream(y).average().orElse(0);
        return canary == 0 || baseline == 0 ? Double.NaN : canary / baseline;
    }

    /** The chance that a value of x is larger than one of y; of those that are alike half. */
    private static double larger(double[] x, double[] y) {
        return ranksAbove(x, y) / ((double) x.length * y.length);
    }

    /** The sum of the ranks of x among both, less the least that it can be: Mann-Whitney's U. */
    private static double ranksAbove(double[] x, double[] y) {
        double[] sorted = Arrays.copyOf(x, x.length + y.length);
        System.arraycopy(y, 0, sorted, x.length, y.length);
        Arrays.sort(sorted);
        double ranks = 0;
        for (double value : x) {
            ranks += rank(sorted, value);
        }
        return ranks - x.length * (x.length + 1L) / 2.0;
    }

    private static boolean isConstant(double[] sorted) {
        return sorted[0] == sorted[sorted.length - 1];
    }

    private static double root(double[] x, double[] y, double quantile, double low, double high) {
        if (statistic(x, y, low, quantile) <= 0) {
            return low;
        }
        if (statistic(x, y, high, quantile) >= 0) {
            return high;
        }
        return BrentRoot.of(shift -> statistic(x, y, shift, quantile), low, high, ROOT_TOLERANCE);
    }

    /** W of the text: the standardised rank sum of x, moved by the shift, less the quantile. */
    private static double statistic(double[] x, double[] y, double shift, double quantile) {
        int m = x.length;
        int n = y.length;
        double[] all = new double[m + n];
        for (int i = 0; i < m; i++) {
            all[i] = x[i] - shift;
        }
        System.arraycopy(y, 0, all, m, n);
        double[] sorted = all.clone();
        Arrays.sort(sorted);
        double ranks = 0;
        for (int i = 0; i < m; i++) {
            ranks += rank(sorted, all[i]);
        }
        double d = ranks - m * (m + 1L) / 2.0 - (double) m * n / 2.0;
        double ties = ties(sorted);
        double total = m + n;
        double sigma = Math.sqrt((double) m * n / 12.0 * ((total + 1) - ties / (total * (total - 1))));
        return (d - 0.5 * Math.signum(d)) / sigma - quantile;
    }

    private static double rank(double[] sorted, double value) {
        int first = below(sorted, value, false);
        int last = below(sorted, value, true) - 1;
        return (first + last) / 2.0 + 1;
    }

    /** How many are smaller than the value, or as large as it at most. */
    private static int below(double[] sorted, double value, boolean orEqual) {
        int from = 0;
        int to = sorted.length;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    private static double ties(double[] sorted) {
        double sum = 0;
        for (int i = 0; i < sorted.length; ) {
            int next = i;
            while (next < sorted.length && sorted[next] == sorted[i]) {
                next++;
            }
            double size = next - i;
            sum += size * size * size - size;
            i = next;
        }
        return sum;
    }
}
