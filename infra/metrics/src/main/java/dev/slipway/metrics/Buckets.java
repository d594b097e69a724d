package dev.slipway.metrics;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a histogram has counted: how many were at most so much, by upper bound, each bucket with all that are below it.
 */
record Buckets(SortedMap<Double, Double> atMost) {
    static final Buckets NONE = new Buckets(Collections.emptySortedMap());
    private static final String BOUND = "le";

    Buckets {
        atMost = Collections.unmodifiableSortedMap(new TreeMap<>(atMost));
    }

    /** Whether all series say what their bound is, and there is one without. */
    static boolean readable(Collection<Map<String, String>> series) {
        boolean unbounded = false;
        for (Map<String, String> labels : series) {
            double bound = bound(labels);
            if (Double.isNaN(bound)) {
                return false;
            }
            unbounded |= bound == Double.POSITIVE_INFINITY;
        }
        return unbounded;
    }

    private static double bound(Map<String, String> labels) {
        String text = labels.getOrDefault(BOUND, "");
        try {
            return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
        } catch (NumberFormatException noNumber) {
            return Double.NaN;
        }
    }

    /** What was added from look to look, series by series; all with the same bound count together. */
    static Buckets added(Map<Map<String, String>, Double> before, Map<Map<String, String>, Double> now) {
        Map<Double, Double> sums = new HashMap<>();
        now.forEach((labels, count) ->
                sums.merge(bound(labels), Look.added(before.getOrDefault(labels, 0.0), count), Double::sum));
        return new Buckets(new TreeMap<>(sums));
    }

    Buckets and(Buckets more) {
        SortedMap<Double, Double> sums = new TreeMap<>(atMost);
        more.atMost.forEach((bound, count) -> sums.merge(bound, count, Double::sum));
        return new Buckets(sums);
    }

    /** How many in all. */
    double counted() {
        return atMost.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /** The highest bound that is one; negative infinity where there is none. */
    double highest() {
        SortedMap<Double, Double> bounded = atMost.headMap(Double.POSITIVE_INFINITY);
        return bounded.isEmpty() ? Double.NEGATIVE_INFINITY : bounded.lastKey();
    }

    /**
     * As Prometheus estimates it (histogram_quantile of classic histograms): the values of a bucket lie evenly between its
     * bounds, the first one begins at 0 unless its bound is not above that, and what lies above the highest bound counts as
     * that bound. Counts that fall from a bucket to the next, as they are not read at one moment, are taken as level.
     *
     * @return NaN where nothing was counted or there are fewer than two buckets
     */
    double quantile(double quantile) {
        if (atMost.size() < 2 || atMost.lastKey() != Double.POSITIVE_INFINITY || !(counted() > 0)) {
            return Double.NaN;
        }
        double rank = quantile * counted();
        double from = 0;
        double below = 0;
        boolean first = true;
        for (Map.Entry<Double, Double> bucket : atMost.entrySet()) {
            double to = bucket.getKey();
            double upTo = Math.max(below, bucket.getValue());
            if (to == Double.POSITIVE_INFINITY) {
                return from;
            }
            if (upTo >= rank) {
                return first && to <= 0 ? to : from + (to - from) * (rank - below) / (upTo - below);
            }
            from = to;
            below = upTo;
            first = false;
        }
        return Double.NaN;
    }
}
