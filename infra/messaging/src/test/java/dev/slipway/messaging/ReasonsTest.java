package dev.slipway.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

final class ReasonsTest {
    @Test
    void a_reason_is_one_line_of_what_was_wrong() {
        RuntimeException refused = new IllegalArgumentException("No phase is called X\n at line 3");

        assertThat(Reasons.of(new ListenerExecutionFailedException("Listener failed", refused)))
                .isEqualTo("refused: No phase is called X");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git clone https://ada:s3cr3t@git.example.test/hello.git",
                "cannot read {\"password\":\"s3cr3t\"}",
                "Authorization: Bearer s3cr3t",
                "token=s3cr3t&x=1",
                "api-key: 's3cr3t'",
                "mongodb://slipway:s3cr3t@db.example.test/release"
            })
    void what_looks_like_a_secret_is_not_shown(String text) {
        assertThat(Reasons.masked(text)).doesNotContain("s3cr3t").contains("***");
    }

    @Test
    void plain_text_stays_as_it_is() {
        String text = "The digest sha256:abc of https://example.test/a.jar is another";

        assertThat(Reasons.masked(text)).isEqualTo(text);
    }

    @Test
    void a_reason_has_a_bound() {
        assertThat(Reasons.of(new IllegalArgumentException("x".repeat(10_000)))).hasSizeLessThan(600);
    }
}
