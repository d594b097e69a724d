package dev.slipway.notification.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.notification.ChannelCheck;
import dev.slipway.platform.Pace;
import dev.slipway.web.guard.Guarded;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.timelimiter.TimeLimiterConfig;
import io.github.resilience4j.timelimiter.TimeLimiterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Slack is asked whose token it is, and nothing is posted. */
class SlackLookTest {
    private final List<String> calls = new CopyOnWriteArrayList<>();

    private ChannelCheck look(String token, String answer) throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            calls.add(exchange.getRequestURI().getPath());
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return look(
                    token, URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/api"));
        } finally {
            server.stop(0);
        }
    }

    private static ChannelCheck look(String token, URI url) throws Exception {
        Duration patience = Pace.patience(Duration.ofSeconds(2));
        SlackSettings settings = new SlackSettings(url, token, patience, patience, 100_000, 2, "");
        Guarded slack = new Guarded(
                "slack",
                CircuitBreakerRegistry.ofDefaults(),
                BulkheadRegistry.ofDefaults(),
                TimeLimiterRegistry.of(TimeLimiterConfig.custom()
                        .timeoutDuration(Pace.patience(Duration.ofSeconds(5)))
                        .build()));
        return SlackLook.of(settings, slack, WireJson.mapper()).look();
    }

    @Test
    void a_token_that_is_taken_is_usable_and_no_more_is_said_than_that() throws Exception {
        ChannelCheck check = look("xoxb-secret", "{\"ok\":true,\"user\":\"slipway\",\"team\":\"Shop\"}");

        assertThat(check.usable()).isTrue();
        assertThat(check.text())
                .contains("that of slipway in Shop", "none but a message shows")
                .doesNotContain("xoxb");
        assertThat(calls).containsExactly("/api/auth.test");
    }

    @Test
    void one_that_is_not_taken_says_what_to_set() throws Exception {
        ChannelCheck check = look("xoxb-secret", "{\"ok\":false,\"error\":\"invalid_auth\"}");

        assertThat(check.usable()).isFalse();
        assertThat(check.text()).contains("set a valid SLIPWAY_SLACK_TOKEN").doesNotContain("xoxb");
    }

    @Test
    void nobody_is_asked_without_a_token_and_nobody_there_is_said() throws Exception {
        assertThat(look("", "{}").text()).contains("set SLIPWAY_SLACK_TOKEN");
        assertThat(calls).isEmpty();

        assertThat(look("xoxb-secret", nobody()).text()).contains("no connection to 127.0.0.1");
    }

    private static URI nobody() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + free.getLocalPort() + "/api"); // closed by the time it is asked
        }
    }
}
