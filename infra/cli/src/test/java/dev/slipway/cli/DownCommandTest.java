package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.machine.Home;
import dev.slipway.cli.machine.IssuerKey;
import dev.slipway.cli.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused here would end this very process, which stands in for the gateway's. */
class DownCommandTest {
    private static final String UNDER_WAY = """
            [{"environment": "hello/production", "verified": null, "waiting": null, "shares": [], "kept": [],
              "updatedAt": "2026-01-05T10:00:00Z",
              "rollout": {"question": {"release": "hello@1.3.0", "step": "production", "attempt": 1}, "environment": "hello/production",
                          "phase": "STEPPING", "trafficPercent": 25, "step": 2, "steps": 4, "paused": false,
                          "address": null, "cause": null, "running": null, "runningVersion": null,
                          "judgement": null, "notes": []}}]
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @Test
    void where_a_rollout_is_under_way_and_nobody_can_be_asked_nothing_is_done_and_the_remedy_is_named()
            throws IOException {
        try (StandInGateway gateway = new StandInGateway().on("GET /api/v1/environments", 200, UNDER_WAY)) {
            Home home = new Home(folder.resolve("home"));
            home.prepare();
            IssuerKey.ensure(home);
            ProcessHandle self = ProcessHandle.current();
            Files.writeString(home.root().resolve("processes.json"), """
                    {"processes": [{"name": "gateway", "pid": %d, "startedAt": "%s", "port": %d, "run": "", "wiring": ""}]}
                    """.formatted(
                            self.pid(),
                            self.info().startInstant().orElseThrow(),
                            URI.create(gateway.url()).getPort()));

            assertThat(run("down")).isEqualTo(2);
            assertThat(err())
                    .contains("under way is hello@1.3.0 in hello/production, stepping, at 25 %")
                    .contains("confirm with --yes")
                    .contains("release watch");
            assertThat(run("down", "--json")).isEqualTo(2);
            assertThat(err()).contains("confirm with --yes");
            assertThat(self.isAlive()).isTrue();
        }
    }

    private int run(String... arguments) {
        err.reset();
        PrintStream said = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream complained = new PrintStream(err, true, StandardCharsets.UTF_8);
        Map<String, String> environment =
                Map.of("SLIPWAY_HOME", folder.resolve("home").toString());
        return Slipway.commandLine(new Shell(said, complained, false, 80, environment), Clock.systemUTC())
                .execute(arguments);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }
}
