package dev.slipway.metrics.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.metrics.Exposition.Sample;
import dev.slipway.metrics.client.MetricsClient.Answer;
import dev.slipway.metrics.client.MetricsClient.Limits;
import dev.slipway.platform.Ports;
import dev.slipway.testkit.Http2OnlyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsClientTest {
    private static final Set<String> NAMES = Set.of("a");

    private final MetricsClient client = new MetricsClient(new Limits(Duration.ofMinutes(1), 2_000));
    private final MetricsClient hasty = new MetricsClient(new Limits(Duration.ofSeconds(1), 2_000));
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger elsewhere = new AtomicInteger();

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer program;

    @BeforeEach
    void start() throws IOException {
        program = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        program.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        says("/text", "text/plain; version=0.0.4; charset=utf-8", "a 1\nb 2\n");
        says("/open", "application/openmetrics-text; version=1.0.0; charset=utf-8", "a 1\n# EOF\n");
        says("/cut", "application/openmetrics-text; version=1.0.0; charset=utf-8", "a 1\n");
        says("/page", "text/html", "<html>hello</html>");
        says("/large", "text/plain", "# " + "x".repeat(3_000) + "\n");
        program.createContext("/latin", exchange -> answer(exchange, "text/plain", new byte[] {'a', ' ', (byte) 0xe9}));
        program.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        program.createContext("/elsewhere", exchange -> {
            elsewhere.incrementAndGet();
            answer(exchange, "text/plain", "a 1\n".getBytes(StandardCharsets.UTF_8));
        });
        program.createContext("/hangs", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('a');
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        program.start();
    }

    private void says(String path, String type, String body) {
        program.createContext(path, exchange -> answer(exchange, type, body.getBytes(StandardCharsets.UTF_8)));
    }

    private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @AfterEach
    void stop() {
        over.countDown();
        program.stop(0);
        client.close();
        hasty.close();
    }

    private Answer ask(String path) throws InterruptedException {
        return client.ask(address(path), false, NAMES);
    }

    private URI address(String path) {
        return URI.create("http://127.0.0.1:" + program.getAddress().getPort() + path);
    }

    private String why(String path) throws InterruptedException {
        assertThat(ask(path)).isInstanceOf(Answer.Untold.class);
        return ((Answer.Untold) ask(path)).why();
    }

    @Test
    void both_formats_are_read_as_their_type_says() throws Exception {
        Answer.Told told = new Answer.Told(java.util.List.of(new Sample("a", Map.of(), 1)));

        assertThat(ask("/text")).isEqualTo(told);
        assertThat(ask("/open")).isEqualTo(told);
        assertThat(why("/cut"))
                .isEqualTo("GET /cut answered what is no OpenMetrics: line 1 is the last one and is not # EOF: the text"
                        + " was cut off");
    }

    @Test
    void what_is_no_metrics_is_told_in_words() throws Exception {
        assertThat(why("/nothing")).isEqualTo("GET /nothing answered 404, expected 200");
        assertThat(why("/page"))
                .isEqualTo(
                        "GET /page answered what is no Prometheus text: line 1 has no metric's name where one belongs");
        assertThat(why("/latin")).isEqualTo("GET /latin answered what is no UTF-8");
    }

    @Test
    void a_program_is_read_within_bounds_of_time_and_bytes() throws Exception {
        assertThat(why("/large")).isEqualTo("GET /large answered more than 2000 bytes");
        assertThat(hasty.ask(address("/hangs"), false, NAMES))
                .isEqualTo(new Answer.Untold("GET /hangs gave no answer within 1 s"));
    }

    @Test
    void nobody_is_followed_anywhere_or_asked_elsewhere() throws Exception {
        assertThat(why("/moved")).isEqualTo("GET /moved answered 302, expected 200");
        assertThat(elsewhere).hasValue(0);
        assertThat(client.ask(URI.create("http://192.0.2.1/metrics"), false, NAMES))
                .isEqualTo(new Answer.Untold("GET /metrics is not sent: its program is not on this machine"));
        assertThat(client.ask(URI.create("file:/etc/passwd"), false, NAMES)).isInstanceOf(Answer.Untold.class);
    }

    @Test
    void a_program_that_speaks_http2_alone_is_asked_in_http2_within_the_same_bounds() throws Exception {
        try (Http2OnlyServer server = Http2OnlyServer.http(0);
                MetricsClient strict = new MetricsClient(new Limits(Duration.ofMinutes(1), 1_024))) {
            URI address = server.address();

            assertThat(client.ask(address.resolve("/metrics"), true, Set.of("queue_depth")))
                    .isEqualTo(new Answer.Told(java.util.List.of(new Sample("queue_depth", Map.of(), 7))));
            assertThat(client.ask(address.resolve("/metrics"), false, NAMES))
                    .as("it understands nothing else")
                    .isInstanceOf(Answer.Untold.class);
            assertThat(client.ask(address.resolve("/metrics-cut"), true, NAMES).toString())
                    .contains("GET /metrics-cut answered what is no OpenMetrics");
            assertThat(client.ask(address.resolve("/nothing"), true, NAMES))
                    .isEqualTo(new Answer.Untold("GET /nothing answered 404, expected 200"));
            assertThat(strict.ask(address.resolve("/large"), true, NAMES))
                    .isEqualTo(new Answer.Untold("GET /large answered more than 1024 bytes"));
            assertThat(hasty.ask(address.resolve("/slow"), true, NAMES))
                    .isEqualTo(new Answer.Untold("GET /slow gave no answer within 1 s"));
        }
    }

    @Test
    void nobody_who_listens_is_told_as_that() throws Exception {
        int port = Ports.free();
        assertThat(client.ask(URI.create("http://127.0.0.1:" + port + "/metrics"), false, NAMES))
                .isEqualTo(new Answer.Untold("GET /metrics found nobody who listens"));
        assertThat(client.ask(URI.create("http://127.0.0.1:" + port + "/metrics"), true, NAMES))
                .isEqualTo(new Answer.Untold("GET /metrics found nobody who listens"));
    }
}
