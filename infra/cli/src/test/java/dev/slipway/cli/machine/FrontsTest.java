package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FrontsTest {
    private static final URI PLANNED = URI.create("http://127.0.0.1:8000");

    private HttpServer gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        gateway.start();
    }

    @AfterEach
    void stop() {
        gateway.stop(0);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + gateway.getAddress().getPort());
    }

    private void tells(int status, String body) {
        gateway.createContext("/api/v1/front", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @Test
    void where_tls_is_on_the_address_of_applications_says_so() {
        tells(200, "{\"port\":8443,\"tls\":true,\"hosts\":{}}");

        assertThat(Fronts.of(address(), PLANNED, "token")).isEqualTo(URI.create("https://127.0.0.1:8443"));
    }

    @Test
    void of_a_gateway_that_does_not_tell_the_port_that_it_was_given_is_named() {
        tells(503, "{}");

        assertThat(Fronts.of(address(), PLANNED, "token")).isEqualTo(PLANNED);
    }
}
