package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.deployment.target.VersionClient.Speaks;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.springboot.bulkhead.autoconfigure.BulkheadAutoConfiguration;
import io.github.resilience4j.springboot.circuitbreaker.autoconfigure.CircuitBreakerAutoConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** What bounds remote calls does so as it is configured, and the calls end in time. */
class RemotePartiesTest {
    @TempDir
    Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before each test
    private HttpServer server;

    @SuppressWarnings("NullAway.Init") // set before each test
    private URI address;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/good", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.createContext("/half", exchange -> {
            exchange.sendResponseHeaders(200, 100); // and never a byte of them
        });
        server.start();
        address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private TargetSettings settings() {
        return new Binder(new MapConfigurationPropertySource(Map.of(
                        "targets.directory",
                        directory.toString(),
                        "targets.answer-within",
                        "300ms",
                        "targets.artifact-hosts",
                        "127.0.0.1:" + server.getAddress().getPort())))
                .bind("targets", TargetSettings.class)
                .get();
    }

    private ApplicationContextRunner context() {
        return new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(BulkheadAutoConfiguration.class, CircuitBreakerAutoConfiguration.class))
                .withPropertyValues(
                        "resilience4j.bulkhead.instances.versions.max-concurrent-calls=1",
                        "resilience4j.bulkhead.instances.versions.max-wait-duration=0",
                        "resilience4j.circuitbreaker.instances.artifacts.sliding-window-size=2",
                        "resilience4j.circuitbreaker.instances.artifacts.minimum-number-of-calls=2");
    }

    @Test
    void a_version_is_asked_only_so_often_at_once() {
        context().run(context -> {
            VersionClient versions = new VersionClient(
                    settings(), context.getBean(BulkheadRegistry.class).bulkhead("versions"));
            assertThat(versions.status(address, Speaks.HTTP_1_1, "/good", null)).isEqualTo(200);

            context.getBean(BulkheadRegistry.class).bulkhead("versions").acquirePermission();
            assertThatThrownBy(() -> versions.status(address, Speaks.HTTP_1_1, "/good", null))
                    .isInstanceOf(IOException.class)
                    .hasMessage("too many requests at once");
        });
    }

    @Test
    void a_request_carries_its_trace() throws Exception {
        List<String> traces = new CopyOnWriteArrayList<>();
        server.createContext("/trace", exchange -> {
            traces.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        VersionClient versions = new VersionClient(settings(), Bulkhead.ofDefaults("versions"));

        versions.status(address, Speaks.HTTP_1_1, "/trace", trace);
        versions.status(address, Speaks.HTTP_1_1, "/trace", null);
        assertThat(traces).containsExactly(trace, "null");
    }

    @Test
    void an_answer_that_never_ends_is_given_up_in_time_and_an_odd_path_is_no_accident() {
        VersionClient versions = new VersionClient(settings(), Bulkhead.ofDefaults("versions"));

        assertThatThrownBy(() -> versions.status(address, Speaks.HTTP_1_1, "/half", null))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("within");
        assertThatThrownBy(() -> versions.status(address, Speaks.HTTP_1_1, "/a b", null))
                .isInstanceOf(IOException.class);
    }

    @Test
    void a_store_of_artifacts_that_fails_again_and_again_is_left_alone_for_a_while() {
        context().run(context -> {
            RemoteArtifacts remote = new RemoteArtifacts(
                    settings(), context.getBean(CircuitBreakerRegistry.class).circuitBreaker("artifacts"));
            URI nobody = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/artifact");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> remote.open(nobody)).isInstanceOf(IOException.class);
            }

            assertThatThrownBy(() -> remote.open(nobody)).isInstanceOf(CallNotPermittedException.class);
            assertThat(context.getBean(CircuitBreakerRegistry.class)
                            .circuitBreaker("artifacts")
                            .getState()
                            .name())
                    .isEqualTo("OPEN");
        });
    }
}
