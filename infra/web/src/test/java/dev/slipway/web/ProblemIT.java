package dev.slipway.web;

import static dev.slipway.web.TestIssuer.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.platform.Pace;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@RunningApplication
class ProblemIT {
    @LocalServerPort
    int port;

    @Test
    void json_that_cannot_be_read_is_answered_with_what_and_where() {
        String detail = add("{\"name\": \"a\",\n \"count\": }").problem(400, "unreadable-body");

        assertThat(detail).contains("'}'", "line 2, column 11").doesNotContain("Source:");
    }

    @Test
    void a_value_of_the_wrong_kind_is_answered_with_its_name() {
        String detail = add("{\"name\": \"a\", \"count\": \"many\"}").problem(400, "unreadable-body");

        assertThat(detail).contains("count", "many");
    }

    @Test
    void a_value_out_of_range_is_answered_with_value_and_limit() {
        String detail = add("{\"name\": \"a\", \"count\": 0}").problem(400, "unreadable-body");

        assertThat(detail).isEqualTo("count must be 1 or more, is 0");
    }

    @Test
    void a_missing_body_is_asked_for_without_naming_code() {
        String detail = Asking.json(port, "POST", "/things", "")
                .as(token(Role.PUBLISHER))
                .answer()
                .problem(400, "unreadable-body");

        assertThat(detail).contains("body").doesNotContain("dev.slipway");
    }

    @Test
    void a_long_complaint_is_cut() {
        String detail = add("{\"name\": \"a\", \"count\": \"" + "9".repeat(5000) + "\"}")
                .problem(400, "unreadable-body");

        assertThat(detail).hasSizeBetween(20, 400);
    }

