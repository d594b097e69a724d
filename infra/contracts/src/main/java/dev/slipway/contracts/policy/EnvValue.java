package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The value of an environment variable: exactly one of a text and a secret's name. What the secret holds is no part of a
 * policy; deployment-service reads it when the program starts.
 *
 * @param text with {@link Placeholders}; 0 to {@value #TEXT_CHARACTERS_MAX} characters, line breaks too
 * @param secret name of a secret: letters, digits, dots, hyphens and underscores, 1 to 100 characters
 */
public record EnvValue(
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String text,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {
    public static final int TEXT_CHARACTERS_MAX = 4_000;
    private static final int NAME_CHARACTERS_MAX = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    public EnvValue {
        if ((text == null) == (secret == null)) {
            throw new IllegalArgumentException("target.env: a value is either a text or {secret: NAME}");
        }
        if (text != null) {
            Ranges.require("target.env: characters of a value", text.length(), 0, TEXT_CHARACTERS_MAX);
            if (text.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("target.env: a value must not contain the character NUL");
            }
        }
        if (secret != null) {
            Texts.requireLength("target.env: a secret's name", secret, 1, NAME_CHARACTERS_MAX);
            if (!SECRET.matcher(secret).matches()) {
                throw new IllegalArgumentException(
                        "target.env: a secret's name has letters, digits, dots, hyphens and underscores, is "
                                + Texts.shown(secret));
            }
        }
    }

    public static EnvValue of(String text) {
        return new EnvValue(text, null);
    }

    public static EnvValue secretNamed(String name) {
        return new EnvValue(null, name);
    }

    /** Requires the name of an environment variable. */
    public static void requireName(String what, String name) {
        Texts.requireLength(what, name, 1, NAME_CHARACTERS_MAX);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(what
                    + " is the name of an environment variable: letters, digits and underscores, no digit first; is "
                    + Texts.shown(name));
        }
    }
}
