package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.EnvironmentView.Running;
import dev.slipway.contracts.deployment.Health;
import dev.slipway.contracts.deployment.Resources;
import dev.slipway.contracts.traffic.FrontView;
import dev.slipway.contracts.traffic.TrafficTable.Share;
import java.net.URI;
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
                        List.of(),
                        List.of())
                .reached(
                        new FrontView(
                                8443,
                                true,
                                Map.of(
                                        "shop/production", List.of("shop.localhost", "shop.test"),
                                        "shop/staging", List.of("staging.shop.localhost"))),
                        List.of());

        assertThat(status.front()).as("with TLS, as the gateway tells").isEqualTo("https://127.0.0.1:8443");
        assertThat(new StatusText(ZoneOffset.UTC).lines(status))
                .endsWith(
                        "shop/production          https://shop.localhost:8443/",
                        "shop/staging             https://staging.shop.localhost:8443/",
                        "ready at http://127.0.0.1:8080");
    }

    @Test
    void each_program_is_shown_with_what_it_uses_beside_its_traffic_and_the_sum_counts_what_serves_no_more() {
        Instant at = Instant.EPOCH;
        EnvironmentView view = new EnvironmentView(
                        EnvironmentId.parse("shop/production"),
                        null,
                        null,
                        null,
                        List.of(share("1.0.0", 90), share("1.1.0", 10)),
                        at,
                        List.of(),
                        List.of(
                                new Running(key("1.0.0"), "1.0.0", Health.UP, 2, at, null, null),
                                new Running(key("1.1.0"), "1.1.0", Health.STARTING, 0, at, null, null)),
                        null)
                .using(Map.of(
                        key("1.0.0"), new Resources(100L << 20, 1.5, 10, 20, 1),
                        key("1.1.0"), new Resources(50L << 20, 0, 5, 7, 2),
                        key("0.9.0"), new Resources(25L << 20, 0.5, 1, 1, 1)));

        assertThat(ProgramTable.lines(List.of(view)).stream().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "",
                        "program traffic health restarts memory cpu files threads",
                        "shop@1.0.0 production 90 % up 2 100 MB 1.5 % 10 20",
                        "shop@1.1.0 production 10 % starting 0 50 MB 0.0 % 5 7",
                        " and what is being stopped 25 MB 0.5 % 1 1",
                        "programs in all 175 MB 2.0 % 16 28",
                        "");
        assertThat(ProgramTable.lines(List.of())).isEmpty();
    }

    private static String key(String version) {
        return "shop@" + version + "/production/1";
    }

    private static Share share(String version, int percent) {
        return new Share(key(version), version, Digest.of(version), URI.create("http://127.0.0.1:1"), percent);
    }
}
