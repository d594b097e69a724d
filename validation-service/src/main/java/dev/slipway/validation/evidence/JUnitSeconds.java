package dev.slipway.validation.evidence;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * How long a test took, as reports of the JUnit kind write it. Some tools write thousands with a comma; a time that cannot be
 * read says nothing about the tests.
 */
final class JUnitSeconds {
    private static final int NUMBER_CHARS_MAX = 24;
    private static final int NANOS = 9;
    private static final long TEN = 10;
    /** Of the seconds that a long holds in nanoseconds. */
    private static final int WHOLE_DIGITS_MAX = 9;

    private static final Pattern SECONDS = Pattern.compile("[0-9][0-9,]*(\\.[0-9]*)?([eE][-+]?[0-9]{1,3})?");

    private JUnitSeconds() {}

    /** To nine digits; 0 for what cannot be read. */
    static BigDecimal of(String text) {
        String stripped = text.strip();
        if (stripped.length() > NUMBER_CHARS_MAX || !SECONDS.matcher(stripped).matches()) {
            return BigDecimal.ZERO;
        }
        BigDecimal seconds = new BigDecimal(stripped.replace(",", ""));
        return seconds.precision() - seconds.scale() > NUMBER_CHARS_MAX
                ? BigDecimal.ZERO
                : seconds.setScale(NANOS, RoundingMode.HALF_UP);
    }

    /** Adds what {@link #of} says. */
    static void add(String text, TestCounts to) {
        long nanos = nanos(text);
        if (nanos >= 0) {
            to.tookNanos(nanos);
        } else {
            to.took(of(text));
        }
    }

    /** Of digits with at most one point within, as nearly all write it; below 0 for any other. */
    private static long nanos(String text) {
        int length = text.length();
        if (length == 0 || text.charAt(0) == '.') {
            return length == 0 ? 0 : -1;
        }
        long digits = 0;
        int whole = -1;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9' && i < WHOLE_DIGITS_MAX + NANOS) {
                digits = TEN * digits + (c - '0');
            } else if (c == '.' && whole < 0) {
                whole = i;
            } else {
                return -1;
            }
        }
        int behind = whole < 0 ? 0 : length - 1 - whole;
        if (length - behind > WHOLE_DIGITS_MAX || behind > NANOS) {
            return -1;
        }
        for (int i = behind; i < NANOS; i++) {
            digits *= TEN;
        }
        return digits;
    }
}
