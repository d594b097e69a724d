package dev.slipway.validation.baseline;

import java.util.Arrays;
import java.util.List;

/**
 * How much neighbouring values resemble each other, told by all benchmarks of a report together: they were measured on one
 * machine by one tool, and twenty values alone tell it badly. Each side has its own correlation, the mean of its benchmarks,
 * and one more that nobody measured has a usual one, so that of a single benchmark the estimate does not stray far. What is
 * beyond doubt larger in one benchmark counts there: by what its own exceeds the others' less the error of its own, or by how
 * far the benchmarks differ beyond such errors, whichever is more.
 */
final class Neighbours {
    /** Of what nobody measured. */
    private static final double USUAL = 0.27;

    private static final double CORRELATION_MAX = 0.8;
    /** Ranks, outliers and a mean that is estimated as well leave so much of a correlation in many values. */
    private static final double LEFT = 0.88;
    /** Half more than what is likeliest: one that is taken for too small costs a false alarm, the other way less. */
    private static final double CAREFUL = 1.5;

    private final List<Both> all;
    private final double now;
    private final double before;
    /** Variance of the benchmarks' own correlations beyond that of their errors. */
    private final double spread;
    /** Nothing else that varies, which it could differ from. */
    private final boolean isAlone;

    private Neighbours(List<Both> all, double now, double before, double spread) {
        this.all = all;
        this.now = now;
        this.before = before;
        this.spread = spread;
        this.isAlone = all.stream().filter(each -> each.own().weight() > 0).count() < 2;
    }

    /**
     * What one side of a benchmark tells.
     *
     * @param weight one divided by the variance of the estimate; 0 where all values are one
     */
    private record Told(double correlation, double weight) {
        static final Told NOTHING = new Told(0, 0);

        static Told of(double[] values) {
            if (Arrays.stream(values).allMatch(each -> each == values[0])) {
                return NOTHING;
            }
            double n = values.length;
            double left = LEFT * (1 - 2 / n) * (1 - 2 / n);
            return new Told(SampleTest.correlation(values) / left, (n + 2) * left * left);
        }

        Told and(Told other) {
            double both = weight + other.weight;
            return both == 0
                    ? NOTHING
                    : new Told((weight * correlation + other.weight * other.correlation) / both, both);
        }
    }

    private record Both(Told now, Told before, int valuesNow, int valuesBefore) {
        static Both of(ReportTest.Pair pair) {
            return new Both(Told.of(pair.now()), Told.of(pair.before()), pair.now().length, pair.before().length);
        }

        Told own() {
            return now.and(before);
        }
    }

    /** @param pairs of at least 5 values a side, in order of time */
    static Neighbours of(List<ReportTest.Pair> pairs) {
        List<Both> all = pairs.stream().map(Both::of).toList();
        return new Neighbours(
                all,
                together(all.stream().map(Both::now).toList()),
                together(all.stream().map(Both::before).toList()),
                spread(all.stream().map(Both::own).toList()));
    }

    private static double together(List<Told> side) {
        long telling = side.stream().filter(each -> each.weight() > 0).count();
        Told mean = side.stream().reduce(Told.NOTHING, Told::and);
        return telling == 0
                ? USUAL
                : mean.and(new Told(USUAL, mean.weight() / telling)).correlation();
    }

    private static double spread(List<Told> own) {
        List<Told> telling = own.stream().filter(each -> each.weight() > 0).toList();
        if (telling.size() < 2) {
            return 0;
        }
        double mean = telling.stream().mapToDouble(Told::correlation).average().orElse(0);
        double apart = telling.stream()
                        .mapToDouble(each -> (each.correlation() - mean) * (each.correlation() - mean))
                        .sum()
                / (telling.size() - 1);
        double byChance = telling.stream()
                .mapToDouble(each -> 1 / each.weight())
                .average()
                .orElse(0);
        return Math.max(0, apart - byChance);
    }

    /**
     * What neighbours add to the variance of a benchmark's change: (1 + r)/(1 - r) of each side's correlation r.
     *
     * @param pair index among the pairs
     * @return 1 and above
     */
    double inflation(int pair) {
        Both both = all.get(pair);
        double more = more(both.own());
        double ofNow = inflation(now + more) / both.valuesNow();
        double ofBefore = inflation(before + more) / both.valuesBefore();
        return (ofNow + ofBefore) / (1.0 / both.valuesNow() + 1.0 / both.valuesBefore());
    }

    private double more(Told own) {
        if (own.weight() == 0 || isAlone) {
            return 0;
        }
        double error = 1 / own.weight();
        double beyond = own.correlation() - (now + before) / 2;
        return Math.max(0, Math.max(beyond - Math.sqrt(error), CAREFUL * beyond * spread / (spread + error)));
    }

    private static double inflation(double correlation) {
        double r = Math.clamp(correlation, 0, CORRELATION_MAX);
        return (1 + r) / (1 - r);
    }
}
