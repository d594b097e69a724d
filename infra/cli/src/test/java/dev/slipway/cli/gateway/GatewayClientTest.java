package dev.slipway.cli.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.cli.Releases;
import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.cli.shell.ExitCode;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GatewayClientTest {
    private final AtomicReference<String> asked = new AtomicReference<>("");
    private HttpServer server = newServer();
    private int status = 200;
    private String body = "{}";

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void a_release_is_read_by_its_id() {
        ReleaseView release = Releases.release(ReleasePhase.BAKING, null, null, null);
        body = WireJson.mapper().writeValueAsString(release);

        assertThat(client().release("hello@1.1.0", "token")).isEqualTo(release);
        assertThat(asked.get()).startsWith("GET /api/v1/releases/hello%401.1.0");
    }

    @Test
    void versions_are_gathered_page_by_page() {
        body = WireJson.mapper()
                .writeValueAsString(new ReleaseView.Page(
                        List.of(Releases.release(ReleasePhase.COMPLETED, null, null, null)), null));

        assertThat(client().versions("hello", "token")).containsExactly("1.1.0");
        assertThat(asked.get()).startsWith("GET /api/v1/releases?limit=200&application=hello");
    }

    @Test
    void a_refusal_is_one_line_with_what_the_problem_document_says() {
        status = 409;
        body = "{\"title\":\"other triple\",\"detail\":\"The release is another\\nsha now. Look again.\"}";

        assertThatThrownBy(() -> client().environments("token"))
                .isInstanceOfSatisfying(
                        CommandFailed.class,
                        failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED))
                .hasMessage("The release is another sha now. Look again. (409, /api/v1/environments)");
    }

    @Test
    void an_unknown_release_is_usage_and_a_service_that_is_down_is_unreachable() {
        assertThat(GatewayClient.exitCode(404)).isEqualTo(ExitCode.USAGE);
        assertThat(GatewayClient.exitCode(403)).isEqualTo(ExitCode.USAGE);
        assertThat(GatewayClient.exitCode(503)).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void a_release_that_is_not_there_yet_is_no_failure_where_it_is_waited_for() {
        status = 404;

        assertThat(client().findRelease("hello@1.1.0", "token")).isEmpty();
    }

    @Test
    void nobody_at_the_address_names_the_remedy() {
        server.stop(0);

        assertThatThrownBy(() -> client().environments("token"))
                .isInstanceOfSatisfying(
                        CommandFailed.class,
                        failed -> assertThat(failed.exitCode()).isEqualTo(ExitCode.UNREACHABLE))
                .hasMessageContaining("start it with ./slipway up");
    }

    private GatewayClient client() {
        return new GatewayClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    private static HttpServer newServer() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
