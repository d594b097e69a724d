package dev.slipway.validation.evidence;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A number of at most {@value #CHARS_MAX} characters without an exponent, as nearly all in reports are: what it is worth is told
 * from its digits, which are below 2^53, and there is no {@code BigDecimal} to be parsed.
 */
public final class FewDigits {
    private static final int CHARS_MAX = 15;
    /** Instead of a scale. */
    private static final int MANY = -1_000;
    /** A double of more has many digits nearly always. */
    private static final int SHORT_SCALE_MAX = 9;
    /** As a double has them exactly: one of few digits divided by one of them is rounded once, so it is the nearest. */
    private static final double[] TENS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private long digits;
    private int scale;

    /**
     * Takes in a number.
     *
     * @param document JSON, with a number that is one at this place
     */
    void take(byte[] document, int from) {
        boolean negative = document[from] == '-';
        int end = Math.min(document.length, from + CHARS_MAX + 1);
        int point = 0;
        long all = 0;
        int i = negative ? from + 1 : from;
        for (; i < end; i++) {
            int each = document[i];
            if (each >= '0' && each <= '9') {
                all = 10 * all + (each - '0');
            } else if (each == '.') {
                point = i;
            } else {
                break;
            }
        }
        digits = negative ? -all : all;
        boolean whole = i - from <= CHARS_MAX && (i == document.length || !isOfNumber(document[i]));
        scale = !whole ? MANY : point == 0 ? 0 : i - point - 1;
    }

    /** Whether numbers have such a character in them. */
    static boolean isOfNumber(byte each) {
        return (each >= '0' && each <= '9') || each == '.' || each == 'e' || each == 'E' || each == '-' || each == '+';
    }

    /** Whether it is one; else nothing further may be asked. */
    boolean isFew() {
        return scale >= 0;
    }

    /** Whether there is no point in it. */
    boolean isWhole() {
        return scale == 0;
    }

    long whole() {
        return digits;
    }

    BigDecimal exact() {
        return BigDecimal.valueOf(digits, scale);
    }

    /** Whether it is one, and {@link #nearest(int)} may be asked with this power, which is above -1,000. */
    boolean isNear(int power) {
        return isNearest(scale - power);
    }

    /** Times a power of ten. */
    double nearest(int power) {
        return nearest(digits, scale - power);
    }

    /**
     * The decimal of the fewest digits to which a double is the nearest, as {@link BigDecimal#valueOf(double)} tells it: no two
     * decimals of at most 15 digits have the same nearest double, so the first that is found is it.
     *
     * @return null where it has more digits than that, or too many behind its point
     */
    public static @Nullable BigDecimal shortest(double value) {
        for (int scale = 0; scale <= SHORT_SCALE_MAX; scale++) {
            double scaled = value * TENS[scale];
            if (!(Math.abs(scaled) < TENS[CHARS_MAX])) {
                return null;
            }
            long digits = (long) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
            if (digits / TENS[scale] == value) {
                return BigDecimal.valueOf(digits, scale);
            }
        }
        return null;
    }

    /** Whether {@link #nearest(long, int)} may be asked with this scale. */
    public static boolean isNearest(int scale) {
        return scale >= 0 && scale < TENS.length;
    }

    /**
     * The double nearest to a decimal.
     *
     * @param digits all of it without its point, below 2^53
     * @param scale how many of them stand behind the point
     */
    public static double nearest(long digits, int scale) {
        return digits / TENS[scale];
    }
}
