package dev.slipway.web;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes tokens, good and bad, with keys of its own. */
final class TestIssuer {
    private static final KeyPair KEY = rsa(2048);
    private static final KeyPair OTHER_KEY = rsa(2048);

    private TestIssuer() {}

    static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A new PEM file with the public key that the test application believes. */
    static Path publicKeyFile() {
        return pem("PUBLIC KEY", KEY.getPublic().getEncoded());
    }

    /** The text of a PEM file. */
    static String pemText(String label, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + text + "\n-----END " + label + "-----\n";
    }

    static Path pem(String label, byte[] der) {
        try {
            Path file = Files.createTempFile("slipway-test-issuer", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(file, pemText(label, der));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Claims of a token that is good in every respect. */
    static JWTClaimsSet.Builder claims(Role... roles) {
        List<String> names = Arrays.stream(roles)
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .toList();
        return new JWTClaimsSet.Builder()
                .issuer("slipway-local")
                .audience("slipway")
                .subject("ada")
                .claim("email", "Ada@Example.test")
                .claim("email_verified", true)
                .claim("roles", names)
                .issueTime(in(Duration.ofMinutes(-10)))
                .expirationTime(in(Duration.ofMinutes(5)));
    }

    static String token(Role... roles) {
        return signed(claims(roles));
    }

    static String signed(JWTClaimsSet.Builder claims) {
        return sign(claims, JWSAlgorithm.RS256, new RSASSASigner(KEY.getPrivate()));
    }

    static String signedByAnother(JWTClaimsSet.Builder claims) {
        return signedBy(OTHER_KEY, claims);
    }

    static String signedBy(KeyPair key, JWTClaimsSet.Builder claims) {
        return sign(claims, JWSAlgorithm.RS256, new RSASSASigner(key.getPrivate()));
    }

    /** The public key taken for the secret of a MAC: whoever knows it could make tokens. */
    static String signedWithThePublicKey(JWTClaimsSet.Builder claims) throws JOSEException {
        return sign(claims, JWSAlgorithm.HS256, new MACSigner(KEY.getPublic().getEncoded()));
    }

    static String unsigned(JWTClaimsSet.Builder claims) {
        return new PlainJWT(claims.build()).serialize();
    }

    /** An administrator's, good but for who it says that it is; the claims' builder takes nothing but a text. */
    static String signedWithSubject(Object subject) {
        Map<String, Object> claims = new HashMap<>(claims(Role.ADMIN).build().toJSONObject());
        claims.put("sub", subject);
        JWSObject token = new JWSObject(new JWSHeader(JWSAlgorithm.RS256), new Payload(claims));
        try {
            token.sign(new RSASSASigner(KEY.getPrivate()));
        } catch (JOSEException failed) {
            throw new IllegalStateException(failed);
        }
        return token.serialize();
    }

    static Date in(Duration time) {
        return Date.from(Instant.now().plus(time));
    }

    private static String sign(JWTClaimsSet.Builder claims, JWSAlgorithm algorithm, JWSSigner signer) {
        SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims.build());
        try {
            token.sign(signer);
        } catch (JOSEException failed) {
            throw new IllegalStateException(failed);
        }
        return token.serialize();
    }
}
