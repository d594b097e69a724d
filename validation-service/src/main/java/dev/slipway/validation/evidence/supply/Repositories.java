package dev.slipway.validation.evidence.supply;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses of repositories, of which one and the same is written in several ways. */
final class Repositories {
    private static final Pattern ADDRESS =
            Pattern.compile("(?:git\\+)?([A-Za-z][A-Za-z0-9.-]*://[^/]*)(/[^@#?]*)(?:[@#?].*)?");

    private Repositories() {}

    /** Without what a build adds (a {@code git+} before it, a ref behind it), without {@code .git} and a slash at the end. */
    static String plain(String uri) {
        Matcher address = ADDRESS.matcher(uri.strip());
        return address.matches()
                ? address.group(1).toLowerCase(Locale.ROOT)
                        + address.group(2).replaceFirst("/+$", "").replaceFirst("\\.git$", "")
                : uri.strip();
    }
}
