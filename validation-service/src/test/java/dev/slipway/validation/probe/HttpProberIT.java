package dev.slipway.validation.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Gate.JsonExpectation;
import dev.slipway.contracts.policy.HttpStep;
import dev.slipway.contracts.policy.Saving;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.Http2OnlyServer;
import dev.slipway.validation.assessment.ProbeAnswer;
import dev.slipway.validation.assessment.ProbeAnswer.AsExpected;
import dev.slipway.validation.assessment.ProbeAnswer.Unanswered;
import dev.slipway.validation.assessment.ProbeAnswer.Unexpected;
import dev.slipway.validation.assessment.Prober.Probing;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Probes against a real server. */
final class HttpProberIT {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    /** So long the server itself takes, so that the clock of a busy machine decides nothing. */
    private static final Duration LATE = Duration.ofMillis(200);

    private final CountDownLatch ended = new CountDownLatch(1);
    private HttpServer server;
    private HttpProber prober;
    private URI address;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        answers("/greet", 200, "{\"greeting\":\"Hello x\",\"count\":1.0,\"list\":[{\"a\":true}]}");
        answers("/moved", 302, "");
        answers("/large", 200, "x".repeat(2_000));
        answers("/text", 200, "not json");
        server.createContext("/slow", exchange -> {
            try {
                boolean unanswered = ended.await(Pace.seconds(10), TimeUnit.SECONDS);
                exchange.sendResponseHeaders(unanswered ? 200 : 500, -1);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        server.start();
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        prober = prober(Pace.patience(Duration.ofSeconds(10)));
    }

    private static HttpProber prober(Duration answerWithin) {
        return new HttpProber(
                new HttpProber.Limits(Set.of("127.0.0.1"), Pace.patience(Duration.ofSeconds(1)), answerWithin, 1_000),
                Bulkhead.ofDefaults("probe"),
                JsonMapper.shared());
    }

    @AfterEach
    void stop() {
        ended.countDown();
        prober.close();
        server.stop(0);
    }

    @Test
    void an_answer_that_does_not_contain_the_expected_text_is_wrong() {
        assertThat(ask(new HttpProbe("/text", 200, null, List.of(), "not js"))).isInstanceOf(AsExpected.class);
        assertThat(ask(new HttpProbe("/text", 200, null, List.of(), "1.2.0")))
                .isInstanceOfSatisfying(
                        ProbeAnswer.Wrong.class,
                        wrong -> assertThat(wrong.why()).isEqualTo("GET /text: the answer does not contain 1.2.0"));
    }

    @Test
    void an_answer_as_expected_passes() {
        ProbeAnswer answer = ask(new HttpProbe(
                "/greet?name=x",
                200,
                Pace.patience(Duration.ofSeconds(5)),
                List.of(
                        new JsonExpectation("$.greeting", "\"Hello x\""),
                        new JsonExpectation("$.count", "1"),
                        new JsonExpectation("$.list[0].a", "true"))));

        assertThat(answer).isInstanceOf(AsExpected.class);
        assertThat(answer.observed()).matches("GET /greet\\?name=x 200 in \\d+ ms");
    }

    @Test
    void a_value_that_is_there_and_is_another_will_not_become_right_but_what_is_not_there_may() {
        assertThat(ask(json("/greet", "$.greeting", "\"Hello y\"")))
                .isInstanceOfSatisfying(
                        ProbeAnswer.Wrong.class,
                        wrong -> assertThat(wrong.observed()).endsWith("ms, $.greeting \"Hello x\""));
        assertThat(ask(json("/greet", "$.list[1].a", "true"))).isInstanceOf(Unexpected.class);
        assertThat(ask(json("/text", "$.a", "1"))).isInstanceOf(Unexpected.class);
    }

    @Test
    void another_status_or_value_or_no_json_is_unexpected() {
        assertThat(why(ask(probe("/nothing", 200)))).isEqualTo("GET /nothing answered 404, expected 200");
        assertThat(why(ask(json("/greet", "$.greeting", "\"Hello y\""))))
                .isEqualTo("GET /greet: $.greeting is \"Hello x\", expected \"Hello y\"");
        assertThat(why(ask(json("/greet", "$.list[1].a", "true")))).contains("is nothing");
        assertThat(why(ask(json("/greet", "greeting", "true")))).contains("is nothing");
        assertThat(why(ask(json("/text", "$.a", "1")))).isEqualTo("GET /text did not answer JSON");
        assertThat(ask(new HttpProbe("/greet", 200, Duration.ofNanos(1), List.of())))
                .isInstanceOf(Unexpected.class);
    }

    @Test
    void a_request_carries_the_trace_that_it_belongs_to() {
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        AtomicReference<String> seen = new AtomicReference<>("");
        server.createContext("/traced", exchange -> {
            seen.set(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });

        prober.probe(new Probing(0, address, List.of(probe("/traced", 200))), trace);
        assertThat(seen).hasValue(trace);
        prober.probe(new Probing(0, address, List.of(probe("/traced", 200))), null);
        assertThat(seen).hasValue("null");
    }

    @Test
    void a_redirect_is_an_answer_and_not_followed() {
        assertThat(ask(probe("/moved", 302))).isInstanceOf(AsExpected.class);
        assertThat(ask(probe("/moved", 200))).isInstanceOf(Unexpected.class);
    }

    @Test
    void a_version_that_does_not_answer_in_time_or_too_much_has_not_answered() {
        assertThat(ask(probe("/large", 200))).isInstanceOf(Unanswered.class);
        prober.close();
        prober = prober(Duration.ofMillis(500));
        assertThat(why(ask(probe("/slow", 200)))).isEqualTo("GET /slow was not answered within 500 ms");
    }

    @Test
    void an_answer_that_came_later_than_its_limit_of_latency_is_unexpected_however_right_it_is() {
        server.createContext("/late", exchange -> {
            try {
                boolean unanswered = ended.await(LATE.toMillis(), TimeUnit.MILLISECONDS);
                exchange.sendResponseHeaders(unanswered ? 500 : 200, -1);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        HttpProbe within = new HttpProbe("/late", 200, LATE.dividedBy(4), List.of());

        ProbeAnswer answer = ask(within);

        assertThat(answer).isInstanceOf(Unexpected.class);
        assertThat(why(answer)).matches("GET /late took \\d+ ms, expected at most 50");
        assertThat(ask(new HttpProbe("/late", 200, Pace.patience(Duration.ofSeconds(10)), List.of())))
                .isInstanceOf(AsExpected.class);
    }

    @Test
    void a_path_is_walked_with_what_its_steps_save() {
        List<String> seen = new CopyOnWriteArrayList<>();
        server.createContext("/login", exchange -> {
            seen.add("%s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestHeaders().getFirst("Content-Type"),
                            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.getResponseHeaders().add("Location", "/orders/of");
            byte[] body = "{\"access_token\":\"s3cret\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/orders", exchange -> {
            seen.add("%s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        HttpStep login = new HttpStep(
                HttpStep.Method.POST,
                Map.of(),
                "{\"user\":\"ada\"}",
                true,
                Map.of("token", new Saving("$.access_token", null), "at", new Saving(null, "location")));
        HttpStep cancel = new HttpStep(
                HttpStep.Method.DELETE, Map.of("Authorization", "Bearer {saved.token}"), null, false, Map.of());

        List<ProbeAnswer> walked = prober.probe(
                new Probing(
                        0,
                        address,
                        List.of(
                                new HttpProbe("/login", 200, null, List.of(), null, login),
                                new HttpProbe("/orders?at={saved.at}", 204, null, List.of(), null, cancel))),
                null);

        assertThat(walked).hasSize(2).allSatisfy(answer -> assertThat(answer).isInstanceOf(AsExpected.class));
        assertThat(walked.toString())
                .contains("saves at, token", "DELETE /orders?at={saved.at} 204")
                .doesNotContain("s3cret");
        assertThat(seen)
                .containsExactly(
                        "POST application/json {\"user\":\"ada\"}", "DELETE /orders?at=%2Forders%2Fof Bearer s3cret");
    }

    @Test
    void a_closed_port_is_no_answer() {
        server.stop(0);

        assertThat(ask(probe("/greet", 200))).isInstanceOf(Unanswered.class);
    }

    @Test
    void only_hosts_of_the_list_are_asked() {
        for (String elsewhere : List.of(
                "http://192.0.2.1/",
                "http://localhost.example.test/",
                "http://user@127.0.0.1/",
                "ftp://127.0.0.1/",
                "http://127.0.0.1.example.test/",
                "mailto:a@example.test")) {
            ProbeAnswer answer = prober.probe(
                            new Probing(0, URI.create(elsewhere), List.of(probe("/greet", 200))), null)
                    .getFirst();
            assertThat(why(answer)).as(elsewhere).contains("not on the list");
        }
    }

    @Test
    void every_request_has_its_answer_in_order() {
        List<ProbeAnswer> all =
                prober.probe(new Probing(0, address, List.of(probe("/greet", 200), probe("/nothing", 404))), null);

        assertThat(all).hasSize(2).allSatisfy(answer -> assertThat(answer).isInstanceOf(AsExpected.class));
    }

    @Test
    void a_version_that_speaks_http2_alone_is_asked_in_it() {
        try (Http2OnlyServer version = Http2OnlyServer.http(0)) {
            assertThat(http2(version, json("/health", "$.greeting", "\"Hello x\""), null))
                    .isInstanceOfSatisfying(
                            AsExpected.class,
                            right -> assertThat(right.observed()).startsWith("GET /health 200 in "));
            assertThat(why(http2(version, probe("/nothing", 200), null)))
                    .isEqualTo("GET /nothing answered 404, expected 200");
            assertThat(http2(version, new HttpProbe("/trace", 200, null, List.of(), TRACE), TRACE))
                    .isInstanceOf(AsExpected.class);
            assertThat(why(http2(version, probe("/large", 200), null))).contains("more than 1000 bytes");
            assertThat(prober.probe(new Probing(0, version.address(), List.of(probe("/health", 200))), null))
                    .as("it understands nothing else")
                    .first()
                    .isInstanceOf(Unanswered.class);
        }
    }

    @Test
    void a_server_of_grpc_is_asked_by_its_own_health_protocol() {
        try (Http2OnlyServer version = Http2OnlyServer.grpc(0)) {
            assertThat(http2(version, probe("grpc://", 200), TRACE))
                    .isInstanceOfSatisfying(
                            AsExpected.class,
                            right -> assertThat(right.observed()).startsWith("gRPC health grpc:// 200 in "));
            assertThat(why(http2(version, probe("grpc://sick", 200), null)))
                    .isEqualTo("gRPC health grpc://sick answered 503, expected 200");
            assertThat(http2(version, probe("grpc://it.Unknown", 404), null)).isInstanceOf(AsExpected.class);
        }
    }

    private ProbeAnswer http2(Http2OnlyServer version, HttpProbe request, @Nullable String trace) {
        return prober.probe(new Probing(0, version.address(), List.of(request), true), trace)
                .getFirst();
    }

    private ProbeAnswer ask(HttpProbe request) {
        return prober.probe(new Probing(0, address, List.of(request)), null).getFirst();
    }

    private static @Nullable String why(ProbeAnswer answer) {
        return switch (answer) {
            case AsExpected _ -> null;
            case Unexpected unexpected -> unexpected.why();
            case ProbeAnswer.Wrong wrong -> wrong.why();
            case Unanswered unanswered -> unanswered.why();
        };
    }

    private static HttpProbe probe(String path, int status) {
        return new HttpProbe(path, status, null, List.of());
    }

    private static HttpProbe json(String path, String jsonPath, String equals) {
        return new HttpProbe(path, 200, null, List.of(new JsonExpectation(jsonPath, equals)));
    }

    private void answers(String path, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Location", "/greet");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }
}
