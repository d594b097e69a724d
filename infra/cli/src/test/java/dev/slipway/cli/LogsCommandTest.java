package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.cli.shell.Shell;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.deployment.ProgramLogView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code slipway logs APP@VERSION} against a stand-in for the gateway. */
class LogsCommandTest {
    private static final String PRODUCTION = "GET /api/v1/environments/hello/production/logs";
    private static final String STAGING = "GET /api/v1/environments/hello/staging/logs";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private StandInGateway gateway = newGateway();

    @TempDir
    Path folder = Path.of("");

    private static StandInGateway newGateway() {
        try {
            return new StandInGateway();
        } catch (IOException trouble) {
            throw new java.io.UncheckedIOException(trouble);
        }
    }

    @BeforeEach
    void a_version_has_written_in_staging() {
        gateway.on(STAGING, 200, log("staging", true, 12, 0, "one", "two"));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static String log(String environment, boolean running, long next, long skipped, String... lines) {
        return WireJson.mapper()
                .writeValueAsString(new ProgramLogView(
                        EnvironmentId.parse("hello/" + environment),
                        new ReleaseId("hello@1.2.0"),
                        "/a/log",
                        running,
                        Arrays.asList(lines),
                        next,
                        skipped));
    }

    @Test
    void the_log_of_staging_is_shown_where_there_is_none_of_production() {
        assertThat(run("logs", "hello@1.2.0", "--lines", "7")).isZero();

        assertThat(out()).isEqualTo("one\ntwo\n");
        assertThat(gateway.last("GET").line()).endsWith("/hello/staging/logs?version=1.2.0&lines=7");
        assertThat(gateway.last("GET").header("authorization")).isEqualTo("Bearer operator");

        gateway.on(PRODUCTION, 200, log("production", true, 12, 0, "live"));
        run("logs", "hello@1.2.0");
        assertThat(out()).isEqualTo("live\n");
        run("logs", "hello@1.2.0", "--environment", "staging");
        assertThat(out()).isEqualTo("one\ntwo\n");
    }

    @Test
    void in_json_it_is_the_whole_answer() {
        run("logs", "hello@1.2.0", "--json");

        assertThat(WireJson.mapper().readTree(out()).path("next").asLong(0)).isEqualTo(12);
    }

    @Test
    void what_is_not_there_or_not_meant_is_said_in_words() {
        assertThat(run("logs", "other@1.2.0")).isEqualTo(2);
        assertThat(err()).contains("no log of other@1.2.0 is kept", "./slipway app show other");
        assertThat(run("logs", "hello@")).isEqualTo(2);
        assertThat(err()).contains("APP@VERSION");
        assertThat(run("logs", "hello@1.2.0", "--environment", "moon")).isEqualTo(2);
        assertThat(err()).contains("staging or production, not moon");
        assertThat(run("logs", "hello@1.2.0", "--lines", "0")).isEqualTo(2);
        assertThat(run("logs", "deployment", "--environment", "staging")).isEqualTo(2);
        assertThat(run("logs", "database")).isEqualTo(2);
        assertThat(err()).contains("no process is called 'database'", "or a released program as APP@VERSION");
    }

    @Test
    void following_goes_on_where_the_lines_ended_and_says_what_is_missing_and_when_the_program_ends() throws Exception {
        Thread following = Thread.ofPlatform().start(() -> run("logs", "hello@1.2.0", "--follow"));
        await().untilAsserted(() -> assertThat(gateway.last("GET").line()).endsWith("?version=1.2.0&from=12"));

        gateway.on(STAGING, 200, log("staging", false, 90, 50, "three"));
        await().untilAsserted(() -> assertThat(out()).startsWith("one\ntwo\n").contains("three\n"));
        await().untilAsserted(() -> assertThat(gateway.last("GET").line()).endsWith("&from=90"));
        assertThat(err()).contains("(50 bytes in between are no longer kept)", "(it has ended)");

        following.interrupt();
        following.join();
    }

    @Test
    void following_outlasts_a_slipway_that_is_away_for_a_while() throws Exception {
        Thread following = Thread.ofPlatform().start(() -> run("logs", "hello@1.2.0", "--follow"));
        await().untilAsserted(() -> assertThat(out()).contains("two"));
        gateway.on(STAGING, 503, "{\"detail\":\"Not now.\"}");
        await().untilAsserted(() -> assertThat(err()).contains("Not now."));
        gateway.on(STAGING, 200, log("staging", true, 20, 0, "back"));
        await().untilAsserted(() -> assertThat(out()).contains("back"));

        following.interrupt();
        following.join();
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        Map<String, String> environment = new HashMap<>();
        environment.put("SLIPWAY_HOME", folder.resolve("home").toString());
        environment.put("SLIPWAY_URL", gateway.url());
        for (String role : List.of("VIEWER", "OPERATOR")) {
            environment.put("SLIPWAY_TOKEN_" + role, role.toLowerCase(java.util.Locale.ROOT));
        }
        Shell shell = new Shell(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                80,
                environment);
        return Slipway.commandLine(shell, Clock.systemUTC()).execute(arguments);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
