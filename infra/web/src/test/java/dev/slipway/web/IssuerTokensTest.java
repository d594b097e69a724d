package dev.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;

class IssuerTokensTest {
    private static final KeyPair KEY = TestIssuer.rsa(2048);
    private static final int KEPT_MAX = 3;

    private Instant now = Instant.parse("2026-01-31T10:00:00Z");
    private final IssuerTokens tokens = believing(KEPT_MAX);

    /** Its clock is this test's. */
    private IssuerTokens believing(int keptMax) {
        return new IssuerTokens(
                List.of((RSAPublicKey) KEY.getPublic()),
                token -> {
                    JwtTimestampValidator time = new JwtTimestampValidator(Duration.ZERO);
                    time.setClock(Clock.fixed(now, ZoneOffset.UTC));
                    return time.validate(token);
                },
                keptMax,
                () -> now);
    }

    private String token(String subject, Duration from, Duration until) {
        return TestIssuer.signedBy(
                KEY,
                new JWTClaimsSet.Builder()
                        .subject(subject)
                        .notBeforeTime(Date.from(now.plus(from)))
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(until))));
    }

    private String token(String subject) {
        return token(subject, Duration.ZERO, Duration.ofHours(1));
    }

    @Test
    void a_known_token_says_what_it_said_when_it_was_verified() {
        String token = token("ada");

        Jwt first = tokens.decode(token);
        Jwt again = tokens.decode(token);

        assertThat(tokens.known()).isEqualTo(1);
        assertThat(again.getClaims()).isEqualTo(first.getClaims());
        assertThat(again.getHeaders()).isEqualTo(first.getHeaders());
        assertThat(again.getTokenValue()).isEqualTo(token);
        assertThat(again.getExpiresAt()).isEqualTo(first.getExpiresAt()).isEqualTo(now.plus(Duration.ofHours(1)));
        assertThat(again.getIssuedAt()).isEqualTo(first.getIssuedAt()).isEqualTo(now);
    }

    @Test
    void a_known_token_is_refused_once_it_has_expired_and_is_dropped() {
        String token = token("ada");
        tokens.decode(token);

        now = now.plus(Duration.ofHours(1)).plusSeconds(1);

        assertThatThrownBy(() -> tokens.decode(token)).isInstanceOf(JwtValidationException.class);
        assertThat(tokens.known()).isZero();
    }

    @Test
    void a_known_token_is_refused_while_a_clock_that_was_set_back_says_that_it_is_not_valid_yet() {
        String token = token("ada");
        tokens.decode(token);

        now = now.minusSeconds(1);
        assertThatThrownBy(() -> tokens.decode(token)).isInstanceOf(JwtValidationException.class);

        now = now.plusSeconds(1);
        assertThat(tokens.decode(token).getSubject()).isEqualTo("ada");
    }

    @Test
    void what_the_settings_demand_is_asked_of_a_known_token_too() {
        boolean[] refuse = {false};
        IssuerTokens changing = new IssuerTokens(
                List.of((RSAPublicKey) KEY.getPublic()),
                _ -> refuse[0]
                        ? OAuth2TokenValidatorResult.failure(new OAuth2Error("invalid_token"))
                        : OAuth2TokenValidatorResult.success(),
                KEPT_MAX,
                () -> now);
        String token = token("ada");
        changing.decode(token);

        refuse[0] = true;

        assertThatThrownBy(() -> changing.decode(token)).isInstanceOf(JwtValidationException.class);
    }

    @Test
    void the_claims_of_a_known_token_with_another_signature_are_not_believed() {
        String token = token("ada");
        tokens.decode(token);
        String signature = token.substring(token.lastIndexOf('.') + 1);
        String other = token("grace");

        assertThatThrownBy(() -> tokens.decode(token.replace(signature, other.substring(other.lastIndexOf('.') + 1))))
                .isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> tokens.decode(token.replace(signature, ""))).isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> tokens.decode(token + "A")).isInstanceOf(BadJwtException.class);
    }

    @Test
    void so_many_are_kept_and_the_one_not_asked_for_longest_goes_first() {
        List<String> three = IntStream.range(0, KEPT_MAX)
                .mapToObj(number -> token("bearer-" + number))
                .toList();
        three.forEach(tokens::decode);
        tokens.decode(three.getFirst());

        tokens.decode(token("one more"));

        assertThat(tokens.known()).isEqualTo(KEPT_MAX);
        assertThat(tokens.toString())
                .contains("bearer-0", "bearer-2", "one more")
                .doesNotContain("bearer-1");
        assertThat(tokens.decode(three.get(1)).getSubject()).isEqualTo("bearer-1");
    }

    @Test
    void none_is_kept_where_none_is_wanted() {
        IssuerTokens forgetful = believing(0);

        assertThat(forgetful.decode(token("ada")).getSubject()).isEqualTo("ada");
        assertThat(forgetful.known()).isZero();
    }

    @Test
    void those_that_have_expired_leave_with_the_next_that_is_kept() {
        tokens.decode(token("short", Duration.ZERO, Duration.ofMinutes(1)));
        now = now.plus(Duration.ofMinutes(2));

        tokens.decode(token("ada"));

        assertThat(tokens.toString()).contains("ada").doesNotContain("short");
    }

    @Test
    void a_refused_token_is_not_kept() {
        assertThatThrownBy(() -> tokens.decode(token("late", Duration.ofMinutes(1), Duration.ofMinutes(2))))
                .isInstanceOf(JwtValidationException.class);
        assertThatThrownBy(() -> tokens.decode("abc")).isInstanceOf(BadJwtException.class);
        assertThat(tokens.known()).isZero();
    }

    @Test
    void neither_a_token_nor_a_part_of_it_is_kept() {
        String token = token("ada");
        tokens.decode(token);

        assertThat(tokens.toString()).contains("ada").doesNotContain(token.split("\\.", -1));
    }
}
