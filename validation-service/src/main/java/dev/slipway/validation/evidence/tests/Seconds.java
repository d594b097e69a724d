package dev.slipway.validation.evidence.tests;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long something took, in the ways in which reports write it. A time that cannot be read says nothing about the tests. */
final class Seconds {
    private static final int CHARS_MAX = 40;
    private static final int DIGITS_MAX = 24;
    private static final int NANO_DIGITS = 9;
    /** As in {@code 2026-11-28T17:53:49Z}, and with nine digits behind a point. */
    private static final int SHORTEST_MOMENT = 20;

    private static final int LONGEST_MOMENT = 30;
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
            long from = nanos(start);
            long to = nanos(end);
            if (from >= 0 && to >= 0) {
                return BigDecimal.valueOf(Math.max(0, to - from), NANO_DIGITS);
            }
            return start.length() > CHARS_MAX || end.length() > CHARS_MAX
                    ? BigDecimal.ZERO
                    : of(Duration.between(OffsetDateTime.parse(start), OffsetDateTime.parse(end)));
        } catch (DateTimeException | ArithmeticException unreadable) {
            return BigDecimal.ZERO;
        }
    }

    /**
     * Nanoseconds since 1970 of a moment in UTC, as nearly all write it; below 0 for any other.
     *
     * @throws DateTimeException where there is no such day
     */
    private static long nanos(String text) {
        int length = text.length();
        boolean usual = length >= SHORTEST_MOMENT
                && length <= LONGEST_MOMENT
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(length - 1) == 'Z';
        if (!usual || (length > SHORTEST_MOMENT && (text.charAt(19) != '.' || length == SHORTEST_MOMENT + 1))) {
            return -1;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        int nano = length == SHORTEST_MOMENT ? 0 : digits(text, 20, length - 1);
        if (year < 1970 || year > 2200 || month < 0 || day < 0 || nano < 0) {
            return -1;
        }
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return -1;
        }
        for (int i = length; i < LONGEST_MOMENT && length > SHORTEST_MOMENT; i++) {
            nano *= 10;
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400 + (hour * 60 + minute) * 60L + second;
        return seconds * 1_000_000_000 + nano;
    }

    /** At most nine; below 0 where one is none. */
    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static BigDecimal of(Duration duration) {
        return duration.isNegative()
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), NANO_DIGITS));
    }
}
