package dev.slipway.validation.evidence.tests;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long something took, in the ways in which reports write it. A time that cannot be read says nothing about the tests. */
final class Seconds {
    private static final int CHARS_MAX = 40;
    private static final int DIGITS_MAX = 24;
    private static final int NANO_DIGITS = 9;
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,24}(\\.[0-9]*)?([eE][-+]?[0-9]{1,3})?");
    private static final Pattern CLOCK =
            Pattern.compile("(?:([0-9]{1,6})\\.)?([0-9]{1,6}):([0-9]{1,2}):([0-9]{1,2}(?:\\.[0-9]{1,9})?)");

    private Seconds() {}

    /** As in {@code 0.125}. */
    static BigDecimal decimal(String text) {
        if (text.length() > CHARS_MAX || !DECIMAL.matcher(text).matches()) {
            return BigDecimal.ZERO;
        }
        BigDecimal seconds = new BigDecimal(text);
        return seconds.precision() - seconds.scale() > DIGITS_MAX
                ? BigDecimal.ZERO
                : seconds.setScale(NANO_DIGITS, RoundingMode.HALF_UP);
    }

    /** As in {@code 00:01:02.5}, days before it with a point. */
    static BigDecimal clock(String text) {
        Matcher clock = CLOCK.matcher(text.length() > CHARS_MAX ? "" : text);
        if (!clock.matches()) {
            return BigDecimal.ZERO;
        }
        long days = clock.group(1) == null ? 0 : Long.parseLong(clock.group(1));
        long minutes = (days * 24 + Long.parseLong(clock.group(2))) * 60 + Long.parseLong(clock.group(3));
        return BigDecimal.valueOf(minutes * 60).add(new BigDecimal(clock.group(4)));
    }

    /** As in {@code PT1.5S}. */
    static BigDecimal iso(String text) {
        try {
            return text.length() > CHARS_MAX ? BigDecimal.ZERO : of(Duration.parse(text));
        } catch (DateTimeException unreadable) {
            return BigDecimal.ZERO;
        }
    }

    /** Of two moments as in {@code 2026-11-28T17:53:49.35Z}. */
    static BigDecimal between(String start, String end) {
        try {
            return start.length() > CHARS_MAX || end.length() > CHARS_MAX
                    ? BigDecimal.ZERO
                    : of(Duration.between(OffsetDateTime.parse(start), OffsetDateTime.parse(end)));
        } catch (DateTimeException | ArithmeticException unreadable) {
            return BigDecimal.ZERO;
        }
    }

    private static BigDecimal of(Duration duration) {
        return duration.isNegative()
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS));
    }
}
