package dev.slipway.deployment.target;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * By what a secret is known without being told: the first 12 hexadecimal digits of an HMAC-SHA256 (RFC 2104) whose key is
 * this machine's own, so that nobody who sees a fingerprint can try values against it.
 */
final class Fingerprints {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int DIGITS = 12;

    private final Path keyFile;

    Fingerprints(Path directory) {
        this.keyFile = directory.resolve("fingerprints.key");
    }

    String of(String value) throws IOException {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key(), ALGORITHM));
            return HexFormat.of()
                    .formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)))
                    .substring(0, DIGITS);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, missing);
        }
    }

    private byte[] key() throws IOException {
        if (!Files.exists(keyFile)) {
            create();
        }
        return Files.readAllBytes(keyFile);
    }

    /** Whole or not at all: of two who create it, the second finds the first one's. */
    private void create() throws IOException {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        Path folder = Files.createDirectories(keyFile.toAbsolutePath().getParent());
        Path incoming = Files.createTempFile(
                folder,
                ".fingerprints",
                ".key",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.write(incoming, key);
            Files.createLink(keyFile, incoming);
        } catch (FileAlreadyExistsException first) {
            return;
        } catch (UnsupportedOperationException noLinks) {
            Files.move(incoming, keyFile, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(incoming);
        }
    }
}
