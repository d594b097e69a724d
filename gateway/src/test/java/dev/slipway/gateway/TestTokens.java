package dev.slipway.gateway;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;

/** An issuer of tokens for tests, with a key of its own. */
final class TestTokens {
    private static final int KEY_BITS = 2048;
    private static final KeyPair KEYS = keys();
    private static final Path PUBLIC_KEY = written();

    private TestTokens() {}

    static String token(String... roles) {
        return token("ci@example.test", Instant.now().plusSeconds(600), roles);
    }

    static String expired(String... roles) {
        return token("ci@example.test", Instant.now().minusSeconds(600), roles);
    }

    private static String token(String email, Instant expires, String... roles) {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("slipway-local")
                .audience("slipway")
                .subject("ci")
                .claim("email", email)
                .claim("email_verified", true)
                .claim("roles", List.of(roles))
                .issueTime(Date.from(Instant.now()))
                .expirationTime(Date.from(expires))
                .build();
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
        try {
            token.sign(new RSASSASigner(KEYS.getPrivate()));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    /** The public key as PEM, in a file of this JVM's own: other tests may run beside it, with a key of theirs. */
    static Path publicKey() {
        return PUBLIC_KEY;
    }

    private static Path written() {
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(KEYS.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        try {
            Path file = Files.createTempFile("issuer", ".pub.pem");
            file.toFile().deleteOnExit();
            return Files.writeString(file, pem);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
