package dev.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One attempt to bring a version of an application to production.
 *
 * @param value {@code application@version}, for a refused proposal {@code application@version~<suffix>}; 3 to 200
 *     characters, no slash
 */
public record ReleaseId(@JsonValue String value) implements Comparable<ReleaseId> {
    @JsonCreator
    public ReleaseId {
        Texts.requireLength("A release id", value, 3, 200);
        if (value.indexOf('@') < 1 || value.indexOf('/') >= 0) {
            throw new IllegalArgumentException(
                    "A release id has the form application@version, not " + Texts.shown(value));
        }
        var _ = new ApplicationName(value.substring(0, value.indexOf('@')));
    }

    public static ReleaseId of(ApplicationName application, String version) {
        return new ReleaseId(application.value() + "@" + version);
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
