package dev.slipway.web;

import com.nimbusds.jose.JWSObject;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;

/**
 * Refuses a token whose claims are of another type than the issuer's: a library that turns a number into a text, or a text
 * into a list, would make a caller of it that nobody meant.
 */
final class ClaimShapes implements OAuth2TokenValidator<Jwt> {
    private enum Shape {
        TEXT,
        TEXTS,
        YES_OR_NO
    }

    private static final Map<String, Shape> SHAPES = Map.of(
            "email", Shape.TEXT,
            "email_verified", Shape.YES_OR_NO,
            "roles", Shape.TEXTS);

    /** The library reads a number there as a text, "to work with others"; only the token itself still tells. */
    static void requireNamedByText(Jwt token) {
        Object subject;
        try {
            subject = JWSObject.parse(token.getTokenValue())
                    .getPayload()
                    .toJSONObject()
                    .get(JwtClaimNames.SUB);
        } catch (ParseException notSigned) {
            throw new BadJwtException("The token cannot be read again", notSigned);
        }
        if (subject != null && !(subject instanceof String)) {
            throw new BadJwtException(JwtClaimNames.SUB + " is of another type");
        }
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        List<OAuth2Error> wrong = SHAPES.entrySet().stream()
                .filter(shape -> !holds(shape.getValue(), token.getClaims().get(shape.getKey())))
                .map(shape -> new OAuth2Error("invalid_token", shape.getKey() + " is of another type", null))
                .toList();
        return wrong.isEmpty() ? OAuth2TokenValidatorResult.success() : OAuth2TokenValidatorResult.failure(wrong);
    }

    /** A claim that is absent is of no wrong type; who needs it says so. */
    private static boolean holds(Shape shape, @Nullable Object claim) {
        return claim == null
                || switch (shape) {
                    case TEXT -> claim instanceof String;
                    case YES_OR_NO -> claim instanceof Boolean;
                    case TEXTS -> claim instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
                };
    }
}
