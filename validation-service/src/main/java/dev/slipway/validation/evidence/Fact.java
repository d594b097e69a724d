package dev.slipway.validation.evidence;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonFormat;
import dev.slipway.contracts.Texts;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * One number that a report says.
 *
 * @param name dotted, for example {@code tests.failed}, 1 to 100 characters
 * @param value exact decimal, without trailing zeros, at most 60 digits; written as text so that no store rounds it
 */
public record Fact(
        String name,
        @JsonFormat(shape = JsonFormat.Shape.STRING) BigDecimal value,
        Unit unit) {
    private static final int DIGITS_MAX = 60;
    private static final int SHORT = 18;
    private static final int SHARE_DIGITS = 4;

    public Fact {
        Texts.requireLength("A fact's name", name, 1, 100);
        value = plain(value);
    }

    public static Fact count(String name, long value) {
        return new Fact(name, BigDecimal.valueOf(value), Unit.COUNT);
    }

    /**
     * A part of a whole as a percentage, rounded down: what is below a limit never reaches it.
     *
     * @param valid above 0
     */
    public static Fact share(String name, long covered, long valid) {
        BigDecimal percent = BigDecimal.valueOf(covered)
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(valid), SHARE_DIGITS, RoundingMode.DOWN);
        return new Fact(name, percent, Unit.PERCENT);
    }

    /** One form for one number, so that equal numbers are equal facts. */
    private static BigDecimal plain(BigDecimal value) {
        if (value.scale() == 0 && value.precision() <= SHORT) {
            return value; // nearly all
        }
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.precision() > DIGITS_MAX || Math.abs(stripped.scale()) > DIGITS_MAX) {
            throw new IllegalArgumentException("A fact's value has at most " + DIGITS_MAX + " digits");
        }
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    @Override
    public String toString() {
        return name + " " + value.toPlainString() + (unit == Unit.PERCENT ? "%" : "");
    }

    /** What a number counts, and what is said of several reports. */
    public enum Unit {
        /** Counts add up. */
        COUNT,
        /** Time that was spent, in seconds; it adds up. */
        SECONDS,
        /** Of several percentages nothing can be said. */
        PERCENT,
        /** How something ended, 0 for well; of several the largest counts. */
        STATUS,
        /** How bad something is; of several the largest counts. */
        SCORE,
        /** How long somebody waits, in seconds; of several the longest counts. */
        LATENCY,
        /** How long something went on, in seconds; of several the shortest counts, and where one does not say it nothing. */
        DURATION,
        /** How many a second; of several nothing can be said. */
        RATE,
        /** Any other number; of several nothing can be said. */
        NUMBER,
        @JsonEnumDefaultValue
        UNKNOWN;

        /** Whether what several reports say together may be more than what one of them says. */
        public boolean mayRise() {
            return addsUp() || largestCounts();
        }

        boolean addsUp() {
            return this == COUNT || this == SECONDS;
        }

        boolean largestCounts() {
            return this == STATUS || this == SCORE || this == LATENCY;
        }

        boolean smallestCounts() {
            return this == DURATION;
        }
    }
}
