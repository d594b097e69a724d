package dev.slipway.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Content address of an artifact.
 *
 * @param value {@code sha256:} and 64 lower-case hexadecimal digits
 */
public record Digest(@JsonValue String value) implements Comparable<Digest> {
    private static final String PREFIX = "sha256:";
    private static final Pattern LEGAL = Pattern.compile("sha256:[0-9a-f]{64}");

    @JsonCreator
    public Digest {
        Texts.requirePresent("A digest", value);
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A digest is sha256: and 64 lower-case hexadecimal digits; " + Texts.shown(value) + " is not");
        }
    }

    /** The digest of these bytes. */
    public static Digest of(byte[] content) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(content);
            return new Digest(PREFIX + HexFormat.of().formatHex(sum));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }

    /** The digest of a text as UTF-8. */
    public static Digest of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public String hex() {
        return value.substring(PREFIX.length());
    }

    /** The first twelve hexadecimal digits, for people. */
    public String brief() {
        return hex().substring(0, 12);
    }

    @Override
    public int compareTo(Digest other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
