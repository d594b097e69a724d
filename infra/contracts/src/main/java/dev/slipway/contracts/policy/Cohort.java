package dev.slipway.contracts.policy;

import dev.slipway.contracts.Texts;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Requests that get the new version whenever there is one with a share, and are neither counted nor judged: those that
 * carry exactly this.
 *
 * @param name of the header, whose case does not matter, or of the cookie, whose case does; 1 to 100 characters of RFC
 *     9110's token
 * @param value 1 to 200 printable ASCII characters; of a cookie without blank, comma, semicolon, quote and backslash (RFC
 *     6265)
 */
public record Cohort(Source source, String name, String value) {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
    private static final Pattern PRINTABLE = Pattern.compile("[!-~]([ -~]{0,198}[!-~])?");
    private static final Pattern COOKIE_VALUE = Pattern.compile("[!-~&&[^\",;\\\\]]{1,200}");
    /** Headers that say how a message is carried, and not who asks. */
    private static final Set<String> CARRYING = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    public Cohort {
        Texts.requirePresent("cohort.source", source);
        Texts.requirePresent("cohort: the name of the " + source.word(), name);
        Texts.requirePresent("cohort.value", value);
        if (!TOKEN.matcher(name).matches()) {
            throw new IllegalArgumentException("cohort: the name of a " + source.word()
                    + " has 1 to 100 letters, digits and signs of !#$%&'*+.^_`|~-, is " + Texts.shown(name));
        }
        requireUsable(source, name.toLowerCase(Locale.ROOT));
        if (source == Source.COOKIE && !COOKIE_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "cohort.value of a cookie has 1 to 200 printable ASCII characters without"
                            + " blank, comma, semicolon, quote and backslash, is " + Texts.shown(value));
        }
        if (source == Source.HEADER && !PRINTABLE.matcher(value).matches()) {
            throw new IllegalArgumentException("cohort.value has 1 to 200 printable ASCII characters and neither begins"
                    + " nor ends with a blank, is " + Texts.shown(value));
        }
    }

    private static void requireUsable(Source source, String name) {
        if (name.startsWith("slipway-")) {
            throw new IllegalArgumentException(
                    "cohort: names that begin with Slipway- are Slipway's own, choose another than " + name);
        }
        if (source == Source.HEADER && name.equals("cookie")) {
            throw new IllegalArgumentException("cohort: say {cookie: NAME, value: VALUE} for a cookie");
        }
        if (source == Source.HEADER && CARRYING.contains(name)) {
            throw new IllegalArgumentException(
                    "cohort: the header " + name + " says how a request is carried, choose another");
        }
    }

    /** Where a request carries it. */
    public enum Source {
        HEADER,
        COOKIE;

        private String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
