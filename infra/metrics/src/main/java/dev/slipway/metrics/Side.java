package dev.slipway.metrics;

import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.metrics.Look.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What all looks at one version have shown of one rule.
 *
 * @param last the latest look with data; null before the first
 * @param whole what was added over all looks
 * @param recent what was added from look to look, the latest {@value Course#IN_A_ROW}, oldest first
 * @param values what was measured, likewise; of what counts nothing is measured
 * @param looks how many looks had data
 */
record Side(@Nullable Look last, Change whole, List<Change> recent, List<Double> values, long looks) {
    static final Side UNSEEN = new Side(null, Change.NONE, List.of(), List.of(), 0);

    Side {
        recent = List.copyOf(recent);
        values = List.copyOf(values);
    }

    /** One more look that had data. */
    Side after(MetricRule rule, Look look) {
        if (last == null) {
            List<Double> first = rule.as() == MetricRule.As.VALUE ? List.of(look.value()) : List.of();
            return new Side(look, whole, recent, first, 1);
        }
        Change change = rule.as() == MetricRule.As.QUANTILE ? look.histogramSince(last) : look.since(last);
        List<Change> changes = kept(recent, change);
        double measured = measured(rule, look, enough(rule, sum(changes), whole.and(change)));
        return new Side(
                look, whole.and(change), changes, Double.isNaN(measured) ? values : kept(values, measured), looks + 1);
    }

    /** NaN where nothing can be said. */
    private static double measured(MetricRule rule, Look look, Change changed) {
        return switch (rule.as()) {
            case VALUE -> look.value();
            case QUANTILE -> changed.buckets().quantile(Objects.requireNonNull(rule.quantile()));
            case RATE, RATIO -> rule.counts() ? Double.NaN : part(rule, changed);
        };
    }

    /** The latest looks if they saw enough, else all: one slow answer must not be all that five looks in a row know of. */
    private static Change enough(MetricRule rule, Change latest, Change all) {
        return latest.of() >= rule.eventsMin() ? latest : all;
    }

    /** A rate or ratio out of what was added; NaN where nothing was to be added to. */
    static double part(MetricRule rule, Change change) {
        double by = rule.as() == MetricRule.As.RATE ? change.seconds() : change.of();
        return by > 0 ? change.added() / by : Double.NaN;
    }

    /** What was added at the latest look. */
    Change latest() {
        return recent.isEmpty() ? Change.NONE : recent.getLast();
    }

    /** What was added over the latest looks together. */
    Change lately() {
        return sum(recent);
    }

    double least() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElse(Double.NaN);
    }

    double most() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
    }

    private static Change sum(List<Change> changes) {
        return changes.stream().reduce(Change.NONE, Change::and);
    }

    private static <T> List<T> kept(List<T> before, T more) {
        List<T> all = new ArrayList<>(before);
        all.add(more);
        return all.subList(Math.max(0, all.size() - Course.IN_A_ROW), all.size());
    }
}
