package dev.slipway.validation.evidence;

import dev.slipway.validation.evidence.JUnitSuite.Claims;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The attributes of the element where a parser stands, as reports of the JUnit kind mean them. */
final class JUnitAttributes {
    private static final int NUMBER_CHARS_MAX = 24;
    private static final int NANOS = 9;
    /** Digits that a long holds. */
    private static final int PLAIN_CHARS_MAX = 18;

    private static final Pattern SECONDS = Pattern.compile("[0-9][0-9,]*(\\.[0-9]*)?([eE][-+]?[0-9]{1,3})?");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,10}");

    private final XmlPull xml;

    JUnitAttributes(XmlPull xml) {
        this.xml = xml;
    }

    /** A number that is none. */
    static final class NotACount extends Exception {
        private static final long serialVersionUID = 1L;

        private final String attribute;
        private final String text;

        NotACount(String attribute, String text) {
            super(attribute);
            this.attribute = attribute;
            this.text = text;
        }

        String attribute() {
            return attribute;
        }

        String text() {
            return text;
        }
    }

    /** Empty where it does not stand there. */
    String text(String attribute) {
        return xml.attribute(attribute);
    }

    /** Whatever namespace it has: where a schema is stands under a prefix. */
    @Nullable
    String optional(String attribute) {
        return xml.optional(attribute);
    }

    /** By which a test is known within its suite. */
    String key() {
        String className = text("classname").isEmpty() ? text("class") : text("classname");
        return text("file") + "\n" + className + "\n" + text("name");
    }

    /** What people call the test with such a key. */
    static String called(String key) {
        String[] parts = key.split("\n", 3);
        return (parts[0].isEmpty() ? "" : parts[0] + ": ") + (parts[1].isEmpty() ? "" : parts[1] + ".") + parts[2];
    }

    /** All, one a line. */
    String all() {
        StringBuilder all = new StringBuilder("\n");
        for (int i = 0; i < xml.attributes(); i++) {
            all.append(xml.attributeName(i))
                    .append('=')
                    .append(xml.attributeValue(i))
                    .append('\n');
        }
        return all.toString();
    }

    Claims claims() throws NotACount {
        long errors = number("errors");
        long skipped =
                Math.max(Math.max(number("skipped"), number("disabled")), Math.max(number("skip"), number("ignored")));
        return new Claims(
                text("tests").isBlank() ? OptionalLong.empty() : OptionalLong.of(number("tests")),
                number("failures") + errors,
                errors,
                skipped,
                number("warnings"),
                number("flakes"),
                seconds());
    }

    private long number(String attribute) throws NotACount {
        String text = text(attribute).strip();
        if (text.isEmpty()) {
            return 0;
        }
        if (COUNT.matcher(text).matches() && Long.parseLong(text) <= Integer.MAX_VALUE) {
            return Long.parseLong(text);
        }
        throw new NotACount(attribute, text);
    }

    /** Some tools write thousands with a comma; a time that cannot be read says nothing about the tests. */
    BigDecimal seconds() {
        String text = text("time").strip();
        BigDecimal plain = plain(text);
        if (plain != null) {
            return plain.setScale(NANOS, RoundingMode.HALF_UP);
        }
        if (text.length() > NUMBER_CHARS_MAX || !SECONDS.matcher(text).matches()) {
            return BigDecimal.ZERO;
        }
        BigDecimal seconds = new BigDecimal(text.replace(",", ""));
        return seconds.precision() - seconds.scale() > NUMBER_CHARS_MAX
                ? BigDecimal.ZERO
                : seconds.setScale(NANOS, RoundingMode.HALF_UP);
    }

    /** Digits with at most one point within, as nearly all write it; null for any other. */
    private static @Nullable BigDecimal plain(String text) {
        int length = text.length();
        if (length == 0 || length > PLAIN_CHARS_MAX || text.charAt(0) == '.') {
            return null;
        }
        long digits = 0;
        int point = length - 1;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                digits = 10 * digits + (c - '0');
            } else if (c == '.' && point == length - 1) {
                point = i;
            } else {
                return null;
            }
        }
        return BigDecimal.valueOf(digits, length - 1 - point);
    }
}
