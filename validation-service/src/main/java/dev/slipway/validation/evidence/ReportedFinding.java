package dev.slipway.validation.evidence;

import dev.slipway.contracts.Texts;

/**
 * One thing that a scanner has found. Its rule, file and message are its identity: places move with every line that is
 * added above, and fingerprints of real tools are often the same for all.
 *
 * @param rule for example {@code go/sql-injection}, or a package and an advisory; 0 to 300 characters
 * @param file relative, with slashes, or empty where the report names none; 0 to 1,000 characters
 * @param message cut at 1,000 characters; never a snippet of the source
 * @param level as it counts
 * @param line from 1, or 0 where the report names none
 */
public record ReportedFinding(String rule, String file, String message, Level level, int line) {
    private static final int RULE_MAX = 300;
    private static final int TEXT_MAX = 1_000;
    private static final int SHOWN_CHARS_MAX = 160;

    public ReportedFinding {
        rule = cut(rule, RULE_MAX);
        file = cut(file, TEXT_MAX);
        message = cut(message, TEXT_MAX);
        Texts.requirePresent("level", level);
        if (line < 0) {
            throw new IllegalArgumentException("line must not be below 0, is " + line);
        }
    }

    /** How bad it is, by the scale of the kind: static analysis ends at error, advisories at critical. */
    public enum Level {
        NONE,
        NOTE,
        WARNING,
        ERROR,
        UNKNOWN,
        LOW,
        MEDIUM,
        HIGH,
        CRITICAL
    }

    /** In one line for people: place, rule and message, at most {@value #SHOWN_CHARS_MAX} characters. */
    public String shown() {
        String place = line == 0 ? file : file + ":" + line;
        String words = "%s %s %s".formatted(place, rule, message).strip().replaceAll("\\s+", " ");
        return cut(Texts.visible(words, ' '), SHOWN_CHARS_MAX);
    }

    private static String cut(String text, int max) {
        return text.length() > max ? text.substring(0, max - 1) + "…" : text;
    }
}
