package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.traffic.FrontView;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    @Test
    void each_environment_is_named_with_its_address_before_it_is_said_that_all_is_ready() {
        MachineStatus status = new MachineStatus(
                        true,
                        "http://127.0.0.1:8080",
                        "http://127.0.0.1:8000",
                        "/home/ada/.slipway",
                        0,
                        0,
                        1,
                        new Plan.LastUp(Instant.EPOCH, 41_000, 7),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of())
                .reached(new FrontView(
                        8443,
                        true,
                        Map.of(
                                "shop/production", List.of("shop.localhost", "shop.test"),
                                "shop/staging", List.of("staging.shop.localhost"))));

        assertThat(status.front()).as("with TLS, as the gateway tells").isEqualTo("https://127.0.0.1:8443");
        assertThat(new StatusText(ZoneOffset.UTC).lines(status))
                .endsWith(
                        "shop/production          https://shop.localhost:8443/",
                        "shop/staging             https://staging.shop.localhost:8443/",
                        "ready at http://127.0.0.1:8080");
    }
}
