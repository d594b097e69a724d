package dev.slipway.validation.evidence;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonFormat;
import dev.slipway.contracts.Texts;
import java.math.BigDecimal;

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

    public Fact {
        Texts.requireLength("A fact's name", name, 1, 100);
        value = plain(value);
    }

    public static Fact count(String name, long value) {
        return new Fact(name, BigDecimal.valueOf(value), Unit.COUNT);
    }

    /** One form for one number, so that equal numbers are equal facts. */
    private static BigDecimal plain(BigDecimal value) {
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

    /** What a number counts. Counts and seconds of several reports add up; percentages do not. */
    public enum Unit {
        COUNT,
        SECONDS,
        PERCENT,
        /** How something ended, 0 for well; of several the largest counts. */
        STATUS,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
