package dev.slipway.validation.baseline;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;

/**
 * The samples of all benchmarks of a report against those of the last verified release. A benchmark is worse when three things
 * hold together:
 *
 * <ol>
 *   <li>the Hodges-Lehmann estimate of its change is at least the margin;
 *   <li>the estimate is beyond doubt above 0: divided by its error, as the 95 % interval of the rank test tells it, widened by
 *       what neighbours that resemble each other add ({@link Neighbours}), it is above Student's t of n + m - 2 degrees at its
 *       share of alpha. That interval is made of the middle of all ratios, so that outliers and the form of the noise hardly
 *       change it, and no alpha is so small that few values could not reach it, as with ranks alone;
 *   <li>Mann-Whitney's test, which knows of no form, finds it at that share of alpha as well, or as far as so few values can.
 * </ol>
 *
 * <p>Up to a correlation of 0.5, noise of 5 to 20 % and 5 to 50 values a side at most 2 of 100 reports that are alike, of
 * whatever number of benchmarks, are found worse. {@code SampleTestSimulationTest} has the figures, ADR 39 the reasons.
 *
 * @param alpha chance of a false alarm that the whole report may have by the test alone, above 0 and below 1
 * @param marginPercent less than so much is no change that anybody would stop a release for, 0 to 1,000
 */
public record ReportTest(double alpha, double marginPercent) {
    /** What {@code init} writes is judged by these. */
    public static final ReportTest DEFAULT = new ReportTest(0.01, 5);

    private static final double INTERVAL_ALPHA = 0.05;
    private static final double INTERVAL_ERRORS = 2 * 1.959_963_985;
    /** Less than so much, as a share, is another way of writing the same value. */
    private static final double EQUAL = 1e-9;
    /** That many of all orders of the values speak as clearly for a change as all but the clearest ones. */
    private static final int CLEAREST_ORDERS = 4;

    public ReportTest {
        if (!(alpha > 0 && alpha < 1) || !(marginPercent >= 0 && marginPercent <= 1_000)) {
            throw new IllegalArgumentException(
                    "alpha must be between 0 and 1, the margin 0 to 1000 %%: %s, %s".formatted(alpha, marginPercent));
        }
    }

    /**
     * One benchmark; of very many values every n-th.
     *
     * @param now in order of time, at least {@value SampleTest#VALUES_MIN}
     * @param before in order of time, at least as many
     */
    public record Pair(double[] now, double[] before, boolean lowerIsBetter) {
        public Pair {
            if (now.length < SampleTest.VALUES_MIN || before.length < SampleTest.VALUES_MIN) {
                throw new IllegalArgumentException("%d values against %d: at least %d on each side tell something"
                        .formatted(now.length, before.length, SampleTest.VALUES_MIN));
            }
            now = SampleTest.thinned(now);
            before = SampleTest.thinned(before);
        }

        /** Of these nothing can be found, whatever their order, so they take no part of alpha. */
        private boolean isOneValue() {
            return all().allMatch(each -> each == now[0]);
        }

        private boolean isPositive() {
            return all().allMatch(each -> each > 0);
        }

        private DoubleStream all() {
            return DoubleStream.concat(Arrays.stream(now), Arrays.stream(before));
        }
    }

    /** @return of each benchmark, in their order */
    public List<SampleVerdict> judge(List<Pair> pairs) {
        Neighbours neighbours = Neighbours.of(pairs);
        long sharing = pairs.stream().filter(pair -> !pair.isOneValue()).count();
        double share = alpha / Math.max(1, sharing);
        return IntStream.range(0, pairs.size())
                .mapToObj(i -> judge(pairs.get(i), share, neighbours.inflation(i)))
                .toList();
    }

    private SampleVerdict judge(Pair pair, double share, double inflation) {
        double[] x = pair.now();
        double[] y = pair.before();
        if (!pair.isPositive()) {
            return SampleTest.ofZeros(x, y, pair.lowerIsBetter(), share, inflation);
        }
        Shift rank = Shift.of(x, y, INTERVAL_ALPHA, 1);
        double change = logarithm(rank.percent());
        double told = (logarithm(rank.high()) - logarithm(rank.low())) / INTERVAL_ERRORS;
        double step = Math.min(step(x), step(y));
        double rounding = Double.isInfinite(step) ? 0 : step / Math.sqrt(12);
        double error = Math.hypot(told, rounding) * Math.sqrt(inflation);
        TDistribution student = TDistribution.of(x.length + y.length - 2);
        double reach = error * student.inverseSurvivalProbability(share);
        Shift shift = new Shift(rank.percent(), percent(change - reach), percent(change + reach));
        double clear = Math.max(share, clearest(x.length, y.length));
        boolean risen = shift.percent() >= marginPercent
                && shift.low() > 0
                && SampleTest.p(x, y, AlternativeHypothesis.GREATER_THAN, 1) <= clear;
        boolean fallen = shift.percent() <= -SampleTest.fallen(marginPercent)
                && shift.high() < 0
                && SampleTest.p(x, y, AlternativeHypothesis.LESS_THAN, 1) <= clear;
        double p = change == 0 ? 0.5 : student.survivalProbability(Math.abs(change) / error);
        return SampleVerdict.of(
                SampleVerdict.Outcome.of(risen, fallen, pair.lowerIsBetter()),
                shift,
                p,
                SampleTest.effect(x, y),
                x.length,
                y.length);
    }

    private static double logarithm(double percent) {
        return Math.log(Math.max(1 + percent / 100, Double.MIN_NORMAL));
    }

    private static double percent(double logarithm) {
        return 100 * Math.expm1(logarithm);
    }

    /**
     * The step that the values of a side come in, as a share of their middle; next to nothing where each has digits enough to be
     * another one, infinite where they are one. Rounding to it adds a twelfth of its square to the variance.
     */
    private static double step(double[] side) {
        double[] sorted = side.clone();
        Arrays.sort(sorted);
        double least = Double.POSITIVE_INFINITY;
        for (int i = 1; i < sorted.length; i++) {
            double step = sorted[i] - sorted[i - 1];
            if (step > sorted[i] * EQUAL) {
                least = Math.min(least, step);
            }
        }
        return least / sorted[sorted.length / 2];
    }

    /** The share of all orders of the values that are the clearest ones: below it ranks cannot go. */
    private static double clearest(int now, int before) {
        double share = CLEAREST_ORDERS;
        for (int i = 1; i <= before; i++) {
            share *= (double) i / (now + i);
        }
        return share;
    }
}
