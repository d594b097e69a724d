package dev.slipway.validation.evidence.components;

import dev.slipway.contracts.Texts;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** What texts of reports mean. */
final class Wording {
    private Wording() {}

    /** Null where it is no time. */
    static @Nullable Instant parse(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeException none) {
            return null;
        }
    }

    static String cut(String text, int charsMax) {
        return text.length() > charsMax ? text.substring(0, charsMax - 1) + "…" : text;
    }

    /** Cut, and without control characters: for people, and for what is stored. */
    static String plain(String text, int charsMax) {
        return Texts.visible(cut(text, charsMax), '\uFFFD');
    }

    /** As it is where nothing in it is escaped, or wrongly. */
    static String decoded(String text) {
        try {
            return text.indexOf('%') < 0 ? text : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException odd) {
            return text;
        }
    }
}
