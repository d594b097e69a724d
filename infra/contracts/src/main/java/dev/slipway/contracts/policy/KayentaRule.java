package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a gate asks of the judge of Spinnaker's Kayenta over the measurements of a release and those of the last verified one
 * (ADR 76): each metric is Pass, High or Low, metrics stand in groups, and the weighted sum of the groups is a score of 0 to 100.
 *
 * @param pass the score from which it passes, above 0 to 100
 * @param marginal the score at or below which it fails at once, 0 and above, below {@code pass}; between the two it can say neither
 * @param groups what a group weighs, at most {@value #GROUPS_MAX} of them, together at most 100; those that are not named share
 *     what is left
 * @param metrics what is said of a metric, at most {@value #METRICS_MAX}; of several that fit the first counts
 */
public record KayentaRule(
        double pass,
        double marginal,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Group> groups,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Metric> metrics) {
    public static final double PASS_DEFAULT = 95;
    public static final double MARGINAL_DEFAULT = 75;

    /** As Kayenta judges unless told otherwise. */
    public static final KayentaRule DEFAULT = new KayentaRule(PASS_DEFAULT, MARGINAL_DEFAULT, List.of(), List.of());

    /** The fact that says the score. Kinds of evidence that may say it can be judged so. */
    public static final String SCORE = "baseline.kayenta";

    static final int GROUPS_MAX = 20;
    static final int METRICS_MAX = 100;
    private static final double WHOLE = 100;
    private static final int NAMED_MAX = 5;

    public KayentaRule {
        groups = List.copyOf(groups);
        metrics = List.copyOf(metrics);
        if (!(pass > 0 && pass <= WHOLE)) {
            throw new IllegalArgumentException("kayenta.pass must be above 0 and at most 100, is " + number(pass));
        }
        if (!(marginal >= 0 && marginal < pass)) {
            throw new IllegalArgumentException(
                    "kayenta.marginal, at or below which it fails, must be 0 to below pass (%s), is %s"
                            .formatted(number(pass), number(marginal)));
        }
        Ranges.require("kayenta.groups: their number", groups.size(), 0, GROUPS_MAX);
        Ranges.require("kayenta.metrics: their number", metrics.size(), 0, METRICS_MAX);
        Policy.requireOnce(
                "kayenta.groups: each group", groups.stream().map(Group::name).toList());
        Policy.requireOnce(
                "kayenta.metrics: each metric",
                metrics.stream().map(Metric::name).toList());
        double weight = groups.stream().mapToDouble(Group::weight).sum();
        if (weight > WHOLE) {
            throw new IllegalArgumentException(
                    "kayenta.groups: the weights may add up to 100, and are " + number(weight));
        }
    }

    /** @param weight of the whole, in percent, above 0 to 100 */
    public record Group(String name, double weight) {
        public Group {
            Texts.requireLength("kayenta.groups: a name", name, 1, 60);
            if (!(weight > 0 && weight <= WHOLE)) {
                throw new IllegalArgumentException(
                        "kayenta.groups: a weight must be above 0 and at most 100, is " + number(weight));
            }
        }
    }

    /** Which change counts. Closed: a policy is an order. */
    public enum Direction {
        INCREASE,
        DECREASE,
        EITHER
    }

    /** How much of a change there is. Closed: a policy is an order. */
    public enum Effect {
        /** The ratio of the means: 1 is no change. */
        MEAN_RATIO,
        /** The chance that a value of now is the larger one (common-language effect size): 0.5 is no change. */
        CLES
    }

    /** What becomes of values that are not there. Closed: a policy is an order. */
    public enum Missing {
        REMOVE,
        /** They count as 0; a metric that one side has not at all is 0 there. */
        ZERO
    }

    /** What becomes of values far from all others. Closed: a policy is an order. */
    public enum Outliers {
        KEEP,
        /** Those outside [min(P1, Q1 - 3 IQR), max(P99, Q3 + 3 IQR)] of their side are left out. */
        REMOVE
    }

    /**
     * What is said of the metrics of some benchmarks.
     *
     * @param name benchmark and metric with a blank between, as the comparison names them; {@code *} is any text; 1 to 400 characters
     * @param group where it counts, or null for the group that is called as the metric is, 1 to 60 characters
     * @param direction which change counts, or null for the one for the worse
     * @param critical where it does not pass the whole score is 0
     * @param mustHaveData where there are no values it counts as one that does not pass
     * @param muted it is told and does not count
     * @param allowedIncrease effect from which a rise counts: of the ratio 1 to 1,000, of the chance 0.5 to 1; null for no change
     * @param allowedDecrease effect up to which a fall counts: of the ratio above 0 to 1, of the chance 0 to 0.5; null for as much
     *     as {@code allowedIncrease}, the other way round
     */
    public record Metric(
            String name,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String group,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Direction direction,

            boolean critical,
            boolean mustHaveData,
            boolean muted,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double allowedIncrease,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Double allowedDecrease,

            Effect effect,
            Missing missing,
            Outliers outliers) {
        private static final double RATIO_MAX = 1_000;
        private static final double EVEN = 0.5;

        public Metric {
            Texts.requireLength("kayenta.metrics: a name", name, 1, 400);
            if (group != null) {
                Texts.requireLength("kayenta.metrics.group", group, 1, 60);
            }
            Texts.requirePresent("kayenta.metrics.effect", effect);
            Texts.requirePresent("kayenta.metrics.missing", missing);
            Texts.requirePresent("kayenta.metrics.outliers", outliers);
            if (muted && (critical || mustHaveData)) {
                throw new IllegalArgumentException(
                        "kayenta.metrics: %s is muted, so it cannot be critical and need not have data"
                                .formatted(Texts.shown(name)));
            }
            boolean ratio = effect == Effect.MEAN_RATIO;
            requireBetween("allowedIncrease", allowedIncrease, ratio ? 1 : EVEN, ratio ? RATIO_MAX : 1);
            requireBetween("allowedDecrease", allowedDecrease, ratio ? 1 / RATIO_MAX : 0, ratio ? 1 : EVEN);
        }

        /** One of which nothing is said. */
        public static Metric named(String name) {
            return new Metric(
                    name,
                    null,
                    null,
                    false,
                    false,
                    false,
                    null,
                    null,
                    Effect.MEAN_RATIO,
                    Missing.REMOVE,
                    Outliers.KEEP);
        }

        private static void requireBetween(String what, @Nullable Double value, double min, double max) {
            if (value != null && !(value >= min && value <= max)) {
                throw new IllegalArgumentException("kayenta.metrics.%s must be %s to %s, is %s"
                        .formatted(what, number(min), number(max), number(value)));
            }
        }

        /** The effect from which a rise counts. */
        @JsonIgnore
        public double rise() {
            return allowedIncrease != null ? allowedIncrease : effect == Effect.MEAN_RATIO ? 1 : EVEN;
        }

        /** The effect up to which a fall counts. */
        @JsonIgnore
        public double fall() {
            return allowedDecrease != null ? allowedDecrease : effect == Effect.MEAN_RATIO ? 1 / rise() : 1 - rise();
        }

        /** Whether the name is meant, a star in it standing for any text. */
        public boolean fits(String benchmarkAndMetric) {
            String[] parts = name.split("\\*", -1);
            if (parts.length == 1) {
                return name.equals(benchmarkAndMetric);
            }
            String last = parts[parts.length - 1];
            if (!benchmarkAndMetric.startsWith(parts[0])) {
                return false;
            }
            int from = parts[0].length();
            for (int i = 1; i < parts.length - 1; i++) {
                int at = benchmarkAndMetric.indexOf(parts[i], from);
                if (at < 0) {
                    return false;
                }
                from = at + parts[i].length();
            }
            return benchmarkAndMetric.length() - last.length() >= from && benchmarkAndMetric.endsWith(last);
        }
    }

    /**
     * Requires that a gate looks at measurements.
     *
     * @throws IllegalArgumentException if it looks at anything that has no such score
     */
    static void requireFit(String id, @Nullable String evidence, @Nullable KayentaRule kayenta) {
        if (kayenta != null && (evidence == null || !isFor(evidence))) {
            throw new IllegalArgumentException(
                    "gate %s: kayenta compares measurements, for evidence of benchmarks and load tests such as jmh"
                            .formatted(id));
        }
    }

    /** Whether evidence of the kind can be judged so. */
    public static boolean isFor(String kind) {
        return EvidenceKinds.shipped()
                .of(kind)
                .filter(names -> names.units().containsKey(SCORE))
                .isPresent();
    }

    /** What is said of a metric; the first that fits. */
    public Optional<Metric> of(String benchmarkAndMetric) {
        return metrics.stream()
                .filter(metric -> metric.fits(benchmarkAndMetric))
                .findFirst();
    }

    /** What it asks, for people. */
    @JsonIgnore
    public String text() {
        List<String> parts = new ArrayList<>(
                List.of("Kayenta's score >= %s, at or below %s it fails".formatted(number(pass), number(marginal))));
        if (!groups.isEmpty()) {
            parts.add(groups.stream()
                    .map(group -> group.name() + " " + number(group.weight()))
                    .collect(Collectors.joining(", ", "weights: ", "")));
        }
        List<String> critical =
                metrics.stream().filter(Metric::critical).map(Metric::name).toList();
        if (!critical.isEmpty()) {
            parts.add("critical: "
                    + critical.stream().limit(NAMED_MAX).collect(Collectors.joining(", "))
                    + (critical.size() > NAMED_MAX ? " and %d more".formatted(critical.size() - NAMED_MAX) : ""));
        }
        return Texts.brief(String.join("; ", parts), 500);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.valueOf((long) value)
                : String.format(Locale.ROOT, "%s", value);
    }
}
