package dev.slipway.web;

import static dev.slipway.web.TestIssuer.token;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningApplication
class BodyLimitIT {
    private static final int BYTES_MAX = 64 * 1024;

    @LocalServerPort
    int port;

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "lines", "pieces", "wrapped"})
    void a_body_that_is_declared_too_large_is_refused_before_it_is_read(String how) {
        Asking.Answer answer = Asking.of(
                        port, "POST", "/things/" + how, BodyPublishers.ofString("a".repeat(BYTES_MAX + 1)))
                .as(token(Role.PUBLISHER))
                .answer();

        assertThat(answer.problem(413, "body-too-large")).contains("65536 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "lines", "pieces", "wrapped"})
    void a_body_that_turns_out_too_large_is_refused_however_it_is_read(String how) {
        Asking.Answer answer = Asking.of(port, "POST", "/things/" + how, Asking.streamed(BYTES_MAX + 1))
                .as(token(Role.PUBLISHER))
                .answer();

        assertThat(answer.problem(413, "body-too-large")).contains("65536 bytes");
    }

    @Test
    void json_that_turns_out_too_large_is_refused() {
        String json = "{\"name\": \"" + "a".repeat(BYTES_MAX) + "\", \"count\": 1}";

        Asking.Answer answer = Asking.of(port, "POST", "/things", Asking.streamed(json))
                .header("Content-Type", "application/json")
                .as(token(Role.PUBLISHER))
                .answer();

        answer.problem(413, "body-too-large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "pieces", "wrapped"})
    void a_body_of_exactly_the_limit_is_taken(String how) {
        Asking.Answer declared = Asking.of(
                        port, "POST", "/things/" + how, BodyPublishers.ofString("a".repeat(BYTES_MAX)))
                .as(token(Role.PUBLISHER))
                .answer();
        Asking.Answer streamed = Asking.of(port, "POST", "/things/" + how, Asking.streamed(BYTES_MAX))
                .as(token(Role.PUBLISHER))
                .answer();

        assertThat(declared.body()).isEqualTo("65536");
        assertThat(streamed.body()).isEqualTo("65536");
    }

    @Test
    void what_is_read_as_text_keeps_its_lines() {
        Asking.Answer answer = Asking.json(port, "POST", "/things/lines", "one\ntwo\nthree")
                .as(token(Role.PUBLISHER))
                .answer();

        assertThat(answer.body()).isEqualTo("3");
    }

    @Test
    void a_form_that_the_container_cannot_read_is_a_bad_request() {
        Asking.of(port, "POST", "/things/bytes", Asking.streamed("number=%zz"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .as(token(Role.PUBLISHER))
                .answer()
                .problem(400, "bad-request");
    }

    @Test
    void a_large_body_without_a_token_is_not_read_either() {
        Asking.of(port, "POST", "/things", BodyPublishers.ofString("a".repeat(BYTES_MAX + 1)))
                .answer()
                .problem(413, "body-too-large");
    }
}
