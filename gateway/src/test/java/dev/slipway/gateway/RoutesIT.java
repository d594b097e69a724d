package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.platform.Pace;
import dev.slipway.platform.Ports;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RoutesIT {
    private static final Duration ANSWER_WITHIN = Pace.patience(Duration.ofSeconds(1));
    private static final long OPEN_FOR_SECONDS = Pace.seconds(1);
    private static Backend release;
    private static Backend validation;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() {
        release = Backend.answering(200, "release");
        validation = Backend.answering(200, "validation");
        gateway = RunningGateway.start(
                "slipway.routes.release=" + release.address(),
                "slipway.routes.validation=" + validation.address(),
                "slipway.routes.deployment=http://127.0.0.1:1",
                "slipway.routes.notification=http://127.0.0.1:1",
                "slipway.routes.body-max=2KB",
                "slipway.routes.evidence-max=4KB",
                "slipway.identity.public-badges=hello",
                "slipway.routes.answer-within=" + ANSWER_WITHIN.toMillis() + "ms",
                "slipway.routes.breaker.open-for=2s");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        release.close();
        validation.close();
    }

    @Test
    void a_service_sees_path_query_body_and_token_as_they_were_sent() {
        String token = TestTokens.token("publisher");
        String path = "/api/v1/applications/hello/evidence?sha=abc&kind=junit&suite=a%20b%2Bc";

        HttpResponse<String> answer = gateway.send(gateway.request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/xml")
                .header("Idempotency-Key", "k1")
                .header("X-Forwarded-For", "1.2.3.4")
                .POST(BodyPublishers.ofString("<testsuite/>")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("validation");
        Backend.Asked asked = validation.asked().getLast();
        assertThat(asked.uri()).hasToString(path);
        assertThat(asked.body()).isEqualTo("<testsuite/>");
        assertThat(asked.headers().getFirst("Authorization")).isEqualTo("Bearer " + token);
        assertThat(asked.headers().getFirst("Idempotency-Key")).isEqualTo("k1");
        assertThat(asked.headers().getFirst("Content-Length")).isEqualTo("12");
        assertThat(asked.headers().getFirst("Host"))
                .isEqualTo(validation.address().getAuthority());
        assertThat(asked.headers()).doesNotContainKey("X-forwarded-for");
    }

    @Test
    void what_a_service_answers_is_passed_on_with_a_location_that_leads_through_the_gateway() {
        release.now(exchange -> {
            exchange.getResponseHeaders().add("Location", release.address() + "/api/v1/releases/hello@1.0.0");
            exchange.getResponseHeaders().add("Server", "secret/1.0");
            Backend.answer(exchange, 202, "{}");
        });

        HttpResponse<String> answer = gateway.post("publisher", "/api/v1/releases", "application/json", "{}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Location")).contains("/api/v1/releases/hello@1.0.0");
        assertThat(answer.headers().firstValue("Server")).isEmpty();
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
        assertThat(answer.headers().allValues("Date")).hasSize(1);
    }

    @Test
    void a_refusal_and_an_error_of_a_service_are_its_answers() {
        for (int status : new int[] {400, 404, 409, 500, 503}) {
            release.now(exchange -> Backend.answer(exchange, status, "{\"status\":" + status + "}"));

            HttpResponse<String> answer =
                    gateway.send(gateway.as("viewer", "/api/v1/releases/x@1").GET());

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo("{\"status\":" + status + "}");
        }
    }

    @Test
    void the_badge_of_an_application_that_is_named_is_passed_on_without_a_token_and_no_other() {
        release.now(exchange -> Backend.answer(exchange, 200, "<svg/>"));
        int before = release.asked().size();

        HttpResponse<String> shown = gateway.send(gateway.request("/api/v1/applications/hello/guide/badge.svg")
                .header("Accept", "image/*")
                .GET());
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).isEqualTo("<svg/>");
        assertThat(release.asked().getLast().headers().containsKey("Authorization"))
                .isFalse();

        for (String other : new String[] {
            "/api/v1/applications/shop/guide/badge.svg",
            "/api/v1/applications/hello/guide/badge.svg?release=hello@1.0.0",
            "/api/v1/applications/hello/guide/badge.json",
            "/api/v1/applications/hello/guide"
        }) {
            assertThat(gateway.get(other).statusCode()).as(other).isEqualTo(401);
        }
        assertThat(release.asked()).hasSize(before + 1);
        assertThat(gateway.send(gateway.as("viewer", "/api/v1/applications/shop/guide/badge.svg")
                                .GET())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void roles_are_checked_before_a_service_is_asked() {
        release.now(exchange -> Backend.answer(exchange, 200, "release"));
        int before = release.asked().size();

        assertThat(gateway.get("/api/v1/releases").statusCode()).isEqualTo(401);
        assertThat(gateway.post("viewer", "/api/v1/releases", "application/json", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.post("publisher", "/api/v1/releases/x@1/approvals", "application/json", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.post("admin", "/api/v1/releases/x@1/approvals", "application/json", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.post("operator", "/api/v1/releases/x@1/objections", "application/json", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.post("approver", "/api/v1/releases/x@1/abort", "application/json", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.post("operator", "/api/v1/releases/x@1/waivers", "application/json", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.post("operator", "/api/v1/releases/x@1/duties/device-test", "application/json", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.post("approver", "/api/v1/releases/x@1/waits/review", "application/json", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.post("publisher", "/api/v1/releases/x@1/hand-over", "application/json", "{}")
                        .statusCode())
                .isEqualTo(403);
        for (String path : new String[] {"guide", "guide/lines/press"}) {
            assertThat(gateway.post("publisher", "/api/v1/releases/x@1/" + path, "application/json", "{}")
                            .statusCode())
                    .isEqualTo(403);
        }
        assertThat(gateway.post("approver", "/api/v1/releases/x@1/retention/hold", "application/json", "{}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.send(gateway.as("publisher", "/api/v1/releases/x@1/notes")
                                .PUT(BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.send(gateway.as("operator", "/api/v1/applications/hello/policy")
                                .PUT(BodyPublishers.ofString("a: b")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(gateway.send(gateway.as("admin", "/api/v1/unknown").DELETE()).statusCode())
                .isEqualTo(403);
        assertThat(gateway.send(gateway.as("admin", "/actuator/env").GET()).statusCode())
                .isEqualTo(403);
        assertThat(release.asked()).hasSize(before);

        assertThat(gateway.post("approver", "/api/v1/releases/x@1/approvals", "application/json", "{}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.post("approver", "/api/v1/releases/x@1/objections", "application/json", "{}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.post("approver", "/api/v1/releases/x@1/waivers", "application/json", "{}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.post("approver", "/api/v1/releases/x@1/duties/device-test", "application/json", "{}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.post("publisher", "/api/v1/releases/x@1/waits/review", "application/json", "{}")
                        .statusCode())
                .isEqualTo(200);
        for (String role : new String[] {"approver", "operator"}) {
            assertThat(gateway.post(role, "/api/v1/releases/x@1/hand-over", "application/json", "{}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(gateway.post(role, "/api/v1/releases/x@1/day", "application/json", "{}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(gateway.post(role, "/api/v1/releases/x@1/guide", "application/json", "{}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(gateway.post(role, "/api/v1/releases/x@1/guide/lines/press", "application/json", "{}")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(gateway.post("operator", "/api/v1/releases/x@1/abort", "application/json", "{}")
                        .statusCode())
                .isEqualTo(200);
        for (String verb : new String[] {"hold", "lift"}) {
            assertThat(gateway.post("operator", "/api/v1/releases/x@1/retention/" + verb, "application/json", "{}")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(gateway.send(gateway.as("admin", "/api/v1/applications/hello/policy")
                                .PUT(BodyPublishers.ofString("a: b")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_body_beyond_the_limit_of_its_path_is_refused_also_when_its_length_is_not_told() {
        String large = "x".repeat(3000);
        byte[] larger = "x".repeat(5000).getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(gateway.post("publisher", "/api/v1/releases", "application/json", large)
                        .statusCode())
                .isEqualTo(413);
        assertThat(gateway.post("publisher", "/api/v1/applications/hello/evidence?sha=a", "text/xml", large)
                        .statusCode())
                .isEqualTo(200);
        HttpResponse<String> chunked = gateway.send(gateway.as("publisher", "/api/v1/applications/hello/evidence?sha=a")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(larger))));
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(chunked.body())
                .contains("body-too-large", "The limit is slipway.routes.evidence-max", "packed as a ZIP");

        release.now(exchange -> Backend.answer(exchange, 200, "release"));
        String files = "/api/v1/releases/hello@1.0.0/duties/device-test/files?name=a.png";
        assertThat(gateway.post("approver", files, "application/octet-stream", large)
                        .statusCode())
                .isEqualTo(200);
        assertThat(gateway.post("approver", files, "application/octet-stream", "x".repeat(5000))
                        .body())
                .contains("body-too-large", "The limit is slipway.routes.evidence-max", "answer with a link");
        assertThat(gateway.post("viewer", files, "application/octet-stream", "x")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_service_that_does_not_answer_in_time_is_said_to_be_unavailable() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        validation.now(exchange -> {
            awaitQuietly(end);
            exchange.close();
        });
        try {
            HttpResponse<String> answer = gateway.send(
                    gateway.as("viewer", "/api/v1/applications/hello/verdicts").GET());

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("validation-service", "in time");
            assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        } finally {
            end.countDown();
            validation.now(exchange -> Backend.answer(exchange, 200, "validation"));
        }
    }

    @Test
    void a_service_that_is_down_is_named_then_left_alone_and_found_again_when_it_is_back() {
        int port = Ports.free();
        try (RunningGateway other = RunningGateway.start(
                "slipway.routes.deployment=http://127.0.0.1:" + port,
                "slipway.routes.breaker.open-for=" + OPEN_FOR_SECONDS + "s")) {
            for (int call = 0; call < 5; call++) {
                HttpResponse<String> down = environments(other);
                assertThat(down.statusCode()).isEqualTo(503);
                assertThat(down.body()).contains("deployment-service", "cannot be reached");
                assertThat(down.headers().firstValue("Retry-After")).contains(Long.toString(OPEN_FOR_SECONDS));
            }
            assertThat(environments(other).body()).contains("deployment-service", "left alone");
            assertThat(other.get("/actuator/health/readiness").statusCode()).isEqualTo(200);

            try (Backend _ = Backend.on(port, exchange -> Backend.answer(exchange, 200, "deployment"))) {
                await().atMost(Pace.patience(Duration.ofSeconds(30)))
                        .untilAsserted(() ->
                                assertThat(environments(other).statusCode()).isEqualTo(200));
            }
        }
    }

    private static HttpResponse<String> environments(RunningGateway gateway) {
        return gateway.send(gateway.as("viewer", "/api/v1/environments").GET());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(Pace.seconds(60), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test did not end the exchange");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
