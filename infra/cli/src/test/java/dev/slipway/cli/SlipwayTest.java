package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.shell.Shell;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SlipwayTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder = Path.of("");

    @Test
    void an_unknown_command_is_usage_on_one_line() {
        assertThat(run("deploy")).isEqualTo(2);
        assertThat(err()).hasLineCount(1).contains("deploy").contains("--help");
    }

    @Test
    void a_missing_option_and_a_bad_value_are_usage_and_name_what_is_legal() {
        assertThat(run("token", "--role", "viewer")).isEqualTo(2);
        assertThat(err()).contains("--subject");
        assertThat(run("token", "--role", "king", "--subject", "a", "--email", "a@b"))
                .isEqualTo(2);
        assertThat(err()).contains("VIEWER, PUBLISHER, APPROVER, OPERATOR, ADMIN");
        assertThat(run("up", "--within", "soon")).isEqualTo(2);
        assertThat(err()).contains("90s, 30m, 12h or 7d");
    }

    @Test
    void without_a_running_slipway_commands_are_unreachable_and_name_the_remedy() {
        assertThat(run("release", "list")).isEqualTo(3);
        assertThat(err()).hasLineCount(1).contains("./slipway up");
        assertThat(run("inbox")).isEqualTo(3);
    }

    @Test
    void an_approval_must_name_who_approves() {
        Map<String, String> elsewhere = Map.of("SLIPWAY_URL", "http://127.0.0.1:1");

        assertThat(run(elsewhere, "release", "approve", "hello@1.0.0")).isEqualTo(2);
        assertThat(err()).contains("--as EMAIL").contains("SLIPWAY_TOKEN_APPROVER");
    }

    @Test
    void status_of_nothing_says_that_all_is_down_and_fails() {
        assertThat(run("status", "--json")).isEqualTo(1);

        JsonNode status = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(status.path("ready").asBoolean()).isFalse();
        assertThat(status.path("processes").size()).isEqualTo(7);
        assertThat(status.path("processes").path(0).path("state").asString()).isEqualTo("down");
    }

    @Test
    void wiping_data_without_anyone_to_ask_is_refused() {
        assertThat(run("down", "--wipe")).isEqualTo(2);
        assertThat(err()).contains("--yes");
    }

    @Test
    void down_where_nothing_runs_is_fine() {
        assertThat(run("down")).isZero();
    }

    @Test
    void a_process_that_does_not_exist_is_answered_with_those_that_do() {
        assertThat(run("logs", "database")).isEqualTo(2);
        assertThat(err()).contains("release-service");
    }

    @Test
    void help_is_there_for_every_command() {
        assertThat(run("release", "watch", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("Follow a release to its end");
    }

    @Test
    void facts_are_written_as_the_service_reads_them() throws Exception {
        Path file = folder.resolve("facts.json");

        assertThat(run("facts", "bundle.size=182044bytes", "docs.covered=81.5%", "--out", file.toString()))
                .isZero();
        assertThat(Files.readString(file))
                .isEqualTo("{\"slipway\":\"facts/1\",\"facts\":{\"bundle.size\":{\"value\":182044,\"unit\":\"bytes\"},"
                        + "\"docs.covered\":{\"value\":81.5,\"unit\":\"percent\"}}}");
        assertThat(run("facts", "tests.failed=0")).isEqualTo(2);
        assertThat(err()).contains("a name of another kind of evidence");
        assertThat(run("facts", "size=many")).isEqualTo(2);
        assertThat(err()).contains("write NAME=NUMBER");
    }

    @Test
    void durations_are_written_as_in_policies() {
        assertThat(Durations.parse("500ms")).isEqualTo(Duration.ofMillis(500));
        assertThat(Durations.parse("90s")).isEqualTo(Duration.ofSeconds(90));
        assertThat(Durations.parse("12h")).isEqualTo(Duration.ofHours(12));
        assertThat(Durations.parse("7d")).isEqualTo(Duration.ofDays(7));
    }

    private int run(String... arguments) {
        return run(Map.of(), arguments);
    }

    private int run(Map<String, String> environment, String... arguments) {
        Map<String, String> all = new java.util.HashMap<>(environment);
        all.put("SLIPWAY_HOME", folder.resolve("home").toString());
        PrintStream said = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream complained = new PrintStream(err, true, StandardCharsets.UTF_8);
        err.reset();
        return Slipway.commandLine(new Shell(said, complained, false, 80, all), Clock.systemUTC())
                .execute(arguments);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8).strip();
    }
}
