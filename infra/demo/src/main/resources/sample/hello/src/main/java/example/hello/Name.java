package example.hello;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Who is to be greeted.
 *
 * @param value 1 to 100 characters, none of them a control character
 */
record Name(String value) {
    static final Name NOBODY_IN_PARTICULAR = new Name("world");

    private static final int LENGTH_MAX = 100;

    Name {
        value = value.strip();
        if (value.isEmpty() || value.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("name must have 1 to " + LENGTH_MAX + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("name must not contain control characters");
        }
    }

    /** Reads the parameter {@code name} of a query that is still encoded. */
    static Name fromQuery(@Nullable String rawQuery) {
        if (rawQuery == null) {
            return NOBODY_IN_PARTICULAR;
        }
        for (String parameter : rawQuery.split("&")) {
            if (parameter.startsWith("name=")) {
                return new Name(URLDecoder.decode(parameter.substring("name=".length()), StandardCharsets.UTF_8));
            }
        }
        return NOBODY_IN_PARTICULAR;
    }
}