    @Test
    void an_illegal_value_is_answered_with_the_first_line_of_the_complaint() {
        assertThat(broken("argument").problem(400, "illegal-value")).isEqualTo("how must be whole, is broken");
        assertThat(broken("silent").problem(400, "illegal-value")).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "io", "error"})
    void what_nobody_expected_is_worth_a_retry_and_tells_nothing(String how) {
        Asking.Answer answer = broken(how);

        assertThat(answer.problem(503, "errored")).contains("Try again");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
    }

    @Test
    void what_nobody_expected_later_is_told_the_same_way() {
        ask("GET", "/things/never").as(token(Role.VIEWER)).answer().problem(503, "errored");
    }

    @Test
    void a_refusal_keeps_its_own_words() {
        assertThat(broken("refused").problem(409, "other-triple")).isEqualTo("Another triple was approved.");
        assertThat(broken("denied").problem(403, "insufficient-role")).contains("role");
    }

    @Test
    void something_away_is_told_with_the_seconds_to_wait_rounded_up() {
        Asking.Answer answer = broken("unavailable");

        answer.problem(503, "store-away");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
    }

    @Test
    void what_spring_refuses_has_a_stable_type_too() {
        String viewer = token(Role.VIEWER);

        assertThat(ask("GET", "/things/numbered?number=99999999999")
                        .as(viewer)
                        .answer()
                        .problem(400, "bad-request"))
                .contains("number", "99999999999");
        assertThat(ask("GET", "/things/numbered").as(viewer).answer().problem(400, "bad-request"))
                .contains("number");
        ask("GET", "/things/unmapped").as(viewer).answer().problem(404, "not-found");
        ask("POST", "/things/numbered").as(token(Role.PUBLISHER)).answer().problem(405, "method-not-allowed");
        Asking.json(port, "POST", "/things", "<a/>")
                .header("Content-Type", "text/xml")
                .as(token(Role.PUBLISHER))
                .answer()
                .problem(415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "application/yaml", "*/*"})
    void a_problem_is_a_problem_document_whatever_the_caller_would_like(String accepted) {
        String viewer = token(Role.VIEWER);

        ask("GET", "/things/broken?how=refused")
                .header("Accept", accepted)
                .as(viewer)
                .answer()
                .problem(409, "other-triple");
        ask("GET", "/things").header("Accept", accepted).answer().problem(401, "no-identity");
        ask("GET", "/things")
                .header("Accept", accepted)
                .header(TestApplication.BREAK, "late")
                .as(viewer)
                .answer()
                .problem(503, "errored");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"application/json", "application/*;q=0.1", "text/html, */*", "application/problem+json", ""})
    void whoever_accepts_json_or_says_nothing_is_answered(String accepted) {
        assertThat(ask("GET", "/api/things")
                        .header("Accept", accepted)
                        .as(token(Role.VIEWER))
                        .answer()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoever_accepts_no_json_is_told_so_as_a_problem_all_the_same() {
        for (String accepted : new String[] {"text/html", "application/json;q=0", "image/*, audio/*"}) {
            assertThat(ask("GET", "/api/things")
                            .header("Accept", accepted)
                            .as(token(Role.VIEWER))
                            .answer()
                            .problem(406, "not-acceptable"))
                    .contains("application/json");
        }
        ask("GET", "/api/things")
                .header("Accept", "nonsense")
                .as(token(Role.VIEWER))
                .answer()
                .problem(400, "bad-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all=", "limit=", "limit=%20", "all=&limit=3", "colour="})
    void a_number_or_a_yes_that_is_named_without_a_value_is_refused(String query) {
        assertThat(ask("GET", "/api/things?" + query)
                        .as(token(Role.VIEWER))
                        .answer()
                        .problem(400, "illegal-value"))
                .contains("has no value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": 7, \"count\": 1}",
                "{\"name\": 0.5, \"count\": 1}",
                "{\"name\": true, \"count\": 1}",
                "{\"name\": \"a\", \"count\": \"1\"}",
                "{\"name\": \"a\", \"count\": true}",
                "{\"name\": \"a\", \"count\": 1, \"colour\": 0}"
            })
    void a_field_of_another_type_is_not_turned_into_the_one_that_is_meant(String body) {
        assertThat(Asking.json(port, "POST", "/things", body)
                        .as(token(Role.PUBLISHER))
                        .answer()
                        .problem(400, "unreadable-body"))
                .doesNotContain("Config");
    }

    @Test
    void a_value_of_another_kind_is_refused_in_words() {
        assertThat(refusedQuery("limit=many")).isEqualTo("limit must be a number, is many");
        assertThat(ask("GET", "/api/things?limit=99999999999")
                        .as(token(Role.VIEWER))
                        .answer()
                        .problem(400, "bad-request"))
                .contains("The parameter limit must be a number in its range, is 99999999999");
    }

    @Test
    void a_value_is_read_in_the_one_form_that_the_api_describes() {
        for (String another : List.of("all=on", "all=TRUE", "all=1", "limit=0x10", "limit=%205", "limit=%2B5")) {
            assertThat(refusedQuery(another)).contains(" must be ");
        }
        assertThat(refusedQuery("colour=RED%20")).isEqualTo("colour must be one of [RED, BLUE], is RED ");
        assertThat(refusedQuery("colour=OTHER")).isEqualTo("colour must be one of [RED, BLUE], is OTHER");
        assertThat(ask("GET", "/api/things?colour=BLUE&limit=5&all=true")
                        .as(token(Role.VIEWER))
                        .answer()
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_parameter_that_is_given_twice_where_one_is_meant_is_refused_by_name() {
        assertThat(refusedQuery("limit=3&limit=4")).isEqualTo("limit is given 2 times: give it once");
        assertThat(refusedQuery("all=true&%61ll=true&all=true")).isEqualTo("all is given 3 times: give it once");
    }

    @Test
    void a_parameter_that_an_operation_does_not_have_is_refused_with_those_that_it_has() {
        assertThat(refusedQuery("limits=3"))
                .isEqualTo("There is no query parameter limits here: there are all, colour, limit");
        assertThat(refusedQuery("x".repeat(500) + "=1")).hasSizeLessThan(300);
    }

    private String refusedQuery(String query) {
        String answer =
                rawUnchecked("GET /api/things?" + query + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                        + token(Role.VIEWER) + "\r\nConnection: close\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("urn:slipway:problem:illegal-value");
        return answer.replaceAll("(?s).*\"detail\":\"([^\"]*)\".*", "$1");
    }

    @Test
    void head_answers_like_get_without_a_body() {
        Asking.Answer get = ask("GET", "/api/things").as(token(Role.VIEWER)).answer();
        Asking.Answer head = ask("HEAD", "/api/things").as(token(Role.VIEWER)).answer();
        assertThat(head.status()).isEqualTo(get.status()).isEqualTo(200);
        assertThat(head.header("Content-Type")).isEqualTo(get.header("Content-Type"));
        assertThat(head.body()).isEmpty();
        assertThat(ask("HEAD", "/api/things").answer().status()).isEqualTo(401);
    }

    @Test
    void options_says_which_methods_an_address_has() {
        Asking.Answer answer = ask("OPTIONS", "/things").as(token(Role.VIEWER)).answer();
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, POST, PUT");
        ask("OPTIONS", "/nothing/here").as(token(Role.VIEWER)).answer().problem(403, "insufficient-role");
        ask("OPTIONS", "/things").answer().problem(401, "no-identity");
    }

    @Test
    void a_method_that_an_address_does_not_have_is_told_with_those_that_it_has() {
        for (String method : new String[] {"POST", "PATCH", "DELETE"}) {
            Asking.Answer answer =
                    ask(method, "/api/things").as(token(Role.ADMIN)).answer();
            assertThat(answer.problem(405, "method-not-allowed")).contains("GET, HEAD, OPTIONS");
            assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        }
        Asking.Answer byController =
                ask("POST", "/things/numbered").as(token(Role.PUBLISHER)).answer();
        byController.problem(405, "method-not-allowed");
        assertThat(byController.header("Allow")).contains("GET");
    }

    @Test
    void an_unknown_method_is_answered_with_a_problem() {
        assertThat(rawUnchecked("FROB /api/things HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                        + token(Role.ADMIN) + "\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 (400|405|501) .*")
                .contains("urn:slipway:problem:")
                .doesNotContain("org.", "Tomcat", "<html");
    }

    private String rawUnchecked(String request) {
        try {
            return raw(request);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    void a_body_of_several_parts_is_of_a_type_that_is_not_read() {
        for (String type : new String[] {"multipart/form-data", "multipart/form-data; boundary=x"}) {
            Asking.json(port, "POST", "/things", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--")
                    .header("Content-Type", type)
                    .as(token(Role.PUBLISHER))
                    .answer()
                    .problem(415, "unsupported-media-type");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"GET /things HTTP/9.9", "GET  /th[ing]s HTTP/1.1", "G@T /things HTTP/1.1", "GET /a\\b|c HTTP/1.1"
            })
    void a_first_line_that_the_container_cannot_read_is_answered_with_a_problem(String line) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write((line + "\r\nHost: here\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer.lines().findFirst().orElse("")).matches("HTTP/1.1 (400|501|505).*");
            assertThat(answer)
                    .containsIgnoringCase("content-type: application/problem+json")
                    .contains("urn:slipway:problem:")
                    .doesNotContain("<html", "Tomcat");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"early", "late"})
    void what_breaks_outside_of_the_controllers_is_no_question_of_identity(String when) {
        Asking.Answer answer = ask("GET", "/things")
                .header(TestApplication.BREAK, when)
                .as(token(Role.VIEWER))
                .answer();

        assertThat(answer.problem(503, "errored")).contains("Try again");
        assertThat(answer.header("Retry-After")).isEqualTo("2");
    }

    @Test
    void what_breaks_before_the_caller_is_known_is_told_as_what_it_is() {
        ask("GET", "/things").header(TestApplication.BREAK, "early").answer().problem(503, "errored");
    }

    @Test
    void a_caller_without_a_token_cannot_reach_what_breaks_behind_the_security_filters() {
        ask("GET", "/things").header(TestApplication.BREAK, "late").answer().problem(401, "no-identity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/things;a=b", "/things//later", "/things/%2e%2e/unlisted", "/things/%2Funlisted"})
    void a_path_that_tries_to_slip_past_the_rules_is_a_bad_request(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token(Role.ADMIN)
                + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("nobody may see this", "org.apache");
    }

    @Test
    void a_query_that_is_badly_encoded_is_a_bad_request() throws IOException {
        String answer = raw("GET /things/numbered?number=%zz HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                + token(Role.VIEWER) + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("urn:slipway:problem:bad-request");
    }

    @Test
    void a_suspicious_path_is_answered_with_a_problem_document() {
        ask("GET", "/things;a=b").as(token(Role.ADMIN)).answer().problem(400, "bad-request");
    }

    private Asking.Answer add(String json) {
        return Asking.json(port, "POST", "/things", json)
                .as(token(Role.PUBLISHER))
                .answer();
    }

    private Asking.Answer broken(String how) {
        return ask("GET", "/things/broken?how=" + how).as(token(Role.VIEWER)).answer();
    }

    private Asking ask(String method, String path) {
        return Asking.of(port, method, path);
    }

    /** Sends what a well-behaved client would tidy up first. */
    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) Pace.seconds(20) * 1_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
