package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.policy.Cohort;
import dev.slipway.contracts.policy.TrafficLimits;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import dev.slipway.platform.Pace;
import dev.slipway.platform.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SplitIT {
    private static final Duration SOON = Pace.patience(Duration.ofSeconds(10));
    private static final Duration STALE =
            Pace.patience(Duration.ofSeconds(2)); // repeats of a table are late where all is
    private static final String OLD = "hello@1.0.0/production/1";
    private static RunningGateway gateway;
    private static Backend baseline;
    private static Backend canary;

    private final LiveTable table = new LiveTable();

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start("slipway.live.stale-after=%dms".formatted(STALE.toMillis()));
        baseline = Backend.answering(200, "old");
        canary = Backend.answering(200, "new");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        baseline.close();
        canary.close();
    }

    @AfterEach
    void silence() {
        table.close();
    }

    @Test
    void a_tenth_of_the_requests_reaches_the_canary() {
        table.repeat(2, Assign.REQUEST, OLD, old(90), fresh(10));
        awaitVersion("1.1.0");

        long canaries = IntStream.range(0, 2000)
                .filter(_ -> gateway.get(table.path("/greet")).body().equals("new"))
                .count();

        assertThat(canaries).isBetween(133L, 267L); // five standard deviations of 13.4 around 200
    }

    @Test
    void a_table_that_is_not_repeated_leaves_the_verified_version_alone() {
        table.repeat(2, Assign.REQUEST, OLD, old(50), fresh(50));
        awaitVersion("1.1.0");

        table.silence();

        await().atMost(SOON).until(() -> versions(30).equals(Set.of("1.0.0")));
        assertThat(versions(100)).containsExactly("1.0.0");
    }

    @Test
    void a_first_release_is_served_on_while_its_control_plane_is_silent() {
        table.repeat(1, Assign.REQUEST, null, fresh(100));
        awaitVersion("1.1.0");

        table.silence();

        Instant silent = Instant.now();
        await().atMost(SOON).until(() -> {
            assertThat(versions(5)).containsExactly("1.1.0");
            return Duration.between(silent, Instant.now()).compareTo(STALE.multipliedBy(2)) > 0;
        });
    }

    @Test
    void a_lower_counter_changes_nothing() {
        table.repeat(9, Assign.REQUEST, OLD, old(100), fresh(0));
        awaitVersion("1.0.0");

        table.once(8, Instant.now(), OLD, old(0), fresh(100));
        table.once(9, Instant.now(), OLD, old(100), fresh(0)); // once this has arrived, so has what came before it
        table.repeat(10, Assign.REQUEST, OLD, share("1.0.0", canary.address(), 100));
        await().atMost(SOON).until(() -> gateway.get(table.path("/x")).body().equals("new"));
        table.once(9, Instant.now(), OLD, old(100), fresh(0));

        assertThat(IntStream.range(0, 100)
                        .mapToObj(_ -> gateway.get(table.path("/x")).body()))
                .containsOnly("new");
    }

    @Test
    void after_a_restart_an_unverified_share_waits_for_a_repetition() {
        table.once(2, Instant.now().plusSeconds(30), OLD, old(0), fresh(100));

        try (RunningGateway restarted = RunningGateway.start()) {
            assertThat(versions(restarted, 50)).containsExactly("1.0.0");

            table.repeat(2, Assign.REQUEST, OLD, old(0), fresh(100));
            await().atMost(SOON).until(() -> versions(restarted, 5).equals(Set.of("1.1.0")));
        }
    }

    @Test
    void after_a_restart_a_first_release_waits_for_a_repetition_without_an_answer() {
        table.once(1, Instant.now(), null, fresh(100));

        try (RunningGateway restarted = RunningGateway.start()) {
            HttpResponse<String> answer = restarted.get(table.path("/greet"));
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).contains("not-confirmed");

            table.repeat(1, Assign.REQUEST, null, fresh(100));
            await().atMost(SOON).until(() -> versions(restarted, 5).equals(Set.of("1.1.0")));
        }
    }

    @Test
    void where_nothing_may_serve_it_is_said_with_a_time_to_try_again() {
        HttpResponse<String> unknown = gateway.get("/apps/nobody/production/x");
        assertThat(unknown.statusCode()).isEqualTo(503);
        assertThat(unknown.headers().firstValue("Retry-After")).contains("2");

        table.repeat(3, Assign.REQUEST, null);
        await().atMost(SOON).until(() -> gateway.get(table.path("/")).body().contains("nothing-serves"));
        assertThat(gateway.get("/apps/hello/elsewhere/x").statusCode()).isEqualTo(404);
    }

    @Test
    void the_application_sees_its_own_request() {
        table.repeat(1, Assign.REQUEST, OLD, old(100));
        awaitVersion("1.0.0");

        HttpResponse<String> answer = gateway.send(gateway.request(table.path("/a%20b/c?name=x%26y&name=z&empty="))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Authorization", "Bearer the-applications-own")
                .header("Cookie", "slipway-client=ours; theirs=1")
                .header("X-Forwarded-For", "6.6.6.6")
                .header("TE", "trailers")
                .POST(BodyPublishers.ofString("name=form&value=1")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Slipway-Version")).contains("1.0.0");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.headers().firstValue("X-Frame-Options")).isEmpty();
        Backend.Asked asked = baseline.asked().getLast();
        assertThat(asked.uri()).hasToString("/a%20b/c?name=x%26y&name=z&empty=");
        assertThat(asked.body()).isEqualTo("name=form&value=1");
        assertThat(asked.headers().getFirst("Host"))
                .isEqualTo(gateway.uri("/apps/").getAuthority());
        assertThat(asked.headers().getFirst("Authorization")).isEqualTo("Bearer the-applications-own");
        assertThat(asked.headers().getFirst("Cookie")).isEqualTo("theirs=1");
        assertThat(asked.headers().getFirst("X-Forwarded-For")).isEqualTo("127.0.0.1");
        assertThat(asked.headers().getFirst("X-Forwarded-Prefix")).isEqualTo("/apps/" + table.environment());
        assertThat(asked.headers()).doesNotContainKeys("Te", "Transfer-encoding", "Accept-encoding");
    }

    @Test
    void a_token_of_slipways_own_never_reaches_the_application() {
        table.repeat(1, Assign.REQUEST, OLD, old(100));
        awaitVersion("1.0.0");

        HttpResponse<String> answer =
                gateway.send(gateway.as("admin", table.path("/x")).GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(baseline.asked().getLast().headers()).doesNotContainKey("Authorization");
    }

    @Test
    void every_method_and_every_status_pass_through() {
        try (Backend teapot = Backend.answering(418, "tea")) {
            table.repeat(1, Assign.REQUEST, OLD, share("1.0.0", teapot.address(), 100));
            awaitVersion("1.0.0");
            for (String method : new String[] {"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"}) {
                boolean body = method.equals("PUT") || method.equals("PATCH");
                HttpResponse<String> answer = gateway.send(gateway.request(table.path("/x"))
                        .method(method, body ? BodyPublishers.ofString("b") : BodyPublishers.noBody()));

                assertThat(answer.statusCode()).as(method).isEqualTo(418);
                assertThat(answer.body()).isEqualTo(method.equals("HEAD") ? "" : "tea");
                assertThat(teapot.asked().getLast().method()).isEqualTo(method);
                assertThat(teapot.asked().getLast().body()).isEqualTo(body ? "b" : "");
            }
        }
    }

    @Test
    void a_version_that_cannot_be_reached_is_a_bad_gateway() {
        var nowhere = java.net.URI.create("http://127.0.0.1:" + Ports.free());
        table.repeat(1, Assign.REQUEST, OLD, share("1.0.0", nowhere, 100));
        await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 502);

        HttpResponse<String> answer = gateway.get(table.path("/x"));

        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("Slipway-Version")).contains("1.0.0");
        assertThat(answer.body()).contains("version-unreachable");
    }

    @Test
    void the_answers_are_measured_by_environment_side_and_outcome() {
        table.repeat(2, Assign.REQUEST, OLD, old(50), share("1.1.0", java.net.URI.create("http://127.0.0.1:1"), 50));
        await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 502);
        awaitVersion("1.0.0");
        gateway.get("/apps/nobody/production/x");

        String environment = table.environment().toString();
        assertThat(gateway.counted(
                        "slipway.gateway.split", "environment", environment, "side", "verified", "outcome", "answered"))
                .isPositive();
        assertThat(gateway.counted(
                        "slipway.gateway.split", "environment", environment, "side", "unverified", "outcome", "failed"))
                .isPositive();
        assertThat(gateway.counted("slipway.gateway.split", "environment", "unknown"))
                .isPositive();
        assertThat(gateway.counted("slipway.gateway.split", "environment", "nobody/production"))
                .isZero();

        assertThat(gateway.get("/actuator/prometheus").statusCode()).isEqualTo(401);
        String scraped =
                gateway.send(gateway.as("viewer", "/actuator/prometheus").GET()).body();
        assertThat(scraped)
                .contains("slipway_gateway_split_seconds_count", "resilience4j_circuitbreaker_state")
                .contains("slipway_gateway_intake_total", "slipway_gateway_probes_total")
                .as("a tag per path would grow without bound")
                .doesNotContain(table.path("/x"));
    }

    @Test
    void an_answer_that_breaks_off_is_never_taken_for_a_whole_one() {
        try (Backend breaking = Backend.answering(exchange -> {
            int bytes = exchange.getRequestURI().getPath().equals("/long") ? 100_000 : 10;
            exchange.sendResponseHeaders(200, exchange.getRequestURI().getPath().equals("/told") ? 1000 : 0);
            exchange.getResponseBody().write(new byte[bytes]);
            exchange.getResponseBody().flush();
            throw new IOException("breaks off");
        })) {
            table.repeat(1, Assign.REQUEST, OLD, share("1.0.0", breaking.address(), 100));
            await().atMost(SOON)
                    .until(() -> gateway.raw("GET " + table.path("/short") + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .contains("Slipway-Version: 1.0.0"));

            for (String path : new String[] {"/short", "/told", "/long"}) {
                assertThatThrownBy(() -> gateway.get(table.path(path))).isInstanceOf(UncheckedIOException.class);
            }
        }
    }

    @Test
    void a_client_keeps_its_side_by_header_or_by_the_cookie_that_it_gets() {
        table.repeat(4, Assign.CLIENT, OLD, old(50), fresh(50));
        await().atMost(SOON).until(() -> gateway.get(table.path("/x")).statusCode() == 200);
        await().atMost(SOON)
                .until(() -> IntStream.range(0, 20)
                        .anyMatch(client -> version(client).equals("1.1.0")));

        Set<String> sides = new HashSet<>();
        for (int client = 0; client < 20; client++) {
            String side = version(client);
            sides.add(side);
            assertThat(version(client)).isEqualTo(side);
        }
        assertThat(sides).containsExactlyInAnyOrder("1.0.0", "1.1.0");

        HttpResponse<String> visit = gateway.get(table.path("/x"));
        String cookie = visit.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Lax", "Path=/apps/" + table.environment());
        for (int i = 0; i < 10; i++) {
            HttpResponse<String> again = gateway.send(gateway.request(table.path("/x"))
                    .header("Cookie", cookie.split(";")[0])
                    .GET());
            assertThat(again.headers().firstValue("Slipway-Version"))
                    .isEqualTo(visit.headers().firstValue("Slipway-Version"));
            assertThat(again.headers().firstValue("Set-Cookie")).isEmpty();
        }
    }

    @Test
    void those_whom_the_policy_names_always_get_the_new_version_and_are_no_evidence() {
        TrafficTable split = table.repeat(2, Assign.REQUEST, OLD, old(99), fresh(1));
        table.reached(
                split,
                3,
                List.of("shop.example.test"),
                TrafficLimits.DEFAULT,
                new Cohort(Cohort.Source.HEADER, "X-Beta", "1"));
        await().atMost(SOON).until(() -> beta("1").equals("1.1.0"));
        long counted = counted();

        for (int i = 0; i < 50; i++) {
            assertThat(beta("1")).isEqualTo("1.1.0");
        }
        assertThat(IntStream.range(0, 50)
                        .mapToObj(_ -> beta("2"))
                        .filter("1.1.0"::equals)
                        .count())
                .isLessThan(10);
        await().atMost(SOON).until(() -> counted() >= counted + 50);
        assertThat(counted()).as("only the others are counted").isLessThan(counted + 100);
        assertThat(gateway.raw("GET /x HTTP/1.1\r\nHost: shop.example.test\r\nConnection: close\r\n\r\n"))
                .as("the policy's own name")
                .startsWith("HTTP/1.1 200 ");
    }

    private String beta(String value) {
        return gateway.send(gateway.request(table.path("/x"))
                        .header("X-Beta", value)
                        .GET())
                .headers()
                .firstValue("Slipway-Version")
                .orElse("none");
    }

    private long counted() {
        return TestPlatform.shared()
                .records(Topics.TRAFFIC_SAMPLES, table.environment().toString())
                .stream()
                .map(record -> WireJson.mapper().readValue(record.value(), TrafficSample.class))
                .flatMap(sample -> sample.versions().stream())
                .mapToLong(version -> version.all().answers())
                .sum();
    }

    private String version(int client) {
        return gateway.send(gateway.request(table.path("/x"))
                        .header("Slipway-Client", "client-" + client)
                        .GET())
                .headers()
                .firstValue("Slipway-Version")
                .orElse("none");
    }

    private void awaitVersion(String version) {
        await().atMost(SOON).until(() -> versions(30).contains(version));
    }

    private Set<String> versions(int requests) {
        return versions(gateway, requests);
    }

    private Set<String> versions(RunningGateway asked, int requests) {
        Set<String> versions = new HashSet<>();
        for (int i = 0; i < requests; i++) {
            versions.add(asked.get(table.path("/x"))
                    .headers()
                    .firstValue("Slipway-Version")
                    .orElse("none"));
        }
        return versions;
    }

    private static Share old(int percent) {
        return share("1.0.0", baseline.address(), percent);
    }

    private static Share fresh(int percent) {
        return share("1.1.0", canary.address(), percent);
    }
}
