package dev.slipway.metrics;

import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.metrics.Look.Change;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much what was counted speaks against "it is within its limit": the logarithms of likelihood ratios, one for each of
 * several sizes of a fault. Each is, as long as the limit is kept, a fair game at best, so that their mean exceeds 1/α with
 * a chance of at most α, however often one looks (Ville). What happens r times as often as it may:
 *
 * <ul>
 *   <li>a rate λ over t seconds: r<sup>n</sup> exp(-λt(r-1)), n being Poisson
 *   <li>a share p of m: (q/p)<sup>n</sup> ((1-q)/(1-p))<sup>m-n</sup>, of which the odds are r times those of p
 *   <li>beside another version, whose share may be anything: of all n + n' that happened, by chance
 *       f·m/(f·m + m') are of this one, whatever both shares were in that second; r<sup>n</sup> ((f·m + m')/(r·f·m + m'))<sup>n+n'</sup>
 * </ul>
 *
 * @param whole over all looks
 * @param lately what may begin anew at every look, as a sum of as many games as there were looks: a fault that comes late is
 *     not averaged away
 * @param beyond how many looks, since it is beyond the bound, spoke against the limit themselves: a single lump is one
 */
record Doubt(List<Double> whole, List<Double> lately, int beyond) {
    private static final double[] TIMES = {1.1, 1.25, 1.5, 2, 3, 5, 10, 30};

    static final Doubt NONE = new Doubt(
            List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
            IntStream.range(0, TIMES.length)
                    .mapToObj(_ -> Double.NEGATIVE_INFINITY)
                    .toList(),
            0);

    Doubt {
        whole = List.copyOf(whole);
        lately = List.copyOf(lately);
    }

    /**
     * After one more look.
     *
     * @param beside of the version beside it; nothing where the limit is absolute
     */
    Doubt after(MetricRule rule, Change change, Change beside, Levels levels, long looks) {
        List<Double> factors = IntStream.range(0, TIMES.length)
                .mapToObj(i ->
                        factor(rule, change, beside, rule.sense() == MetricRule.Sense.BELOW ? TIMES[i] : 1 / TIMES[i]))
                .toList();
        List<Double> all = IntStream.range(0, TIMES.length)
                .mapToObj(i -> whole.get(i) + factors.get(i))
                .toList();
        List<Double> late = IntStream.range(0, TIMES.length)
                .mapToObj(i -> factors.get(i) + orOne(lately.get(i)))
                .toList();
        boolean over = mean(all) >= levels.whole() || mean(late) >= levels.lately(looks);
        boolean against = mean(factors) > 0;
        return new Doubt(all, late, over ? beyond + (against ? 1 : 0) : 0);
    }

    private static double factor(MetricRule rule, Change change, Change beside, double times) {
        double happened = change.added();
        if (rule.beside()) {
            double ours = rule.bound() * change.of();
            double all = ours + beside.of();
            return all <= 0
                    ? 0
                    : happened * Math.log(times)
                            + (happened + beside.added()) * Math.log(all / (times * ours + beside.of()));
        }
        double limit = rule.bound();
        if (rule.as() == MetricRule.As.RATE) {
            return happened * Math.log(times) - limit * change.seconds() * (times - 1);
        }
        if (limit >= 1) {
            return 0; // nothing is more than all
        }
        double more = times * limit / (1 - limit + times * limit);
        double of = Math.max(change.of(), happened); // a count that is ahead of what it is of
        return happened * Math.log(more / limit) + (of - happened) * Math.log((1 - more) / (1 - limit));
    }

    /** log(1 + e^x) */
    private static double orOne(double log) {
        return log > 0 ? log + Math.log1p(Math.exp(-log)) : Math.log1p(Math.exp(log));
    }

    /** The logarithm of the mean of what these are logarithms of. */
    private static double mean(List<Double> logs) {
        double most = logs.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        double sum = logs.stream().mapToDouble(log -> Math.exp(log - most)).sum();
        return most + Math.log(sum / logs.size());
    }
}
