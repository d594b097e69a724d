package dev.slipway.contracts;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of text values, with messages that name the value's role and the limit. */
public final class Texts {
    private static final int SHOWN_CHARS_MAX = 60;
    private static final char DELETE = '\u007f';
    private static final char LAST_CONTROL = '\u009f';
    private static final String SENTENCE_ENDS = ".!?…";

    /** A character that can be seen: neither control character nor any of Unicode's spaces. */
    private static final String SEEN =
            "[^\\x00-\\x20\\x7f-\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]";

    private static final String NO_CONTROL = "[^\\x00-\\x1f\\x7f-\\x9f]";

    /**
     * What a terminal, a log or an editor acts on instead of showing it: control characters of both sets (U+009B begins a
     * command just as ESC [ does), Unicode's own ends of lines, and marks that turn the direction of writing.
     */
    private static final Pattern ACTED_ON = Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]");

    /** The same but for line feeds and tabs, which a text of several lines is made of. */
    private static final Pattern ACTED_ON_IN_LINES =
            Pattern.compile("(?!\\r?\\n)[\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069&&[^\\t]]");

    /** Found in what says something, in words that mean the same in Java and in JSON Schema. */
    public static final Pattern SAID = Pattern.compile(SEEN);

    /** All of one line, which may say nothing. */
    public static final Pattern LINE = Pattern.compile(NO_CONTROL + "*");

    /** All of one line that says something. */
    public static final Pattern SAID_LINE = Pattern.compile(NO_CONTROL + "*" + SEEN + NO_CONTROL + "*");

    private Texts() {}

    /** Whether a text, if there is one, says anything. */
    public static boolean says(@Nullable String text) {
        return text != null && SAID.matcher(text).find();
    }

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

    /** The text as a sentence that another one may follow. */
    public static String sentence(String text) {
        String stripped = text.strip();
        return stripped.isEmpty() || SENTENCE_ENDS.indexOf(stripped.charAt(stripped.length() - 1)) >= 0
                ? stripped
                : stripped + ".";
    }

    /** A text for a message: quoted, shortened to 60 characters, without control characters. */
    public static String shown(@Nullable String value) {
        if (value == null) {
            return "nothing";
        }
        String brief = value.length() > SHOWN_CHARS_MAX ? value.substring(0, SHOWN_CHARS_MAX) + "..." : value;
        return '"' + visible(brief, '?') + '"';
    }

    /**
     * A text that others wrote, so that it can be shown in one line: {@code instead} stands for each character that a terminal, a
     * log or an editor would act on.
     */
    public static String visible(String text, char instead) {
        return isPlain(text)
                ? text
                : ACTED_ON.matcher(text).replaceAll(Matcher.quoteReplacement(String.valueOf(instead)));
    }

    /** Whether it is printable ASCII alone, as nearly all names and titles are: a report may hold 50,000 of them. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** The same of a text of several lines: it keeps its line feeds and tabs. */
    public static String visibleLines(String text, char instead) {
        return ACTED_ON_IN_LINES.matcher(text).replaceAll(Matcher.quoteReplacement(String.valueOf(instead)));
    }

    /** The beginning of a text that others wrote, for a sentence: control characters are spaces, and … is for what follows. */
    public static String brief(String text, int max) {
        String printable = visible(text, ' ');
        return printable.length() > max ? printable.substring(0, max) + "…" : printable;
    }

    /**
     * Requires a text of a certain length, in characters by Unicode's count, without control characters.
     *
     * @throws IllegalArgumentException if it is shorter, longer or has a control character
     */
    public static String requireLength(String what, String value, int min, int max) {
        requirePresent(what, value);
        int length = value.codePointCount(0, value.length());
        if (length < min || length > max) {
            throw new IllegalArgumentException(
                    "%s must have %d to %d characters, has %d".formatted(what, min, max, length));
        }
        if (hasControl(value)) {
            throw new IllegalArgumentException(what + " must not contain control characters");
        }
        return value;
    }

    /** Whether one of its characters is a control character of ISO 8859. */
    public static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (each < ' ' || (each >= DELETE && each <= LAST_CONTROL)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A text of a person as one line of at most so many characters: line breaks and other control characters become
     * spaces, and what is beyond is cut, which the line says.
     */
    public static String oneLine(String text, int max) {
        String line = text.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ").strip();
        if (line.length() <= max) {
            return line;
        }
        String cut = "... (cut, it had %d characters)".formatted(text.length());
        int kept = Math.max(0, max - cut.length());
        if (kept > 0 && Character.isHighSurrogate(line.charAt(kept - 1))) {
            kept--;
        }
        String shorter = line.substring(0, kept).stripTrailing() + cut;
        return shorter.substring(0, Math.min(max, shorter.length()));
    }

    /** A text as HTML and XML show it, in content and in quoted attributes. */
    public static String markup(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** A number of things: {@code 1 approval}, {@code 2 approvals}. */
    public static String counted(long number, String one, String several) {
        return number + " " + (number == 1 ? one : several);
    }

    /** A duration in words, in at most two units: {@code 250 ms}, {@code 90 s}, {@code 1 h 30 min}, {@code 3 d}. */
    public static String words(Duration duration) {
        if (duration.isNegative()) {
            return "-" + words(duration.negated());
        }
        long seconds = duration.toSeconds();
        if (duration.toMillis() == 0 && !duration.isZero()) {
            return "less than 1 ms";
        }
        if (seconds < 10 && duration.toMillisPart() != 0) {
            return duration.toMillis() + " ms";
        }
        if ((seconds < 120 && seconds % 60 != 0) || seconds == 0) {
            return seconds + " s";
        }
        if (seconds < 7_200 && seconds % 3_600 != 0) {
            return units(seconds / 60, "min", seconds % 60, "s");
        }
        return seconds < 4 * 86_400
                ? units(seconds / 3_600, "h", seconds % 3_600 / 60, "min")
                : units(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    private static String units(long many, String unit, long rest, String smaller) {
        return rest == 0 ? many + " " + unit : "%d %s %d %s".formatted(many, unit, rest, smaller);
    }
}
