package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one of a program's own metrics has to be. All series of its name that have the labels count together.
 *
 * @param name as the program writes it, 1 to {@value #NAME_CHARACTERS_MAX} characters
 * @param labels which of its series, at most {@value #LABELS_MAX}; a series may have others beside them
 * @param as what is looked at
 * @param of what a ratio is of, likewise a name; null unless {@code as} is RATIO
 * @param ofLabels which of those series, likewise
 * @param sense which side of its bound is good
 * @param bound a number, a number a second, or a share (1 is all), by {@code as}; so many times what the version beside it
 *     has, where {@code beside} is set, 0.001 to 1,000
 * @param beside whether it is compared with the version beside it; else the bound is absolute
 * @param absentIsZero whether series that are not there count as 0; else they are no data. Not for what a ratio is of
 * @param quantile which one of a histogram, above 0 and below 1; null unless {@code as} is QUANTILE
 * @param atLeast how many events a ratio or quantile has to be of before anything is said of it, 1 to {@value #EVENTS_MAX};
 *     null is {@value #EVENTS_DEFAULT}, and so it is for anything else
 * @param freshWithin how old a value may be where the program says of when it is, 1 s to 24 h; null is {@link #FRESH_WITHIN}
 */
public record MetricRule(
        String name,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, String> labels,

        As as,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String of,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        Map<String, String> ofLabels,

        Sense sense,
        double bound,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean beside,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean absentIsZero,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double quantile,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer atLeast,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Duration freshWithin) {
    public static final int EVENTS_DEFAULT = 20;
    public static final int EVENTS_MAX = 1_000_000;
    public static final int RULES_MAX = 10;
    public static final int NAME_CHARACTERS_MAX = 200;
    public static final int LABELS_MAX = 10;
    public static final Duration FRESH_WITHIN = Duration.ofMinutes(5);
    private static final Duration FRESH_WITHIN_MIN = Duration.ofSeconds(1);
    private static final Duration FRESH_WITHIN_MAX = Duration.ofHours(24);
    private static final int VALUE_CHARACTERS_MAX = 200;
    private static final double BOUND_MAX = 1e15;
    private static final double TIMES_MIN = 0.001;
    private static final double TIMES_MAX = 1_000;
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final Pattern AMOUNT =
            Pattern.compile(".*_(bytes|seconds|joules|grams|meters|volts|amperes)(_total)?|.*_sum");

    /** What is looked at. */
    public enum As {
        /** What it is: of a gauge. */
        VALUE,
        /** What it grows by each second: of a counter. */
        RATE,
        /** What it grows by, of what another one grows by. */
        RATIO,
        /** What so much of what a histogram has counted lately stays below, as {@code histogram_quantile} estimates it. */
        QUANTILE
    }

    /** Which side of its bound is good. */
    public enum Sense {
        BELOW,
        ABOVE
    }

    public MetricRule {
        requireName("metrics.name", name);
        requireLabels("metrics.labels", labels);
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        Texts.requirePresent("metrics.as", as);
        Texts.requirePresent("metrics: below or above", sense);
        requireLabels("metrics.ofLabels", ofLabels);
        ofLabels = Collections.unmodifiableMap(new TreeMap<>(ofLabels));
        requireOf(name, as, of, ofLabels);
        requireBound(name, as, sense, bound, beside);
        requireEvents(name, as, absentIsZero, quantile, atLeast);
        freshWithin = freshness(freshWithin);
    }

    /** One whose values have to be as fresh as by default. */
    public MetricRule(
            String name,
            Map<String, String> labels,
            As as,
            @Nullable String of,
            Map<String, String> ofLabels,
            Sense sense,
            double bound,
            boolean beside,
            boolean absentIsZero,
            @Nullable Double quantile,
            @Nullable Integer atLeast) {
        this(name, labels, as, of, ofLabels, sense, bound, beside, absentIsZero, quantile, atLeast, null);
    }

    /** What is as by default is as if nothing were said. */
    static @Nullable Duration freshness(@Nullable Duration within) {
        if (within != null) {
            Ranges.require("metrics.freshWithin", within, FRESH_WITHIN_MIN, FRESH_WITHIN_MAX);
        }
        return FRESH_WITHIN.equals(within) ? null : within;
    }

    /** How old a value may be where the program says of when it is. */
    @JsonIgnore
    public Duration fresh() {
        return freshWithin == null ? FRESH_WITHIN : freshWithin;
    }

    /** One that has nothing to say of quantiles and of how many events are enough. */
    public MetricRule(
            String name,
            Map<String, String> labels,
            As as,
            @Nullable String of,
            Map<String, String> ofLabels,
            Sense sense,
            double bound,
            boolean beside,
            boolean absentIsZero) {
        this(name, labels, as, of, ofLabels, sense, bound, beside, absentIsZero, null, null);
    }

    private static void requireEvents(
            String name, As as, boolean absentIsZero, @Nullable Double quantile, @Nullable Integer atLeast) {
        if ((as == As.QUANTILE) != (quantile != null)) {
            throw new IllegalArgumentException(
                    as == As.QUANTILE
                            ? "metrics: say which quantile of " + name + " is meant, as in quantile: 0.95"
                            : "metrics: quantile is for a histogram; say as: quantile for " + name);
        }
        if (quantile != null && !(quantile > 0 && quantile < 1)) {
            throw new IllegalArgumentException("metrics.quantile must be above 0 and below 1, is " + quantile);
        }
        if (as == As.QUANTILE && absentIsZero) {
            throw new IllegalArgumentException(
                    "metrics: a histogram that is not there has no quantile; leave absent out for " + name);
        }
        if (atLeast != null) {
            if (as != As.RATIO && as != As.QUANTILE) {
                throw new IllegalArgumentException("metrics: atLeast is for a ratio or a quantile, and " + name
                        + " is looked at as " + as.name().toLowerCase(java.util.Locale.ROOT));
            }
            Ranges.require("metrics.atLeast", atLeast, 1, EVENTS_MAX);
        }
    }

    private static void requireOf(String name, As as, @Nullable String of, Map<String, String> ofLabels) {
        if (of != null) {
            requireName("metrics.of", of);
        }
        if ((as == As.RATIO) != (of != null)) {
            throw new IllegalArgumentException(
                    as == As.RATIO
                            ? "metrics: a ratio needs of: what " + name + " is compared with"
                            : "metrics: of is for a ratio; say as: ratio for " + name + " of " + of);
        }
        if (of == null && !ofLabels.isEmpty()) {
            throw new IllegalArgumentException("metrics: ofLabels are for a ratio, and " + name + " has no of");
        }
    }

    private static void requireBound(String name, As as, Sense sense, double bound, boolean beside) {
        if (beside && as == As.RATE) {
            throw new IllegalArgumentException("metrics: the rate of " + name
                    + " goes with its version's share of the traffic, and cannot be compared with the version beside it:"
                    + " say as: ratio, and of which metric");
        }
        if (beside && !(bound >= TIMES_MIN && bound <= TIMES_MAX)) {
            throw new IllegalArgumentException("metrics.beside must be 0.001 to 1000 times, is " + bound);
        }
        if (beside && (sense == Sense.BELOW ? bound < 1 : bound > 1)) {
            throw new IllegalArgumentException(
                    "metrics.beside: a version that is just as the one beside it must be within the limit, so below at least"
                            + " 1 times, or above at most 1 times; is " + bound);
        }
        if (!(Math.abs(bound) <= BOUND_MAX)) {
            throw new IllegalArgumentException("metrics.limit must be -1e15 to 1e15, is " + bound);
        }
        if ((as == As.RATE || as == As.RATIO) && !(bound > 0)) {
            throw new IllegalArgumentException("metrics.limit of a rate or ratio must be above 0, is " + bound
                    + "; for a counter that must not grow at all say as: value and the number that it stays below");
        }
    }

    private static void requireName(String what, String name) {
        Texts.requireLength(what, name, 1, NAME_CHARACTERS_MAX);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " must be letters, digits, underscores and colons, no digit first, is " + Texts.shown(name));
        }
    }

    private static void requireLabels(String what, Map<String, String> labels) {
        Ranges.require(what + ": their number", labels.size(), 0, LABELS_MAX);
        labels.forEach((label, value) -> {
            if (!LABEL.matcher(label).matches()) {
                throw new IllegalArgumentException(
                        what + " are letters, digits and underscores, no digit first, not " + Texts.shown(label));
            }
            Texts.requireLength(what + "." + label, value, 0, VALUE_CHARACTERS_MAX);
        });
    }

    /**
     * Whether it counts things that happen one by one, so that chance can be told from more of them. Seconds, bytes and
     * sums of a histogram grow by whatever there is to add.
     */
    @JsonIgnore
    public boolean counts() {
        return (as == As.RATE || as == As.RATIO) && !AMOUNT.matcher(name).matches();
    }

    /** How many events it has to be of before anything is said of it; 0 where it is of none. */
    @JsonIgnore
    public int eventsMin() {
        return switch (as) {
            case VALUE, RATE -> 0;
            case RATIO, QUANTILE -> atLeast == null ? EVENTS_DEFAULT : atLeast;
        };
    }

    /** What its series are called: those of a histogram are its buckets. */
    @JsonIgnore
    public String series() {
        return as == As.QUANTILE ? name + "_bucket" : name;
    }

    /** What is looked at, as in {@code jobs_failed_total{queue="mail"} of jobs_total}. */
    @JsonIgnore
    public String subject() {
        String series = series(name, labels);
        if (quantile != null) {
            return "quantile %s of %s".formatted(number(quantile), series);
        }
        return of == null ? series : series + " of " + series(of, ofLabels);
    }

    private static String series(String name, Map<String, String> labels) {
        return labels.isEmpty()
                ? name
                : name
                        + labels.entrySet().stream()
                                .map(label -> "%s=\"%s\"".formatted(label.getKey(), label.getValue()))
                                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** The limit, as in {@code < 5 %}, {@code < 2/s}, {@code < 1.2 times}. */
    @JsonIgnore
    public String limit() {
        String sign = sense == Sense.BELOW ? "< " : "> ";
        return sign + (beside ? number(bound) + " times" : shown(bound));
    }

    /** A value of it for people. */
    public String shown(double value) {
        return switch (as) {
            case VALUE, QUANTILE -> number(value);
            case RATE -> number(value) + "/s";
            case RATIO -> counts() ? number(100 * value) + " %" : number(value);
        };
    }

    /** Four digits that count, as people write them. */
    private static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return Double.toString(value);
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        int digits = 4;
        BigDecimal brief = exact.precision() > digits && exact.scale() > 0
                ? exact.round(new java.math.MathContext(Math.max(digits, exact.precision() - exact.scale())))
                : exact;
        return brief.signum() == 0 ? "0" : brief.stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        return subject() + (as == As.RATE ? " a second " : " ") + limit();
    }
}
