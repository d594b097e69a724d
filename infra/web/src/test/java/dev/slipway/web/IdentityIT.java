package dev.slipway.web;

import static dev.slipway.web.TestIssuer.claims;
import static dev.slipway.web.TestIssuer.signed;
import static dev.slipway.web.TestIssuer.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import dev.slipway.platform.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;

@RunningApplication
class IdentityIT {
    @LocalServerPort
    int port;

    @Test
    void a_request_without_a_token_is_told_how_to_get_one() {
        Asking.Answer answer = ask("GET", "/things").answer();

        assertThat(answer.problem(401, "no-identity")).contains("Authorization: Bearer", "./slipway token");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    static Map<String, String> badTokens() throws JOSEException {
        return Map.ofEntries(
                Map.entry("of another issuer", signed(claims(Role.ADMIN).issuer("somebody"))),
                Map.entry("without an issuer", signed(claims(Role.ADMIN).issuer(null))),
                Map.entry("for another audience", signed(claims(Role.ADMIN).audience("others"))),
                Map.entry("for no audience", signed(claims(Role.ADMIN).audience(List.of()))),
                Map.entry("expired", signed(claims(Role.ADMIN).expirationTime(TestIssuer.in(Duration.ofMinutes(-1))))),
                Map.entry("that never expires", signed(claims(Role.ADMIN).expirationTime(null))),
                Map.entry(
                        "not valid yet",
                        signed(claims(Role.ADMIN).notBeforeTime(TestIssuer.in(Duration.ofMinutes(2))))),
                Map.entry("signed with another key", TestIssuer.signedByAnother(claims(Role.ADMIN))),
                Map.entry("signed with the public key", TestIssuer.signedWithThePublicKey(claims(Role.ADMIN))),
                Map.entry("of algorithm none", TestIssuer.unsigned(claims(Role.ADMIN))),
                Map.entry("changed after it was signed", tampered()),
                Map.entry("without a signature", token(Role.ADMIN).replaceAll("[^.]+$", "")),
                Map.entry("that is no token", "abc"),
                Map.entry("whose subject is a number", TestIssuer.signedWithSubject(7)),
                Map.entry("whose subject is a list", TestIssuer.signedWithSubject(List.of("ada"))),
                Map.entry("whose roles are a number", signed(claims().claim("roles", 7))),
                Map.entry("whose roles are one text", signed(claims().claim("roles", "admin"))),
                Map.entry("whose roles are an object", signed(claims().claim("roles", Map.of("admin", true)))),
                Map.entry("whose roles hold a number", signed(claims().claim("roles", List.of("admin", 7)))),
                Map.entry(
                        "whose email is a list",
                        signed(claims(Role.ADMIN).claim("email", List.of("ada@example.test")))),
                Map.entry(
                        "whose email_verified is a text",
                        signed(claims(Role.ADMIN).claim("email_verified", "true"))),
                Map.entry("whose issuer is a list", signed(claims(Role.ADMIN).claim("iss", List.of("slipway-local")))),
                Map.entry(
                        "whose audience is a number", signed(claims(Role.ADMIN).claim("aud", 7))),
                Map.entry("whose end is a text", signed(claims(Role.ADMIN).claim("exp", "tomorrow"))),
                Map.entry("whose beginning is a list", signed(claims(Role.ADMIN).claim("nbf", List.of(1)))),
                Map.entry("with illegal characters", "a b\"c"));
    }

    static List<String> kindsOfBadTokens() throws JOSEException {
        return badTokens().keySet().stream().sorted().toList();
    }

    @ParameterizedTest
    @MethodSource("kindsOfBadTokens")
    void a_token_is_refused_that_is(String kind) throws JOSEException {
        Asking.Answer answer = ask("GET", "/things").as(badTokens().get(kind)).answer();

        assertThat(answer.problem(401, "no-identity")).contains("token");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
    }

    @Test
    void a_clock_that_is_a_little_ahead_does_not_shut_anybody_out() {
        String justExpired = signed(claims(Role.VIEWER).expirationTime(TestIssuer.in(Duration.ofSeconds(-10))));

        assertThat(ask("GET", "/things").as(justExpired).answer().status()).isEqualTo(200);
    }

    @Test
    void a_token_that_was_good_a_moment_ago_is_refused_once_it_has_expired() {
        Duration skew = Duration.ofSeconds(30);
        Duration left = Pace.patience(Duration.ofSeconds(3));
        String token = signed(claims(Role.VIEWER).expirationTime(TestIssuer.in(left.minus(skew))));
        assertThat(ask("GET", "/things").as(token).answer().status()).isEqualTo(200);
        assertThat(ask("GET", "/things").as(token).answer().status()).isEqualTo(200);

        await().atMost(left.plusSeconds(2).plus(Pace.patience(Duration.ofSeconds(10))))
                .until(() -> ask("GET", "/things").as(token).answer().status() == 401);
    }

    @Test
    void the_badge_of_an_application_that_is_named_is_shown_to_whoever_asks() {
        Asking.Answer shown =
                ask("GET", "/api/v1/applications/hello/guide/badge.svg").answer();

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.body()).isEqualTo("badge of hello");
        assertThat(ask("GET", "/api/v1/applications/hello/guide/badge.svg")
                        .as(token(Role.VIEWER))
                        .answer()
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/applications/other/guide/badge.svg",
                "/api/v1/applications/hello/guide/badge.svg?release=hello@1.0.0",
                "/api/v1/applications/hello/guide/badge.json",
                "/api/v1/applications/hello/guide/%62adge.svg",
                "/api/v1/applications/hello/guide"
            })
    void every_other_badge_takes_a_token_and_so_does_all_beside_it(String path) {
        ask("GET", path).answer().problem(401, "no-identity");
        ask("POST", "/api/v1/applications/hello/guide/badge.svg").answer().problem(401, "no-identity");
    }

