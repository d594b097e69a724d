package dev.slipway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.platform.Pace;
import dev.slipway.platform.Ports;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two instances of a service behind the gateway, one of which dies, hangs or breaks off. */
@Tag("thorough")
class ReplicasIT {
    private static final Duration ANSWER_WITHIN = Pace.patience(Duration.ofSeconds(2));
    private static final long OPEN_FOR_SECONDS = Pace.seconds(1);
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(10));
    private static final String RELEASES = "/api/v1/releases";

    private final int firstPort = Ports.free();
    private Backend first = Backend.on(firstPort, exchange -> Backend.answer(exchange, 200, "first"));
    private final Backend second = Backend.answering(200, "second");
    private final RunningGateway gateway = RunningGateway.start(
            "slipway.routes.release=http://127.0.0.1:" + firstPort + "," + second.address(),
            "slipway.routes.answer-within=" + ANSWER_WITHIN.toMillis() + "ms",
            "slipway.routes.repeat-max=1KB",
            "slipway.routes.in-flight-max=2",
            "slipway.routes.steering-in-flight-max=1",
            "slipway.routes.badges-in-flight-max=1",
            "slipway.identity.public-badges=hello",
            "slipway.routes.breaker.open-for=" + OPEN_FOR_SECONDS + "s");

    @AfterEach
    void stop() {
        gateway.close();
        first.close();
        second.close();
    }

    @Test
    void both_answer_in_turn() {
        assertThat(answers(4)).containsExactlyInAnyOrder("first", "second");
        assertThat(first.asked()).hasSize(2);
    }

    @Test
    void one_that_is_dead_is_passed_over_without_a_failed_request_and_found_again() {
        first.close();

        for (int request = 0; request < 20; request++) {
            assertThat(get().statusCode()).isEqualTo(200);
            assertThat(post("{}", "").statusCode()).isEqualTo(200);
        }
        await("it is left alone") // again, where it was tried meanwhile
                .atMost(SOON)
                .until(() -> get().statusCode() == 200
                        && gateway.gauge(
                                        "resilience4j.circuitbreaker.state",
                                        "name",
                                        "release-service@127.0.0.1:" + firstPort,
                                        "state",
                                        "open")
                                == 1);

        first = Backend.on(firstPort, exchange -> Backend.answer(exchange, 200, "first again"));
        await().atMost(SOON).until(() -> answers(2).contains("first again"));
    }

    @Test
    void a_body_reaches_the_next_one_whole_when_the_first_cannot_be_connected_to() {
        first.close();
        String large = "x".repeat(200_000);

        for (int request = 0; request < 4; request++) {
            assertThat(post(large, "").statusCode()).isEqualTo(200);
        }
        assertThat(second.asked())
                .hasSize(4)
                .allSatisfy(asked -> assertThat(asked.body()).isEqualTo(large));
    }

    @Test
    void after_a_connection_that_broke_what_can_be_repeated_is_asked_of_the_next_one() {
        first.now(exchange -> exchange.close());

        for (int request = 0; request < 4; request++) {
            assertThat(get().statusCode()).isEqualTo(200);
            assertThat(post("{\"n\":%d}".formatted(request), "key-" + request).statusCode())
                    .isEqualTo(200);
        }
        assertThat(second.asked().stream().filter(asked -> asked.method().equals("POST")))
                .extracting(Backend.Asked::body)
                .containsExactly("{\"n\":0}", "{\"n\":1}", "{\"n\":2}", "{\"n\":3}");
    }

    @Test
    void what_cannot_be_repeated_is_sent_once_and_the_caller_is_told() {
        first.now(exchange -> exchange.close());
        second.now(exchange -> exchange.close());

        HttpResponse<String> without = post("{}", "");
        int asked = first.asked().size() + second.asked().size();
        HttpResponse<String> tooLarge = post("x".repeat(2000), "key");

        assertThat(asked).isEqualTo(1);
        assertThat(first.asked().size() + second.asked().size()).isEqualTo(2);
        for (HttpResponse<String> answer : List.of(without, tooLarge)) {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("may or may not be done");
            assertThat(answer.headers().firstValue("Retry-After")).contains(Long.toString(OPEN_FOR_SECONDS));
        }
    }

    @Test
    void one_that_hangs_is_not_asked_twice_and_then_left_alone() {
        CountDownLatch end = new CountDownLatch(1);
        first.now(exchange -> {
            hold(end);
            exchange.close();
        });
        try {
            Set<Integer> statuses = new HashSet<>();
            await().atMost(Pace.patience(Duration.ofSeconds(60))).until(() -> {
                Instant start = Instant.now();
                statuses.add(post("{}", "key").statusCode());
                statuses.add(post("{}", "key").statusCode());
                return Duration.between(start, Instant.now()).compareTo(ANSWER_WITHIN)
                        < 0; // both by the one that is well
            });
            assertThat(statuses).containsExactlyInAnyOrder(200, 503);
        } finally {
            end.countDown();
        }
    }

    @Test
    void all_dead_is_said_at_once_and_soon_over() {
        first.close();
        second.close();

        HttpResponse<String> answer = get();

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("release-service", "cannot be reached");
        assertThat(get().body()).contains("left alone");
        first = Backend.on(firstPort, exchange -> Backend.answer(exchange, 200, "first"));
        await().atMost(SOON).until(() -> get().statusCode() == 200);
    }

    @Test
    void an_abort_gets_through_however_many_wait() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        var holding = (com.sun.net.httpserver.HttpHandler) exchange -> {
            if (exchange.getRequestMethod().equals("GET")) {
                hold(end);
            }
            Backend.answer(exchange, 200, "done");
        };
        first.now(holding);
        second.now(holding);
        try (ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> held = List.of(waiting.submit(this::get), waiting.submit(this::get));
            await().atMost(SOON)
                    .until(() -> first.asked().size() + second.asked().size() == 2);

            assertThat(get().body()).contains("too many requests");
            assertThat(gateway.post("operator", RELEASES + "/x@1/abort", "application/json", "{}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(gateway.post("operator", "/api/v1/applications/x/rollback", "application/json", "{}")
                            .statusCode())
                    .isEqualTo(200);

            end.countDown();
            for (Future<HttpResponse<String>> one : held) {
                assertThat(one.get(Pace.seconds(10), TimeUnit.SECONDS).statusCode())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void whoever_looks_at_public_badges_takes_no_room_from_those_who_have_a_token() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        var holding = (com.sun.net.httpserver.HttpHandler) exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/badge.svg")) {
                hold(end);
            }
            Backend.answer(exchange, 200, "done");
        };
        first.now(holding);
        second.now(holding);
        String badge = "/api/v1/applications/hello/guide/badge.svg";
        try (ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> held = waiting.submit(() -> gateway.get(badge));
            await().atMost(SOON)
                    .until(() -> first.asked().size() + second.asked().size() == 1);

            assertThat(gateway.get(badge).body()).contains("too many requests");
            assertThat(get().statusCode()).isEqualTo(200);

            end.countDown();
            assertThat(held.get(Pace.seconds(10), TimeUnit.SECONDS).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_trace_and_a_location_pass_whichever_answers() {
        for (Backend backend : List.of(first, second)) {
            backend.now(exchange -> {
                exchange.getResponseHeaders().add("Location", backend.address() + RELEASES + "/x@1");
                Backend.answer(exchange, 202, "{}");
            });
        }
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        for (int request = 0; request < 2; request++) {
            HttpResponse<String> answer = gateway.send(gateway.as("publisher", RELEASES)
                    .header("traceparent", trace)
                    .POST(BodyPublishers.ofString("{}")));
            assertThat(answer.headers().firstValue("Location")).contains(RELEASES + "/x@1");
        }
        for (Backend backend : List.of(first, second)) {
            assertThat(backend.asked().getLast().headers().getFirst("Traceparent"))
                    .startsWith(trace.substring(0, 35));
        }
    }

    private Set<String> answers(int requests) {
        Set<String> answers = new HashSet<>();
        for (int request = 0; request < requests; request++) {
            answers.add(get().body());
        }
        return answers;
    }

    private HttpResponse<String> get() {
        return gateway.send(gateway.as("viewer", RELEASES).GET());
    }

    private HttpResponse<String> post(String body, String key) {
        HttpRequest.Builder request = gateway.as("publisher", RELEASES).header("Content-Type", "application/json");
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        return gateway.send(request.POST(BodyPublishers.ofString(body)));
    }

    private static void hold(CountDownLatch end) {
        try {
            if (!end.await(Pace.seconds(60), TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test did not let go");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
