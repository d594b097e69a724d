package dev.slipway.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;
import org.springframework.security.converter.RsaKeyConverters;

/** The PEM file with the issuer's public keys: one, or the old and the new one while tokens of both are about. */
final class IssuerKeyFile {
    private static final int KEY_BITS_MIN = 2048;
    private static final int KEYS_MAX = 5;
    private static final Pattern KEY = Pattern.compile("-----BEGIN [^-]+-----[^-]+-----END [^-]+-----");

    private final Resource file;

    IssuerKeyFile(Resource file) {
        this.file = file;
    }

    /** Differs once the file was written, replaced or removed. */
    String stamp() {
        if (!file.isFile()) {
            return ""; // part of a jar or the like: it stays what it is
        }
        try {
            BasicFileAttributes now = Files.readAttributes(file.getFile().toPath(), BasicFileAttributes.class);
            return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
        } catch (IOException absent) {
            return "absent";
        }
    }

    /**
     * Its keys, at least one.
     *
     * @throws IllegalStateException if it cannot be read or holds something else; the message names the file
     */
    List<RSAPublicKey> read() {
        try {
            List<String> blocks = KEY.matcher(file.getContentAsString(StandardCharsets.US_ASCII))
                    .results()
                    .map(block -> block.group())
                    .toList();
            if (blocks.isEmpty() || blocks.size() > KEYS_MAX) {
                throw new IllegalArgumentException(blocks.size() + " keys, 1 to " + KEYS_MAX + " are meant");
            }
            List<RSAPublicKey> keys = new ArrayList<>();
            for (String block : blocks) {
                keys.add(Objects.requireNonNull(RsaKeyConverters.x509()
                        .convert(new ByteArrayInputStream(block.getBytes(StandardCharsets.US_ASCII)))));
            }
            keys.forEach(this::requireLength);
            return keys;
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new IllegalStateException(
                    "slipway.identity.public-key: no RSA public key in PEM can be read from " + file, unreadable);
        }
    }

    private void requireLength(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        if (bits < KEY_BITS_MIN) {
            throw new IllegalStateException("slipway.identity.public-key: the key in " + file + " has " + bits
                    + " bits, it needs " + KEY_BITS_MIN);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