    @Test
    void a_token_that_is_wrong_is_as_none_where_none_is_needed() {
        assertThat(ask("GET", "/api/v1/applications/hello/guide/badge.svg")
                        .as("abc")
                        .answer()
                        .status())
                .isEqualTo(200);
        ask("GET", "/api/v1/applications/other/guide/badge.svg")
                .as("abc")
                .answer()
                .problem(401, "no-identity");
    }

    @Test
    void a_token_is_read_from_the_header_alone() {
        assertThat(ask("GET", "/things?access_token=" + token(Role.VIEWER))
                        .answer()
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "VIEWER, GET, /things, 200",
        "VIEWER, POST, /things/bytes, 403",
        "VIEWER, POST, /approvals, 403",
        "VIEWER, PUT, /things, 403",
        "VIEWER, DELETE, /things, 403",
        "PUBLISHER, GET, /things, 200",
        "PUBLISHER, POST, /things/bytes, 200",
        "PUBLISHER, POST, /approvals, 403",
        "PUBLISHER, PUT, /things, 403",
        "PUBLISHER, DELETE, /things, 403",
        "APPROVER, GET, /things, 200",
        "APPROVER, POST, /things/bytes, 403",
        "APPROVER, POST, /approvals, 200",
        "APPROVER, PUT, /things, 403",
        "APPROVER, DELETE, /things, 403",
        "OPERATOR, GET, /things, 200",
        "OPERATOR, POST, /things/bytes, 403",
        "OPERATOR, POST, /approvals, 403",
        "OPERATOR, PUT, /things, 200",
        "OPERATOR, DELETE, /things, 403",
        "ADMIN, GET, /things, 200",
        "ADMIN, POST, /things/bytes, 200",
        "ADMIN, POST, /approvals, 403",
        "ADMIN, PUT, /things, 200",
        "ADMIN, DELETE, /things, 200"
    })
    void a_role_may_do_what_it_implies_and_no_more(Role role, String method, String path, int status) {
        Asking asking = path.endsWith("bytes") ? Asking.json(port, method, path, "1") : ask(method, path);

        Asking.Answer answer = asking.as(token(role)).answer();

        assertThat(answer.status()).isEqualTo(status);
        if (status == 403) {
            assertThat(answer.problem(403, "insufficient-role")).contains("role");
        }
    }

