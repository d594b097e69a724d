package dev.slipway.cli.machine;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.cli.gateway.Role;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.Locale;

/** Tokens of the local issuer, believed by this machine's Slipway alone. */
public final class Tokens {
    private static final String ISSUER = "slipway-local";
    private static final String AUDIENCE = "slipway";
    public static final Duration TTL_MAX = Duration.ofDays(30);

    private final PrivateKey key;

    public Tokens(PrivateKey key) {
        this.key = key;
    }

    /**
     * Whom a token speaks of.
     *
     * @param subject who it is, 1 to 100 characters
     * @param email by which approvers are told apart
     */
    public record Bearer(String subject, String email) {
        public Bearer {
            if (subject.isBlank() || subject.length() > 100) {
                throw new IllegalArgumentException("a subject has 1 to 100 characters");
            }
            if (!email.matches("[^@\\s]{1,64}@[^@\\s]{1,190}")) {
                throw new IllegalArgumentException("'%s' is no email address".formatted(email));
            }
        }
    }

    /** A signed token (RS256, RFC 7519). */
    public String issue(Bearer bearer, Collection<Role> roles, Instant now, Duration ttl) {
        if (!ttl.isPositive() || ttl.compareTo(TTL_MAX) > 0) {
            throw new IllegalArgumentException("a token lives longer than 0 s and at most 30 d, not " + ttl);
        }
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience(AUDIENCE)
                .subject(bearer.subject())
                .claim("name", bearer.subject())
                .claim("email", bearer.email())
                .claim("email_verified", true)
                .claim(
                        "roles",
                        roles.stream()
                                .map(role -> role.name().toLowerCase(Locale.ROOT))
                                .toList())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(ttl)))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException unsigned) {
            throw new IllegalStateException("a token cannot be signed with the issuer's key", unsigned);
        }
        return token.serialize();
    }
}
