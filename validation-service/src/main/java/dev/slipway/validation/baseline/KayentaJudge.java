package dev.slipway.validation.baseline;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Spinnaker's judge (NetflixACAJudge of Kayenta), for those who know its scores. One metric: Mann-Whitney's interval of 98 %
 * for the shift against a quarter of its own estimate, and the ratio of the means. What differs on purpose: two different
 * constants are compared directly, without random noise, as a verdict must replay.
 *
 * @param direction which change counts
 * @param allowedIncrease ratio of the means from which a rise counts, 1 and above
 */
public record KayentaJudge(Direction direction, double allowedIncrease) {
    private static final double CONFIDENCE = 0.98;
    private static final double TOLERANCE = 0.25;
    private static final double ROOT_TOLERANCE = 1e-4;

    /** Which change counts. */
    public enum Direction {
        INCREASE,
        DECREASE,
        EITHER
    }

    /** What the judge says of a metric. */
    public enum Label {
        PASS,
        HIGH,
        LOW,
        /** Fewer values than anything can be said of. */
        NODATA
    }

    /** @param ratio of the means, NaN where one of them is 0 */
    public record Classified(Label label, double low, double high, double estimate, double ratio) {}

    public KayentaJudge {
        if (!(allowedIncrease >= 1)) {
            throw new IllegalArgumentException("allowedIncrease must be at least 1, is " + allowedIncrease);
        }
    }

    /** As Kayenta judges unless told otherwise. */
    public static KayentaJudge either() {
        return new KayentaJudge(Direction.EITHER, 1);
    }

    /** @param canary the values of now; fewer than 5 on a side are no data */
    public Classified classify(double[] canary, double[] baseline) {
        return canary.length < SampleTest.VALUES_MIN || baseline.length < SampleTest.VALUES_MIN
                ? new Classified(Label.NODATA, Double.NaN, Double.NaN, Double.NaN, Double.NaN)
                : classifyValues(canary, baseline);
    }

    private Classified classifyValues(double[] x, double[] y) {
        double[] canary = x.clone();
        double[] baseline = y.clone();
        Arrays.sort(canary);
        Arrays.sort(baseline);
        double ratio = ratio(x, y);
        if (Arrays.equals(canary, baseline)) {
            return new Classified(Label.PASS, 0, 0, 0, ratio);
        }
        double shift = canary[0] - baseline[0];
        if (isConstant(canary) && isConstant(baseline)) {
            return labelled(shift, shift, shift, ratio);
        }
        double lowest = canary[0] - baseline[baseline.length - 1];
        double highest = canary[canary.length - 1] - baseline[0];
        double z = NormalDistribution.of(0, 1).inverseCumulativeProbability((1 - CONFIDENCE) / 2);
        return labelled(
                root(x, y, -z, lowest, highest), root(x, y, z, lowest, highest), root(x, y, 0, lowest, highest), ratio);
    }

    private Classified labelled(double low, double high, double estimate, double ratio) {
        double bound = TOLERANCE * Math.abs(estimate);
        boolean mayRise = direction != Direction.DECREASE && (Double.isNaN(ratio) || ratio >= allowedIncrease);
        boolean mayFall = direction != Direction.INCREASE && (Double.isNaN(ratio) || ratio <= 1 / allowedIncrease);
        Label label = Label.PASS;
        if (mayRise && low > bound) {
            label = Label.HIGH;
        } else if (mayFall && high < -bound) {
            label = Label.LOW;
        }
        return new Classified(label, low, high, estimate, ratio);
    }

    private static double ratio(double[] x, double[] y) {
        double canary = Arrays.stream(x).average().orElse(0);
        double baseline = Arrays.stream(y).average().orElse(0);
        return canary == 0 || baseline == 0 ? Double.NaN : canary / baseline;
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
        double d = ranks - m * (m + 1) / 2.0 - m * n / 2.0;
        double ties = ties(sorted);
        double total = m + n;
        double sigma = Math.sqrt(m * n / 12.0 * ((total + 1) - ties / (total * (total - 1))));
        return (d - 0.5 * Math.signum(d)) / sigma - quantile;
    }

    private static double rank(double[] sorted, double value) {
        int first = 0;
        while (sorted[first] < value) {
            first++;
        }
        int last = first;
        while (last + 1 < sorted.length && sorted[last + 1] == value) {
            last++;
        }
        return (first + last) / 2.0 + 1;
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
