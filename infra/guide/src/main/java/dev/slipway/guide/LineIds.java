package dev.slipway.guide;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Names lines: by heading path, text and ordinal, never by number, as lists are numbered lazily and texts stand twice. */
final class LineIds {
    private static final Pattern VERSION = Pattern.compile("\\bv?\\d+\\.\\d+(\\.\\d+)?([-+][\\w.]+)?\\b");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int SLUG_MAX = 40;

    private final Map<String, Integer> seen = new HashMap<>();

    record Named(String id, int ordinal) {}

    Named name(List<String> headings, String text) {
        String place = String.join("/", headings.stream().map(LineIds::plain).toList());
        String key = place + "|" + plain(text);
        int ordinal = seen.merge(key, 1, Integer::sum);
        String id = slug(plain(text)) + "-" + digest(key);
        return new Named(ordinal == 1 ? id : id + "-" + ordinal, ordinal);
    }

    /** Words alone: marks, case and the literal number of a sample version make no other line. */
    static String plain(String text) {
        String unversioned = VERSION.matcher(text).replaceAll("version");
        return NO_WORD.matcher(unversioned.toLowerCase(Locale.ROOT))
                .replaceAll(" ")
                .strip();
    }

    private static String slug(String plain) {
        String slug = plain.replace(' ', '-');
        if (slug.length() <= SLUG_MAX) {
            return slug.isEmpty() ? "line" : slug;
        }
        int end = slug.lastIndexOf('-', SLUG_MAX);
        return slug.substring(0, end < 1 ? SLUG_MAX : end);
    }

    static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 3);
        } catch (NoSuchAlgorithmException always) {
            throw new IllegalStateException("every Java has SHA-256", always);
        }
    }
}
