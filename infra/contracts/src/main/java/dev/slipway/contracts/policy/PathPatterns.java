package dev.slipway.contracts.policy;

import dev.slipway.contracts.Texts;

/** A path without query, or the beginning of one when it ends in {@code *}; 1 to 200 characters, the first a slash. */
final class PathPatterns {
    private static final int CHARACTERS_MAX = 200;

    private PathPatterns() {}

    static void require(String what, String pattern) {
        Texts.requireLength(what, pattern, 1, CHARACTERS_MAX);
        if (!pattern.startsWith("/")) {
            throw new IllegalArgumentException(what + " must start with /, is " + Texts.shown(pattern));
        }
    }

    static boolean fits(String pattern, String requested) {
        return pattern.endsWith("*")
                ? requested.startsWith(pattern.substring(0, pattern.length() - 1))
                : requested.equals(pattern);
    }
}
