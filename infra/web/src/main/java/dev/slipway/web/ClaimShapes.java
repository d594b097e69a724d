package dev.slipway.web;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;

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
