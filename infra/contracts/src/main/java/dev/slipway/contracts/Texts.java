package dev.slipway.contracts;

import org.jspecify.annotations.Nullable;

/** Checks of text values, with messages that name the value's role and the limit. */
public final class Texts {
    private static final int SHOWN_CHARS_MAX = 60;

    private Texts() {}

    /**
     * Requires a value: JSON may leave out or null what Java's types promise.
     *
     * @throws IllegalArgumentException if it is null
     */
    public static void requirePresent(String what, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(what + " is missing");
        }
    }

    /** A text for a message: quoted, shortened to 60 characters, without control characters. */
    public static String shown(@Nullable String value) {
        if (value == null) {
            return "nothing";
        }
        String brief = value.length() > SHOWN_CHARS_MAX ? value.substring(0, SHOWN_CHARS_MAX) + "..." : value;
        return '"' + brief.replaceAll("\\p{Cntrl}", "?") + '"';
    }

    /**
     * Requires a text of a certain length without control characters.
     *
     * @throws IllegalArgumentException if it is shorter, longer or has a control character
     */
    public static String requireLength(String what, String value, int min, int max) {
        requirePresent(what, value);
        if (value.length() < min || value.length() > max) {
            throw new IllegalArgumentException(
                    "%s must have %d to %d characters, has %d".formatted(what, min, max, value.length()));
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " must not contain control characters");
        }
        return value;
    }
}
