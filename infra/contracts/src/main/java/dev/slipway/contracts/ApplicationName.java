package dev.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * Name of an application.
 *
 * @param value a lower-case letter, then letters, digits and hyphens; 1 to 63 characters (a DNS label, RFC 1123)
 */
public record ApplicationName(@JsonValue String value) implements Comparable<ApplicationName> {
    static final Pattern LEGAL = Pattern.compile("[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    @JsonCreator
    public ApplicationName {
        Texts.requirePresent("An application name", value);
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException("An application name has 1 to 63 lower-case letters, digits and inner"
                    + " hyphens and starts with a letter; " + Texts.shown(value) + " does not");
        }
    }

    @Override
    public int compareTo(ApplicationName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
