package dev.slipway.validation.evidence.performance;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Numbers that something can be measured with, in one unit for each dimension: seconds, and a second. */
final class Quantity {
    static final BigDecimal NANO = BigDecimal.ONE.scaleByPowerOfTen(-9);
    static final BigDecimal MICRO = BigDecimal.ONE.scaleByPowerOfTen(-6);
    static final BigDecimal MILLI = BigDecimal.ONE.scaleByPowerOfTen(-3);

    private static final double MOST = 1e15;
    private static final double LEAST = 1e-40;
    private static final int CHARS_MAX = 40;
    /** What two decimals became by sums and factors is not told. */
    private static final MathContext DIGITS = new MathContext(15);

    /** Seconds in a unit of time. */
    private static final Map<String, BigDecimal> SECONDS = Map.of(
            "ns",
            NANO,
            "us",
            MICRO,
            "µs",
            MICRO,
            "ms",
            MILLI,
            "s",
            BigDecimal.ONE,
            "m",
            BigDecimal.valueOf(60),
            "min",
            BigDecimal.valueOf(60),
            "h",
            BigDecimal.valueOf(3_600),
            "hr",
            BigDecimal.valueOf(3_600),
            "day",
            BigDecimal.valueOf(86_400));

    private Quantity() {}

    /** @return nothing where nobody could measure so much or so little */
    static Optional<Double> of(BigDecimal value, BigDecimal factor) {
        double scaled = value.multiply(factor).doubleValue();
        boolean vanishes = scaled == 0 && value.signum() != 0;
        return isSane(scaled) && !vanishes ? Optional.of(scaled) : Optional.empty();
    }

    /** Whether somebody could measure so much or so little. */
    static boolean isSane(double scaled) {
        double size = Math.abs(scaled);
        return size <= MOST && (size >= LEAST || size == 0); // what is no number is neither
    }

    /** For a fact; what is next to nothing is nothing. */
    static BigDecimal decimal(double value) {
        return Math.abs(value) < LEAST
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(value).round(DIGITS);
    }

    /** @param text digits with at most one point; thousands may be parted by commas; an exponent may follow */
    static Optional<BigDecimal> parse(String text) {
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        return e < 0
                ? digits(text)
                : digits(text.substring(0, e)).flatMap(base -> exponent(base, text.substring(e + 1)));
    }

    private static Optional<BigDecimal> exponent(BigDecimal base, String text) {
        boolean legal = text.matches("[+-]?[0-9]{1,3}");
        return legal ? Optional.of(base.scaleByPowerOfTen(Integer.parseInt(text))) : Optional.empty();
    }

    private static Optional<BigDecimal> digits(String text) {
        String digits = text.indexOf(',') > 0 ? text.replace(",", "") : text;
        if (digits.isEmpty() || digits.length() > CHARS_MAX) {
            return Optional.empty();
        }
        int points = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            points += digit == '.' ? 1 : 0;
            if ((digit < '0' || digit > '9') && digit != '.') {
                return Optional.empty();
            }
        }
        return points > 1 || digits.length() == points ? Optional.empty() : Optional.of(new BigDecimal(digits));
    }

    /** A time with its unit behind it: {@code 635.91us}. */
    static Optional<Double> time(String text) {
        int unit = 0;
        while (unit < text.length() && (Character.isDigit(text.charAt(unit)) || text.charAt(unit) == '.')) {
            unit++;
        }
        BigDecimal factor = SECONDS.get(text.substring(unit));
        return factor == null
                ? Optional.empty()
                : parse(text.substring(0, unit)).flatMap(value -> of(value, factor));
    }

    static Optional<BigDecimal> seconds(String unit) {
        return Optional.ofNullable(SECONDS.get(unit));
    }

    /** Whether the percentiles among the names ({@code p50}, {@code p99.9}) fall where they should rise. */
    static boolean falls(Map<String, Double> summary) {
        SequencedMap<BigDecimal, Double> percentiles = new TreeMap<>();
        summary.forEach((name, value) -> {
            if (name.startsWith("p")) {
                parse(name.substring(1)).ifPresent(percent -> percentiles.put(percent, value));
            }
        });
        double before = Double.NEGATIVE_INFINITY;
        for (double value : percentiles.values()) {
            if (value < before) {
                return true;
            }
            before = value;
        }
        return false;
    }
}
