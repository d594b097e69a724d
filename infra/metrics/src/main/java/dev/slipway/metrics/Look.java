package dev.slipway.metrics;

import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.metrics.Exposition.Sample;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a program showed of one rule.
 *
 * @param atSeconds when, by a clock that never jumps
 * @param series of the rule's name, by their labels
 * @param of of what a ratio is of, likewise; empty for anything else
 */
public record Look(double atSeconds, Map<Map<String, String>, Double> series, Map<Map<String, String>, Double> of) {
    public Look {
        series = Map.copyOf(series);
        of = Map.copyOf(of);
    }

    public static Look of(MetricRule rule, List<Sample> samples, double atSeconds) {
        String divisor = rule.of();
        return new Look(
                atSeconds,
                chosen(samples, rule.series(), rule.labels()),
                divisor == null ? Map.of() : chosen(samples, divisor, rule.ofLabels()));
    }

    private static Map<Map<String, String>, Double> chosen(
            List<Sample> samples, String name, Map<String, String> labels) {
        Map<Map<String, String>, Double> chosen = new HashMap<>();
        for (Sample sample : samples) {
            if (sample.name().equals(name) && sample.labels().entrySet().containsAll(labels.entrySet())) {
                chosen.put(sample.labels(), sample.value());
            }
        }
        return chosen;
    }

    /** What is missing for a rule, in words that do not change from look to look; empty if nothing is. */
    Optional<String> missing(MetricRule rule) {
        Optional<String> ofName = missing(series, rule.series(), rule.as() != MetricRule.As.VALUE, rule.absentIsZero());
        if (ofName.isEmpty() && rule.as() == MetricRule.As.QUANTILE && !Buckets.readable(series.keySet())) {
            return Optional.of(
                    "not every series of " + rule.series() + " has an upper bound le that is a number, and one +Inf");
        }
        String divisor = rule.of();
        return ofName.isPresent() || divisor == null ? ofName : missing(of, divisor, true, false);
    }

    private static Optional<String> missing(
            Map<?, Double> found, @Nullable String name, boolean counter, boolean absentIsZero) {
        if (found.isEmpty()) {
            return absentIsZero ? Optional.empty() : Optional.of("it tells no such series of " + name);
        }
        boolean strange =
                found.values().stream().anyMatch(value -> value.isNaN() || (counter && !Double.isFinite(value)));
        return strange ? Optional.of(name + " is no number") : Optional.empty();
    }

    double value() {
        return sum(series);
    }

    /** What has been added since. A series that was not there began at 0, and so did one that says less than before. */
    Change since(Look before) {
        return new Change(
                added(before.series, series),
                added(before.of, of),
                Math.max(0, atSeconds - before.atSeconds),
                Buckets.NONE);
    }

    /** What a histogram has counted since, bucket by bucket. */
    Change histogramSince(Look before) {
        Buckets added = Buckets.added(before.series, series);
        return new Change(added.counted(), added.counted(), Math.max(0, atSeconds - before.atSeconds), added);
    }

    /** What a histogram has counted since its program began. */
    Buckets buckets() {
        return Buckets.added(Map.of(), series);
    }

    private static double added(Map<Map<String, String>, Double> before, Map<Map<String, String>, Double> now) {
        return now.entrySet().stream()
                .mapToDouble(each -> added(before.getOrDefault(each.getKey(), 0.0), each.getValue()))
                .sum();
    }

    static double added(double before, double now) {
        return now >= before ? now - before : now;
    }

    private static double sum(Map<?, Double> found) {
        return found.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /**
     * What was added from one look to another.
     *
     * @param of what a ratio is of, or how many a histogram has counted
     * @param seconds between the two
     * @param buckets of a histogram; none of anything else
     */
    record Change(double added, double of, double seconds, Buckets buckets) {
        static final Change NONE = new Change(0, 0, 0, Buckets.NONE);

        Change and(Change more) {
            return new Change(added + more.added, of + more.of, seconds + more.seconds, buckets.and(more.buckets));
        }
    }
}
