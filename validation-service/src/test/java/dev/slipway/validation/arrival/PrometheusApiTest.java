package dev.slipway.validation.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.contracts.policy.MetricQuery;
import dev.slipway.contracts.policy.MetricRule.Sense;
import dev.slipway.platform.Pace;
import dev.slipway.validation.assessment.MetricsServers.Querying;
import dev.slipway.validation.rule.Reading;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Queries to a server that speaks Prometheus' HTTP API. */
final class PrometheusApiTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final long SECONDS = NOW.getEpochSecond();

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private HttpServer server;
    private Fetching fetching;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/prefix/api/v1/query", exchange -> {
            String query = exchange.getRequestURI().getRawQuery().replaceFirst("^query=", "");
            String answer = answers.get(URLDecoder.decode(query, StandardCharsets.UTF_8));
            byte[] body = (answer == null ? "{\"status\":\"error\",\"error\":\"parse error\"}" : answer)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 400 : 200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        fetching = fetching("127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        fetching.close();
        server.stop(0);
    }

    private static Fetching fetching(String host) {
        Duration patience = Pace.patience(Duration.ofSeconds(10));
        return new Fetching(
                new Fetching.Limits(Set.of(host), patience, patience, 100_000, 10_000, 1),
                Bulkhead.ofDefaults("query"));
    }

    private Reading ask(String query) throws InterruptedException {
        MetricQuery asked = new MetricQuery(
                query,
                "http://127.0.0.1:%d/prefix/".formatted(server.getAddress().getPort()),
                Sense.ABOVE,
                0,
                null);
        return new PrometheusApi(fetching, JsonMapper.shared(), InstantSource.fixed(NOW))
                .ask(new Querying(0, List.of(asked)))
                .getFirst();
    }

    private void vector(String query, String... values) {
        StringBuilder all = new StringBuilder();
        for (String value : values) {
            all.append(all.isEmpty() ? "" : ",")
                    .append("{\"metric\":{},\"value\":[%d.5,\"%s\"]}".formatted(SECONDS - 1, value));
        }
        answers.put(
                query, "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[%s]}}".formatted(all));
    }

    @Test
    void the_number_is_read_with_the_time_at_which_it_was_measured() throws InterruptedException {
        vector("sum(up{job=\"hello\"}) + 1", "2");
        assertThat(ask("sum(up{job=\"hello\"}) + 1"))
                .as("nobody says when it was measured")
                .isEqualTo(Reading.of(2, NOW.minusMillis(500), NOW));

        vector("up", "1");
        vector("timestamp(up)", Long.toString(SECONDS - 200));
        assertThat(ask("up")).isEqualTo(Reading.of(1, NOW.minusSeconds(200), NOW));

        answers.put(
                "7",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[%d,\"7\"]}}"
                        .formatted(SECONDS));
        assertThat(ask("7")).isEqualTo(Reading.of(7, NOW, NOW));
    }

    @Test
    void what_is_not_one_number_is_no_data_and_says_why() throws InterruptedException {
        vector("none");
        vector("two", "1", "2");
        vector("strange", "NaN");
        answers.put("range", "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}");
        answers.put("page", "<html>");

        assertThat(ask("none")).isEqualTo(Reading.nothing("there is no such series", NOW));
        assertThat(ask("two"))
                .isEqualTo(Reading.nothing("it gives 2 series, and has to give one: sum them, or say which", NOW));
        assertThat(ask("strange")).isEqualTo(Reading.nothing("its value is no number", NOW));
        assertThat(ask("range")).isEqualTo(Reading.nothing("it gives no number of now, but a matrix", NOW));
        assertThat(ask("page")).isEqualTo(Reading.nothing("the answer 200 is no JSON", NOW));
        assertThat(ask("unknown(")).isEqualTo(Reading.nothing("it answered 400: parse error", NOW));
    }

    @Test
    void a_host_that_nobody_has_allowed_is_not_asked() throws InterruptedException {
        vector("up", "1");
        fetching.close();
        fetching = fetching("prometheus.example.test");

        assertThat(ask("up").why()).contains("slipway.validation.arrival.hosts");
        assertThat(ask("up").value()).isNull();
    }
}
