package dev.slipway.validation.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.contracts.validation.HostCheck;
import dev.slipway.platform.Pace;
import io.github.resilience4j.bulkhead.Bulkhead;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Hosts are connected to before a gate has to. */
final class HostLookTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private HttpServer server() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static Fetching fetching(String... hosts) {
        Duration patience = Pace.patience(Duration.ofSeconds(10));
        return new Fetching(
                new Fetching.Limits(Set.of(hosts), patience, patience, 100_000, 10_000, 1),
                Bulkhead.ofDefaults("look"));
    }

    @Test
    void one_that_answers_is_reachable_whatever_it_answers_and_only_its_root_is_got() throws Exception {
        HttpServer server = server();
        String host = "127.0.0.1:" + server.getAddress().getPort();
        try (Fetching fetching = fetching(host)) {
            HostCheck check = new HostLook(fetching)
                    .look(List.of("http://" + host + "/prefix?secret=1"))
                    .getFirst();

            assertThat(check.reachable()).as(check.text()).isTrue();
            assertThat(check.address()).isEqualTo("http://" + host);
            assertThat(check.text()).contains("404", "none but a gate shows");
            assertThat(asked).containsExactly("GET /");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void nobody_there_and_one_that_may_not_be_asked_say_what_helps() throws Exception {
        HttpServer server = server();
        String gone = "127.0.0.1:" + server.getAddress().getPort();
        server.stop(0);
        try (Fetching fetching = fetching(gone)) {
            List<HostCheck> checks =
                    new HostLook(fetching).look(List.of("http://" + gone, "https://other.example.test/x"));

            assertThat(checks).extracting(HostCheck::reachable).containsExactly(false, false);
            assertThat(checks.getFirst().text()).contains("cannot be read");
            assertThat(checks.getLast().text()).contains("./slipway allow --host other.example.test");
        }
    }

    @Test
    void what_is_no_address_is_refused() {
        try (Fetching fetching = fetching()) {
            HostLook look = new HostLook(fetching);
            for (String address : List.of("file:/etc/passwd", "https://user:secret@a.test", "a b", "https:///x")) {
                assertThatThrownBy(() -> look.look(List.of(address)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("http: or https:");
            }
        }
    }
}
