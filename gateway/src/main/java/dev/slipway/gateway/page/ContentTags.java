package dev.slipway.gateway.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.springframework.core.io.Resource;

/**
 * Entity tags of the page's files, from what they hold. A jar's time stamps do not do: a build that is the same wherever it
 * is made gives every version the same one.
 */
final class ContentTags {
    private static final int TAG_BYTES = 16;

    private ContentTags() {}

    static String of(Resource file) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(file.getContentAsByteArray());
            return HexFormat.of().formatHex(hash, 0, TAG_BYTES);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}
