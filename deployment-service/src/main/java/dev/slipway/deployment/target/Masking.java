package dev.slipway.deployment.target;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes secrets out of what a program wrote, before anybody is shown it: values that are known to be secret, and what
 * looks like one. What it takes too much costs a person a look into the log; what it takes too little is shown.
 */
final class Masking {
    private static final String MASK = "***";
    private static final int VALUE_CHARACTERS_MIN = 4;

    private static final Pattern NAMED = Pattern.compile(
            "(?i)((?:[a-z0-9_.-]*(?:passw(?:or)?d|passphrase|passwd|pwd|secret|token|api[-_]?key|access[-_]?key|private[-_]?key"
                    + "|credentials?|signature|cookie))[\"']?\\s*(?:=>|[=:])\\s*)(\"[^\"]*\"|'[^']*'|[^\\s,;&\"']+)");
    private static final Pattern AUTHORIZATION =
            Pattern.compile("(?i)(authorization[\"']?\\s*[=:]\\s*[\"']?)(?:[a-z]+\\s+)?[^\\s\"',;]+");
    private static final Pattern SCHEME = Pattern.compile("(?i)\\b(bearer|basic)\\s+[a-z0-9+/=._~-]{8,}");
    private static final Pattern USER_IN_ADDRESS = Pattern.compile("(://)[^/\\s:@]*:[^/\\s@]+@");
    private static final Pattern TOKENS = Pattern.compile(
            "\\b(?:eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]*)?"
                    + "|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{20,}|glpat-[A-Za-z0-9_-]{16,}|xox[abprs]-[A-Za-z0-9-]{10,})");
    private static final Pattern KEY_BLOCK = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----.*");
    private static final Pattern KEY_LINE = Pattern.compile("^[A-Za-z0-9+/=]{60,}$");

    private final List<String> values;
    private final @Nullable String hidden;

    /** @param secrets values that must not be shown; the shortest of them would hide ordinary words */
    Masking(Collection<String> secrets) {
        this.hidden = null;
        this.values = secrets.stream()
                .flatMap(String::lines) // it is shown line by line
                .map(String::strip)
                .filter(value -> value.length() >= VALUE_CHARACTERS_MIN)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private Masking(String why) {
        this.values = List.of();
        this.hidden = "%s (%s)".formatted(MASK, why);
    }

    /** Where nobody knows all that is secret: no line is shown, and each says why. */
    static Masking ofAll(String why) {
        return new Masking(why);
    }

    String masked(String line) {
        if (hidden != null) {
            return hidden;
        }
        String text = line;
        for (String value : values) {
            text = text.replace(value, MASK);
        }
        text = AUTHORIZATION.matcher(text).replaceAll("$1" + MASK);
        text = NAMED.matcher(text).replaceAll("$1" + MASK);
        text = SCHEME.matcher(text).replaceAll("$1 " + MASK);
        text = USER_IN_ADDRESS.matcher(text).replaceAll("$1" + MASK + "@");
        text = TOKENS.matcher(text).replaceAll(MASK);
        text = KEY_BLOCK.matcher(text).replaceAll(MASK);
        return KEY_LINE.matcher(text).replaceAll(MASK);
    }
}
