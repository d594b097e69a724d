package dev.slipway.validation.baseline;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * By how much one sample is larger than another (Hodges and Lehmann, 1963): the median of all ratios of one value of each,
 * with the interval of the rank test that belongs to it. As ratios, so that it is a share whatever the unit.
 *
 * @param percent that the first is larger by, below 0 where it is smaller
 * @param low of the interval in percent
 * @param high of the interval in percent
 */
record Shift(double percent, double low, double high) {
    /** Of more values every n-th is taken. */
    static final int VALUES_MAX = 400;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    /**
     * @param now above 0
     * @param before above 0
     * @param alpha of the interval, both sides together
     * @param inflation by which neighbours that resemble each other widen it, 1 and above
     */
    static Shift of(double[] now, double[] before, double alpha, double inflation) {
        double[] ratios = new double[now.length * before.length];
        int filled = 0;
        for (double x : now) {
            for (double y : before) {
                ratios[filled++] = x / y;
            }
        }
        Arrays.sort(ratios);
        double m = now.length;
        double n = before.length;
        double z = NORMAL.inverseSurvivalProbability(alpha / 2);
        double reach = m * n / 2 - z * Math.sqrt(m * n * (m + n + 1) / 12 * inflation);
        int outer = Math.clamp((long) Math.floor(reach), 0, ratios.length - 1);
        double median = (ratios[(ratios.length - 1) / 2] + ratios[ratios.length / 2]) / 2;
        return new Shift(percent(median), percent(ratios[outer]), percent(ratios[ratios.length - 1 - outer]));
    }

    private static double percent(double ratio) {
        return 100 * (ratio - 1);
    }
}
