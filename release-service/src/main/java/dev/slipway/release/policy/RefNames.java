package dev.slipway.release.policy;

import dev.slipway.contracts.Texts;
import java.util.regex.Pattern;

/** Names of branches and tags, as far as the schema's letters leave them open (git check-ref-format). */
final class RefNames {
    private static final Pattern ILLEGAL = Pattern.compile("\\.\\.|//|/\\.|^[-./]|[./]$|\\.lock(/|$)");

    private RefNames() {}

    /** Refuses what Git would refuse, before a release finds it out after production. */
    static String require(String what, String name) {
        if (ILLEGAL.matcher(name).find()) {
            throw new IllegalArgumentException(
                    "%s must be a name that Git takes: no .. and no //, no part that starts ".formatted(what)
                            + "with a dot or ends with .lock, no hyphen at the start, no dot or slash at the end; is "
                            + Texts.shown(name));
        }
        return name;
    }

    /** The same of a name in which {@code *} stands for anything but a slash. */
    static String requirePattern(String what, String pattern) {
        if (pattern.contains("**")) {
            throw new IllegalArgumentException(
                    "%s: a star stands for anything but a slash, and two of them for no more; is ".formatted(what)
                            + Texts.shown(pattern));
        }
        require(what, pattern.replace('*', 'x'));
        return pattern;
    }
}
