package dev.slipway.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.jwt.Jwt;

class CallerTest {
    @Test
    void a_verified_email_is_who_the_caller_is_with_case_folded() {
        Caller caller = caller(Map.of("sub", "u-17", "email", "Ada@Example.TEST", "email_verified", true));

        assertThat(caller.email()).isEqualTo("ada@example.test");
        assertThat(caller.identity()).isEqualTo("ada@example.test");
        assertThat(caller.actor()).isEqualTo("user:ada@example.test");
    }

    @Test
    void case_is_folded_alike_in_every_country() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(caller(Map.of("sub", "i", "email", "IDA@EXAMPLE.TEST", "email_verified", true))
                            .email())
                    .isEqualTo("ida@example.test");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void an_email_that_nobody_verified_is_none() {
        assertThat(caller(Map.of("sub", "ada", "email", "ada@example.test")).email())
                .isNull();
        assertThat(caller(Map.of("sub", "ada", "email", "ada@example.test", "email_verified", false))
                        .email())
                .isNull();
        assertThat(caller(Map.of("sub", "ada", "email", "ada@example.test", "email_verified", "perhaps"))
                        .email())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void an_empty_email_is_none(String email) {
        assertThat(caller(Map.of("sub", "ada", "email", email, "email_verified", true))
                        .email())
                .isNull();
    }

    @Test
    void without_an_email_the_subject_names_the_caller() {
        Caller caller = caller(Map.of("sub", "ci-runner"));

        assertThat(caller.email()).isNull();
        assertThat(caller.actor()).isEqualTo("user:ci-runner");
    }

    private static Caller caller(Map<String, Object> claims) {
        return Caller.of(Jwt.withTokenValue("token")
                .header("alg", "RS256")
                .claims(all -> all.putAll(claims))
                .build());
    }
}
