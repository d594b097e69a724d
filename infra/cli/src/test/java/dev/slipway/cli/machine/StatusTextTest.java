package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.EnvironmentView.Running;
import dev.slipway.contracts.deployment.Health;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.Resources;
import dev.slipway.contracts.deployment.Trouble;
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

    @Test
    void a_version_that_keeps_dying_is_a_trouble_and_its_process_shows_how_often_it_was_started_again() {
        Instant at = Instant.EPOCH;
        EnvironmentId production = EnvironmentId.parse("shop/production");
        IncidentStatus incident = new IncidentStatus(
                production,
                new ReleaseId("shop@1.0.0"),
                "1.0.0",
                1,
                IncidentStatus.Kind.CRASH_LOOP,
                at,
                null,
                null,
                7,
                Trouble.of("Its process ended by itself: exit status 3 after 2 s"),
                false,
                List.of());
        EnvironmentView view = new EnvironmentView(
                production,
                null,
                null,
                null,
                List.of(),
                at,
                List.of(),
                List.of(new Running(key("1.0.0"), "1.0.0", Health.RESTARTING, 7, at, at, incident)),
                null);
        MachineStatus.OfProcess process =
                new MachineStatus.OfProcess(key("1.0.0"), "up", 42, 9000, 0, 5, 0, null, null, Behind.NOTHING);
        MachineStatus status = new MachineStatus(
                        true,
                        "http://127.0.0.1:8080",
                        "",
                        "/home",
                        0,
                        0,
                        1,
                        new Plan.LastUp(at, 41_000, 7),
                        List.of(),
                        List.of(),
                        List.of(process),
                        List.of(),
                        List.of())
                .reached(new FrontView(8443, true, Map.of()), List.of(view));

        assertThat(status.processes().getFirst().restarts()).isEqualTo(7);
        assertThat(new StatusText(ZoneOffset.UTC).lines(status))
                .contains("! shop/production: 1.0.0 keeps dying: ./slipway app show shop");
    }

    private static String key(String version) {
        return "shop@" + version + "/production/1";
    }

    private static Share share(String version, int percent) {
        return new Share(key(version), version, Digest.of(version), URI.create("http://127.0.0.1:1"), percent);
    }
}
