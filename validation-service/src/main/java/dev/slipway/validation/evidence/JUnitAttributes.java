package dev.slipway.validation.evidence;

import dev.slipway.validation.evidence.JUnitSuite.Claims;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The attributes of the element where a parser stands, as reports of the JUnit kind mean them. */
final class JUnitAttributes {
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,10}");

    private final XmlPull xml;
    private TestKey latest = new TestKey("", "", "");

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

    /**
     * What a test case says of itself, each empty where it does not.
     *
     * @param time as it stands there, in seconds
     */
    record OfTest(TestKey key, String status, String result, String time) {}

    /** One look at each attribute: there are very many test cases. */
    OfTest ofTest() {
        String file = "";
        String className = "";
        String ofClass = "";
        String name = "";
        String status = "";
        String result = "";
        String time = "";
        for (int i = xml.attributes() - 1; i >= 0; i--) { // of two in different namespaces the first counts
            switch (xml.attributeName(i)) {
                case "file" -> file = xml.attributeValue(i);
                case "classname" -> className = xml.attributeValue(i);
                case "class" -> ofClass = xml.attributeValue(i);
                case "name" -> name = xml.attributeValue(i);
                case "status" -> status = xml.attributeValue(i);
                case "result" -> result = xml.attributeValue(i);
                case "time" -> time = xml.attributeValue(i);
                default -> {
                    // nothing of it counts
                }
            }
        }
        latest = latest.next(file, className.isEmpty() ? ofClass : className, name);
        return new OfTest(latest, status, result, time);
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
                JUnitSeconds.of(text("time")));
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
}
