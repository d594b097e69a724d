package dev.slipway.rules;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A regular expression whose time is linear in the text, so that neither a policy nor a repository can hold up a service:
 * the syntax of RE2, which has no look-around and no references back. {@code ^} and {@code $} stand for the ends of a line.
 */
public final class LinePattern {
    private static final int SHOWN_MAX = 200;

    private final Pattern pattern;

    private LinePattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * A find.
     *
     * @param line from 1, in which it begins
     * @param text what the first group holds, or all of it where there is none
     */
    public record Found(int line, String text) {}

    /** @throws IllegalArgumentException if it is none, as {@link #fault} says */
    public static LinePattern of(String expression) {
        try {
            return new LinePattern(Pattern.compile(expression, Pattern.MULTILINE));
        } catch (PatternSyntaxException illegal) {
            throw new IllegalArgumentException(fault(expression).orElse("is no regular expression"), illegal);
        }
    }

    /**
     * One that is searched for alone, of a whole text, as JSON Schema means it: it may have any groups, and {@code ^} and
     * {@code $} stand for the ends of the text.
     *
     * @throws IllegalArgumentException if it is none; the message is the rest of a sentence
     */
    public static LinePattern ofText(String expression) {
        try {
            return new LinePattern(Pattern.compile(expression));
        } catch (PatternSyntaxException illegal) {
            throw new IllegalArgumentException(illegal(illegal), illegal);
        }
    }

    private static String illegal(PatternSyntaxException why) {
        return "is no regular expression of the syntax RE2 (no look-around, no references back): "
                + brief(String.valueOf(why.getMessage()));
    }

    /** Why it cannot be used, as the rest of a sentence; nothing if it can. */
    public static Optional<String> fault(String expression) {
        try {
            int groups = Pattern.compile(expression, Pattern.MULTILINE).groupCount();
            return groups < 2
                    ? Optional.empty()
                    : Optional.of(
                            "has %d groups, and nobody knows which is meant: leave one, and write (?:...) for the others"
                                    .formatted(groups));
        } catch (PatternSyntaxException illegal) {
            return Optional.of(illegal(illegal));
        }
    }

    private static String brief(String text) {
        String line = text.replaceAll("\\p{Cc}+", " ");
        return line.length() > SHOWN_MAX ? line.substring(0, SHOWN_MAX) + "…" : line;
    }

    /** Whether it is found anywhere in a text. */
    public boolean isIn(String text) {
        return pattern.matcher(text).find();
    }

    /** Where it is found, from the beginning. */
    public List<Found> in(String text, int most) {
        List<Found> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        int line = 1;
        int counted = 0;
        while (found.size() < most && matcher.find()) {
            for (; counted < matcher.start(); counted++) {
                line += text.charAt(counted) == '\n' ? 1 : 0;
            }
            String group = matcher.groupCount() == 0 ? matcher.group() : matcher.group(1);
            found.add(new Found(line, group == null ? "" : group));
        }
        return found;
    }
}
