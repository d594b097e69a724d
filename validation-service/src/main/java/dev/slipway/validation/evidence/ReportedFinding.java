package dev.slipway.validation.evidence;

import dev.slipway.contracts.Texts;

/**
 * One thing that a scanner has found. Its rule, file and message are its identity, and among several that are equal in
 * these its place: what it stands within, else where it is among the others. Lines alone move with every one that is added
 * above, and fingerprints of real tools are often the same for all.
 *
 * @param rule for example {@code go/sql-injection}, or a package and an advisory; 0 to 300 characters
 * @param file relative, with slashes, or empty where the report names none; 0 to 1,000 characters
 * @param message cut at 1,000 characters; never a snippet of the source
 * @param level as it counts
 * @param line from 1, or 0 where the report names none
 * @param within the full name of the function or type that it is in, as the report writes it; empty where it names none,
 *     or one that is longer than {@value #WITHIN_MAX} characters
 * @param fingerprint of all partial fingerprints that the report gives it, which may hold names of people and are not kept
 *     themselves; 0 for none
 */
public record ReportedFinding(
        String rule, String file, String message, Level level, int line, String within, long fingerprint) {
    public static final int WITHIN_MAX = 500;
    private static final int RULE_MAX = 300;
    private static final int TEXT_MAX = 1_000;
    private static final int SHOWN_CHARS_MAX = 160;

    public ReportedFinding {
        rule = cut(rule, RULE_MAX);
        file = cut(file, TEXT_MAX);
        message = cut(message, TEXT_MAX);
        Texts.requirePresent("level", level);
        within = within.length() > WITHIN_MAX ? "" : within;
        if (line < 0) {
            throw new IllegalArgumentException("line must not be below 0, is " + line);
        }
    }

    /** Of a report that says of its place no more than file and line. */
    public ReportedFinding(String rule, String file, String message, Level level, int line) {
        this(rule, file, message, level, line, "", 0);
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
