package dev.slipway.validation.evidence;

import java.math.BigDecimal;

/**
 * A number of at most {@value #CHARS_MAX} characters without an exponent, as nearly all in reports are: what it is worth is told
 * from its digits, which are below 2^53, and there is no {@code BigDecimal} to be parsed.
 */
public final class FewDigits {
    private static final int CHARS_MAX = 15;
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
     * @param number one as JSON writes it
     * @return false where it is longer or has an exponent; then nothing else may be asked
     */
    boolean take(char[] number, int from, int length) {
        if (length > CHARS_MAX) {
            return false;
        }
        boolean negative = number[from] == '-';
        int end = from + length;
        int point = end;
        long all = 0;
        for (int i = negative ? from + 1 : from; i < end; i++) {
            int digit = number[i] - '0';
            if (digit >= 0 && digit <= 9) {
                all = 10 * all + digit;
            } else if (number[i] == '.') {
                point = i + 1;
            } else {
                return false;
            }
        }
        digits = negative ? -all : all;
        scale = end - point;
        return true;
    }

    BigDecimal exact() {
        return BigDecimal.valueOf(digits, scale);
    }

    /** Whether {@link #nearest(int)} may be asked with this power. */
    boolean isNear(int power) {
        return isNearest(scale - power);
    }

    /** Times a power of ten. */
    double nearest(int power) {
        return nearest(digits, scale - power);
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
