package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.gateway.Address;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
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
                .reached(List.of(
                        new Address(
                                "shop/production", List.of("http://shop.localhost:8000/", "http://shop.test:8000/")),
                        new Address("shop/staging", List.of("http://staging.shop.localhost:8000/"))));

        assertThat(new StatusText(ZoneOffset.UTC).lines(status))
                .endsWith(
                        "shop/production          http://shop.localhost:8000/",
                        "shop/staging             http://staging.shop.localhost:8000/",
                        "ready at http://127.0.0.1:8080");
    }
}
