package dev.slipway.cli.machine;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The key of the local token issuer. It is made once and stays in the home; who can read it can be anyone. */
public final class IssuerKey {
    private static final int BITS = 2_048;
    private static final int LINE_CHARS = 64;

    private IssuerKey() {}

    /** Makes the key pair where there is none. */
    public static void ensure(Home home) {
        if (Files.exists(home.issuerKey()) && Files.exists(home.issuerPublicKey())) {
            return;
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(BITS);
            KeyPair pair = generator.generateKeyPair();
            OwnerOnly.write(home.issuerPublicKey(), pem("PUBLIC KEY", pair.getPublic()));
            OwnerOnly.write(home.issuerKey(), pem("PRIVATE KEY", pair.getPrivate()));
        } catch (GeneralSecurityException noRsa) {
            throw new IllegalStateException("this JDK lacks RSA", noRsa);
        } catch (IOException unwritable) {
            throw home.unwritable(unwritable);
        }
    }

    public static boolean exists(Home home) {
        return Files.isReadable(home.issuerKey());
    }

    public static PrivateKey load(Home home) {
        Path file = home.issuerKey();
        try {
            String text = Files.readString(file).replaceAll("-----[A-Z ]+-----", "");
            byte[] der = Base64.getMimeDecoder().decode(text.getBytes(StandardCharsets.US_ASCII));
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (IOException absent) {
            throw new CommandFailed(
                    ExitCode.USAGE,
                    "no issuer key in %s: start Slipway once with ./slipway up".formatted(home.root()),
                    absent);
        } catch (GeneralSecurityException | IllegalArgumentException broken) {
            throw new CommandFailed(
                    ExitCode.FAILED,
                    "%s is no RSA key in PKCS #8: remove it, then ./slipway down and up make a new one".formatted(file),
                    broken);
        }
    }

    private static String pem(String label, Key key) {
        byte[] newline = {'\n'};
        String body = Base64.getMimeEncoder(LINE_CHARS, newline).encodeToString(key.getEncoded());
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n".formatted(label, body, label);
    }
}
