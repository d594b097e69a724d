package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.FewDigits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;

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
        if (Math.abs(value) < LEAST) {
            return BigDecimal.ZERO;
        }
        BigDecimal few = FewDigits.shortest(value);
        return few == null ? BigDecimal.valueOf(value).round(DIGITS) : few;
    }

    /** As a double is written. */
    static BigDecimal shortest(double value) {
        BigDecimal few = FewDigits.shortest(value);
        return few == null ? BigDecimal.valueOf(value) : few;
    }

    /** By which power of ten a factor multiplies; nothing usual, 1, where it is none that is 1 or below. */
    static int power(BigDecimal factor) {
        return factor.precision() == 1
                        && factor.scale() >= 0
                        && factor.unscaledValue().equals(BigInteger.ONE)
                ? -factor.scale()
                : 1;
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
        double[] percents = new double[summary.size()];
        double[] values = new double[summary.size()];
        int count = 0;
        for (Map.Entry<String, Double> each : summary.entrySet()) {
            double percent = percent(each.getKey());
            for (int i = 0; i < count && percent >= 0; i++) {
                if ((percents[i] < percent && values[i] > each.getValue())
                        || (percents[i] > percent && values[i] < each.getValue())) {
                    return true;
                }
            }
            if (percent >= 0) {
                percents[count] = percent;
                values[count++] = each.getValue();
            }
        }
        return false;
    }

    /** Below 0 where the name is that of none. */
    private static double percent(String name) {
        if (!name.startsWith("p")) {
            return -1;
        }
        int percent = 0;
        for (int i = 1; i < name.length(); i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i > 3) {
                return parse(name.substring(1)).map(BigDecimal::doubleValue).orElse(-1.0);
            }
            percent = 10 * percent + digit;
        }
        return name.length() == 1 ? -1 : percent;
    }
}
