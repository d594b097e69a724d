package dev.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * One attempt to bring a version of an application to production.
 *
 * @param value {@code application@version}; a later attempt at the same version is {@code application@version~2} and so
 *     on, a refused proposal {@code application@version~<content>}, a way back {@code application@version~rollback-<n>}, a
 *     configuration alone {@code application@version+config.<n>};
 *     3 to 200 characters, no slash
 */
public record ReleaseId(@JsonValue String value) implements Comparable<ReleaseId> {
    private static final int CHARACTERS_MAX = 200;
    private static final Pattern LEGAL =
            Pattern.compile(ApplicationName.LEGAL.pattern() + "@[^/\\x00-\\x1f\\x7f-\\x9f]+");

    @JsonCreator
    public ReleaseId {
        Texts.requireLength("A release id", value, 3, CHARACTERS_MAX);
        if (!LEGAL.matcher(value).matches()) {
            if (value.indexOf('@') > 0 && value.indexOf('/') < 0) {
                var _ = new ApplicationName(value.substring(0, value.indexOf('@'))); // says what is wrong with it
            }
            throw new IllegalArgumentException(
                    "A release id has the form application@version, not " + Texts.shown(value));
        }
    }

    public static ReleaseId of(ApplicationName application, String version) {
        return new ReleaseId(application.value() + "@" + version);
    }

    /** @param number from 1; the first has no suffix */
    public static ReleaseId attempt(ApplicationName application, String version, long number) {
        ReleaseId first = of(application, version);
        return number <= 1 ? first : new ReleaseId(first.value + "~" + number);
    }

    public ApplicationName application() {
        return new ApplicationName(value.substring(0, value.indexOf('@')));
    }

    @Override
    public int compareTo(ReleaseId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
