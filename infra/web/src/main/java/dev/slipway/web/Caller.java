package dev.slipway.web;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Who makes a request, from a verified token.
 *
 * @param subject the token's subject
 * @param email verified email, case folded; null if the token has none, and then the caller cannot approve
 */
public record Caller(String subject, @Nullable String email) {
    public static Caller of(Jwt token) {
        String email = token.getClaimAsString("email");
        boolean verified = Boolean.TRUE.equals(token.getClaimAsBoolean("email_verified"));
        String subject = Optional.ofNullable(token.getSubject()).orElse("unknown");
        return new Caller(
                subject, email != null && !email.isBlank() && verified ? email.toLowerCase(Locale.ROOT) : null);
    }

    /** Email if there is one, else the subject: how the caller is named in records. */
    public String identity() {
        return email != null ? email : subject;
    }

    /** For a journal: {@code user:<identity>}. */
    public String actor() {
        return "user:" + identity();
    }
}