    @Test
    void roles_add_up() {
        String both = token(Role.ADMIN, Role.APPROVER);

        assertThat(ask("POST", "/approvals").as(both).answer().status()).isEqualTo(200);
        assertThat(ask("DELETE", "/things").as(both).answer().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ADMIN", "root", "ROLE_admin", "", "admin,viewer"})
    void a_role_that_nobody_defined_means_nothing(String name) {
        String stranger = signed(claims().claim("roles", List.of(name)));

        ask("GET", "/things").as(stranger).answer().problem(403, "insufficient-role");
    }

    @Test
    void a_token_without_roles_opens_nothing() {
        ask("GET", "/things").as(signed(claims().claim("roles", null))).answer().problem(403, "insufficient-role");
        ask("GET", "/things")
                .as(signed(claims().claim("roles", List.of())))
                .answer()
                .problem(403, "insufficient-role");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/unlisted",
                "/error",
                "/actuator/env",
                "/actuator",
                "/actuator/healthy",
                "/nowhere",
                "/",
                "/.well-known/oauth-protected-resource"
            })
    void a_path_that_no_rule_names_is_closed_even_to_an_admin(String path) {
        ask("GET", path).as(token(Role.ADMIN, Role.APPROVER)).answer().problem(403, "insufficient-role");
        ask("GET", path).answer().problem(401, "no-identity");
    }

    @Test
    void a_method_that_no_rule_names_does_nothing() {
        ask("PATCH", "/things").as(token(Role.ADMIN)).answer().problem(405, "method-not-allowed");
        ask("PATCH", "/unlisted").as(token(Role.ADMIN)).answer().problem(405, "method-not-allowed");
        ask("PATCH", "/nowhere").as(token(Role.ADMIN)).answer().problem(403, "insufficient-role");
        ask("PATCH", "/things").answer().problem(401, "no-identity");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/readiness", "/actuator/health/liveness"})
    void health_is_open_even_to_a_bad_token(String path) {
        assertThat(ask("GET", path).answer().json().path("status").asString()).isEqualTo("UP");
        assertThat(ask("GET", path).as("abc").answer().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer an-opaque-token", "Bearer not a token at all", "Basic YTpi", "Bearer a.b.c"})
    void an_application_keeps_its_own_authorization_on_an_open_path(String authorization) {
        Asking.Answer answer =
                ask("GET", "/apps/hello").header("Authorization", authorization).answer();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(authorization);
    }

    @Test
    void a_caller_is_known_by_a_verified_email_with_case_folded() {
        Asking.Answer answer = ask("GET", "/things").as(token(Role.VIEWER)).answer();

        assertThat(answer.json().path("email").asString()).isEqualTo("ada@example.test");
        assertThat(answer.json().path("subject").asString()).isEqualTo("ada");
    }

    @Test
    void an_answer_that_is_made_later_still_knows_its_caller() {
        Asking.Answer answer =
                ask("GET", "/things/later").as(token(Role.VIEWER)).answer();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("subject").asString()).isEqualTo("ada");
    }

    @Test
    void no_session_is_kept_and_nothing_may_be_framed() {
        Asking.Answer answer = ask("GET", "/things").as(token(Role.VIEWER)).answer();

        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @Test
    void there_is_one_way_in_and_no_password(@Autowired ApplicationContext context) {
        assertThat(context.getBeansOfType(SecurityFilterChain.class)).hasSize(1);
        assertThat(context.getBeansOfType(UserDetailsService.class)).isEmpty();
    }

    private Asking ask(String method, String path) {
        return Asking.of(port, method, path);
    }

    private static String tampered() {
        String[] parts = token(Role.VIEWER).split("\\.", -1);
        String[] wished = token(Role.ADMIN).split("\\.", -1);
        return parts[0] + "." + wished[1] + "." + parts[2];
    }
}
