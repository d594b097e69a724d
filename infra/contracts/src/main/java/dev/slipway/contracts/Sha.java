package dev.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * A Git commit.
 *
 * @param value 40 lower-case hexadecimal digits (SHA-1) or 64 (SHA-256)
 */
public record Sha(@JsonValue String value) {
    private static final Pattern LEGAL = Pattern.compile("[0-9a-f]{40}([0-9a-f]{24})?");

    @JsonCreator
    public Sha {
        Texts.requirePresent("A sha", value);
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A sha is 40 (or 64) lower-case hexadecimal digits; " + Texts.shown(value) + " is not");
        }
    }

    public String brief() {
        return value.substring(0, 10);
    }

    @Override
    public String toString() {
        return value;
    }
}
