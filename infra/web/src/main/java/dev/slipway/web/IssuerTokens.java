package dev.slipway.web;

import java.security.interfaces.RSAPublicKey;
import java.time.InstantSource;
import java.util.List;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Tokens that one of these keys has signed. What the signature says holds for good and is verified once; what the clock and
 * the settings say is asked each time. Other keys are another object, so that a key takes its tokens with it.
 */
final class IssuerTokens implements JwtDecoder {
    private final List<JwtDecoder> verifying;
    private final OAuth2TokenValidator<Jwt> valid;
    private final KnownTokens known;
    private final InstantSource clock;

    /**
     * Believes tokens of an issuer.
     *
     * @param keys none believes nobody
     * @param valid what else must hold of a token, each time that it comes
     */
    IssuerTokens(List<RSAPublicKey> keys, OAuth2TokenValidator<Jwt> valid, int keptMax, InstantSource clock) {
        this.verifying = keys.stream().map(IssuerTokens::verifying).toList();
        this.valid = valid;
        this.known = new KnownTokens(keptMax);
        this.clock = clock;
    }

    private static JwtDecoder verifying(RSAPublicKey key) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withPublicKey(key).build();
        decoder.setJwtValidator(_ -> OAuth2TokenValidatorResult.success());
        return decoder;
    }

    @Override
    public Jwt decode(String token) {
        KnownTokens.Fingerprint fingerprint = KnownTokens.Fingerprint.of(token);
        Jwt seen = known.find(fingerprint, token);
        Jwt said = seen == null ? verified(token) : seen;
        OAuth2TokenValidatorResult now = valid.validate(said);
        if (now.hasErrors()) {
            known.forget(fingerprint);
            throw new JwtValidationException("The token does not hold now", now.getErrors());
        }
        if (seen == null) {
            known.keep(fingerprint, said, clock.instant());
        }
        return said;
    }

    private Jwt verified(String token) {
        BadJwtException refused = new BadJwtException("The issuer has no key now");
        for (JwtDecoder key : verifying) {
            Jwt said;
            try {
                said = key.decode(token);
            } catch (BadJwtException otherKey) {
                refused = otherKey;
                continue;
            }
            ClaimShapes.requireNamedByText(said);
            return said;
        }
        throw refused;
    }

    int known() {
        return known.size();
    }

    @Override
    public String toString() {
        return known.toString();
    }
}
