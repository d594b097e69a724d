package dev.slipway.release.policy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as policies write them: a whole number and one of B, KB, MB, GB, which count by 1,024. */
final class Sizes {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(B|KB|MB|GB)");

    private Sizes() {}

    /** @return bytes */
    static long parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("A size is a number with B, KB, MB or GB, not " + text);
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "B" -> amount;
            case "KB" -> amount << 10;
            case "MB" -> amount << 20;
            default -> amount << 30;
        };
    }
}
