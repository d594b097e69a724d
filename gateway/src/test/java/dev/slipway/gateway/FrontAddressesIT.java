package dev.slipway.gateway;

import static dev.slipway.gateway.LiveTable.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Canary.Assign;
import dev.slipway.contracts.traffic.FrontView;
import dev.slipway.platform.Pace;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What {@code GET /api/v1/front} tells, and that it is true. */
final class FrontAddressesIT {
    private static RunningGateway gateway;
    private static Backend version;

    private final LiveTable table = new LiveTable();

    @BeforeAll
    static void start() {
        gateway = RunningGateway.start();
        version = Backend.answering(200, "shop");
    }

    @AfterAll
    static void stop() {
        gateway.close();
        version.close();
    }

    @AfterEach
    void silence() {
        table.close();
    }

    @Test
    void it_names_the_port_and_the_hosts_by_which_an_environment_is_reached_and_they_reach_it() {
        table.repeat(1, Assign.REQUEST, "hello@1.0.0/production/1", share("1.0.0", version.address(), 100));
        String host = table.environment().application() + ".localhost";

        await().atMost(Pace.patience(Duration.ofSeconds(10)))
                .untilAsserted(() -> assertThat(front().hosts())
                        .containsEntry(table.environment().toString(), List.of(host)));

        FrontView front = front();
        assertThat(front.tls()).isFalse();
        assertThat(front.port()).isEqualTo(gateway.frontPort()).isNotEqualTo(gateway.port());
        assertThat(gateway.raw(
                        "GET /any HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n\r\n".formatted(host, front.port())))
                .startsWith("HTTP/1.1 200")
                .endsWith("shop");
    }

    @Test
    void it_needs_a_viewer() {
        assertThat(gateway.get("/api/v1/front").statusCode()).isEqualTo(401);
        assertThat(gateway.send(gateway.as("nobody", "/api/v1/front").GET()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void the_port_of_the_api_serves_no_application_and_names_the_front() {
        HttpResponse<String> answer =
                gateway.send(gateway.api("viewer", "/apps/hello/production/x").GET());

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(JsonMapper.shared().readTree(answer.body()).path("detail").asString())
                .contains("http://127.0.0.1:" + gateway.frontPort());
    }

    private static FrontView front() {
        HttpResponse<String> answer =
                gateway.send(gateway.as("viewer", "/api/v1/front").GET());
        assertThat(answer.statusCode()).isEqualTo(200);
        return WireJson.mapper().readValue(answer.body(), FrontView.class);
    }
}
