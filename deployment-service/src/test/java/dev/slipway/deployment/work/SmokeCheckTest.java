package dev.slipway.deployment.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Gate.JsonExpectation;
import dev.slipway.deployment.environment.Work;
import dev.slipway.deployment.target.TargetSettings;
import dev.slipway.deployment.target.VersionClient;
import dev.slipway.messaging.TaskRun;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What is looked at before a blue-green switch is all that the policy expects, not the status alone. */
class SmokeCheckTest {
    @TempDir
    Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer server;

    @BeforeEach
    void answers() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "{\"greeting\":\"Hello x\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    private Optional<String> wrong(HttpProbe request, long bodyBytesMax) throws InterruptedException {
        TargetSettings settings = new Binder(
                        new MapConfigurationPropertySource(Map.of("targets.directory", directory.toString())))
                .bind("targets", TargetSettings.class)
                .get();
        VersionClient versions = new VersionClient(settings, Bulkhead.ofDefaults("versions"));
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new SmokeCheck(versions, Duration.ofMillis(300), bodyBytesMax)
                .wrong(RUN, new Work.WarmUp("key", address, "/health", List.of(request), Duration.ZERO, true, false));
    }

    private Optional<String> wrong(HttpProbe request) throws InterruptedException {
        return wrong(request, 1_000);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private static HttpProbe probe(int status, List<JsonExpectation> json, @Nullable String contains) {
        return new HttpProbe("/greet", status, Duration.ofSeconds(10), json, contains);
    }

    @Test
    void an_answer_that_is_as_expected_in_every_part_is_fine() throws Exception {
        assertThat(wrong(probe(200, List.of(new JsonExpectation("$.greeting", "\"Hello x\"")), "Hello")))
                .isEmpty();
    }

    @Test
    void what_the_answer_must_contain_is_looked_for() throws Exception {
        assertThat(wrong(probe(200, List.of(), "Good morning")))
                .contains("GET /greet: the answer does not contain Good morning");
    }

    @Test
    void its_values_are_compared() throws Exception {
        assertThat(wrong(probe(200, List.of(new JsonExpectation("$.greeting", "\"Hello y\"")), null)))
                .contains("GET /greet: $.greeting is \"Hello x\", expected \"Hello y\"");
    }

    @Test
    void its_status_and_its_time_count() throws Exception {
        assertThat(wrong(probe(404, List.of(), null))).contains("GET /greet answered 200, expected 404");
        assertThat(wrong(new HttpProbe("/greet", 200, Duration.ofNanos(1), List.of(), null))
                        .orElse(""))
                .startsWith("GET /greet took");
    }

    @Test
    void an_answer_past_the_bound_is_not_read() throws Exception {
        assertThat(wrong(probe(200, List.of(), "Hello"), 5).orElse("")).startsWith("GET /greet: ");
    }

    private static final TaskRun RUN = new TaskRun() {
        @Override
        public String aggregateId() {
            return "hello/production";
        }

        @Override
        public String taskId() {
            return "warm-up";
        }

        @Override
        public long fence() {
            return 1;
        }

        @Override
        public boolean dropped() {
            return false;
        }
    };
}
