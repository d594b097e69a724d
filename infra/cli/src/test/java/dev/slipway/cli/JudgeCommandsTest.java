package dev.slipway.cli;

import static dev.slipway.cli.judge.JudgedRollout.START;
import static dev.slipway.cli.judge.JudgedRollout.at;
import static dev.slipway.cli.judge.JudgedRollout.judge;
import static dev.slipway.cli.judge.JudgedRollout.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.shell.Shell;
import dev.slipway.contracts.WireJson;
import dev.slipway.validation.simulation.JudgedBounds;
import dev.slipway.validation.simulation.Replay;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The judge without a service, as it is asked for on a command line. */
class JudgeCommandsTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder = Path.of("");

    @Test
    void simulate_says_how_soon_a_fault_is_found_what_it_hurts_and_how_often_it_is_wrong() {
        assertThat(run("judge", "simulate", "--canary", "30%", "--share", "10", "--runs", "5", "--seed", "1"))
                .isZero();

        assertThat(out())
                .contains(
                        "errors 0.5 % to 30 %, latency times 1, 10 % of 100/s, from second 0 on, 1 gateway(s), alpha 0.01")
                .contains("found            5 of 5 within 600 s")
                .contains("seconds          median ")
                .contains("answers hurt     median ")
                .contains("false rollbacks  0 of 5 rollouts of 1500 s without a fault")
                .contains("runs             5, seed 1");
    }

    @Test
    void the_same_in_json_and_the_same_seed_gives_the_same() {
        String[] simulate = {"judge", "simulate", "--p95-times", "3", "--rate", "50/s", "--runs", "3", "--json"};
        run(simulate);
        JsonNode first = JsonMapper.shared().readTree(out());
        out.reset();
        run(simulate);

        assertThat(JsonMapper.shared().readTree(out())).isEqualTo(first);
        assertThat(first.path("found").asInt()).isEqualTo(3);
        assertThat(first.path("medianSeconds").asInt()).isBetween(1, 10);
        assertThat(first.path("falseRollbacks").asInt()).isZero();
        assertThat(first.path("heldSeconds").asInt()).isEqualTo(1500);
        assertThat(first.path("plannedSeconds").asInt())
                .as("what the service would ask its judge")
                .isEqualTo(3000);
    }

    @Test
    void a_policys_own_rules_are_used_and_so_is_its_plan() throws IOException {
        Path policy = policy("20s");

        run("judge", "simulate", "--policy", policy.toString(), "--canary", "50%", "--runs", "2", "--json");

        JsonNode answer = JsonMapper.shared().readTree(out());
        assertThat(answer.path("alpha").asDouble()).isEqualTo(0.05);
        assertThat(answer.path("heldSeconds").asInt()).isEqualTo(50);
        assertThat(answer.path("plannedSeconds").asInt()).isEqualTo(100);
    }

    @Test
    void a_short_rollout_is_planned_to_take_a_minute_as_the_service_has_it() throws IOException {
        run("judge", "simulate", "--policy", policy("0s").toString(), "--canary", "50%", "--runs", "1", "--json");

        JsonNode answer = JsonMapper.shared().readTree(out());
        assertThat(answer.path("heldSeconds").asInt()).isEqualTo(30);
        assertThat(answer.path("plannedSeconds").asInt()).isEqualTo(60);
    }

    @Test
    void the_table_of_the_documentation_is_printed_row_by_row() throws IOException {
        List<String> published = Files.readAllLines(Path.of("..", "docs", "judge.md"));

        assertThat(run("judge", "simulate", "--table", "--runs", "1")).isZero();

        List<String> lines = out().lines().toList();
        int head = published.indexOf(lines.getFirst());
        assertThat(head).isPositive();
        assertThat(lines).hasSize(15);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(fault(lines.get(i))).isEqualTo(fault(published.get(head + i)));
        }
        assertThat(lines.get(2)).matches(".* \\| 1 of 1 \\| \\d+ \\| \\d+ \\| \\d+ \\|");
        assertThat(lines.getLast()).endsWith("| 0 of 1, wrongly | – | – | – |");
    }

    /** What a row is about: fault, share and begin. */
    private static List<String> fault(String line) {
        return List.of(line.split("\\|")).subList(1, line.contains("wrongly") ? 3 : 4);
    }

    @Test
    void a_fault_may_begin_later_and_is_looked_for_so_long() throws IOException {
        String policy = policy("20s").toString();
        run(
                "judge",
                "simulate",
                "--policy",
                policy,
                "--canary",
                "50%",
                "--begins",
                "30s",
                "--within",
                "15s",
                "--runs",
                "3");
        assertThat(out())
                .contains("from second 30 on")
                .contains("found            3 of 3 within 15 s")
                .contains("false rollbacks  0 of 3 rollouts of 50 s without a fault");
        out.reset();

        run("judge", "simulate", "--policy", policy, "--canary", "1%", "--within", "2s", "--runs", "3");
        assertThat(out()).contains("found            0 of 3 within 2 s").contains("median more than was watched");
        assertThat(run("judge", "simulate", "--begins", "25h")).isEqualTo(2);
        assertThat(err()).contains("begins must be");
        assertThat(run("judge", "simulate", "--within", "0s")).isEqualTo(2);
        assertThat(err()).contains("within must be");
    }

    @Test
    void the_same_answers_by_many_gateways_are_found_as_soon() throws IOException {
        String policy = policy("20s").toString();
        int[] seconds = new int[2];
        for (int i = 0; i < 2; i++) {
            out.reset();
            String gateways = i == 0 ? "1" : "100";
            run(
                    "judge",
                    "simulate",
                    "--policy",
                    policy,
                    "--canary",
                    "50%",
                    "--gateways",
                    gateways,
                    "--runs",
                    "3",
                    "--json");
            JsonNode answer = JsonMapper.shared().readTree(out());
            assertThat(answer.path("found").asInt()).isEqualTo(3);
            seconds[i] = answer.path("medianSeconds").asInt();
        }

        assertThat(seconds[1]).as("a second later where one waits for them all").isBetween(seconds[0], seconds[0] + 1);
        assertThat(run("judge", "simulate", "--gateways", "101")).isEqualTo(2);
        assertThat(err()).contains("gateways must be 1 to 100");
    }

    private Path policy(String hold) throws IOException {
        Path policy = folder.resolve("slipway.yaml");
        Files.writeString(policy, """
                apiVersion: slipway.dev/v1
                kind: ReleasePolicy
                application: shop
                source: {repository: "file:.", from: main, to: released}
                contacts: [{role: devops, name: Ben, email: ben@example.test}]
                environments:
                  staging: {target: {type: process, command: [python3]}}
                  production:
                    target: {type: process, command: [python3]}
                    steps: [%s{traffic: 100}]
                    canary: {alpha: 0.05}
                    bake: 30s
                """.formatted(hold.equals("0s") ? "" : "{traffic: 10, hold: %s}, ".formatted(hold)));
        return policy;
    }

    @Test
    void what_makes_no_sense_is_usage_and_says_what_does() {
        assertThat(run("judge", "simulate", "--canary", "much")).isEqualTo(2);
        assertThat(err()).contains("0.5% or 5%");
        assertThat(run("judge", "simulate", "--rate", "fast")).isEqualTo(2);
        assertThat(err()).contains("100/s");
        assertThat(run("judge", "simulate", "--share", "0")).isEqualTo(2);
        assertThat(err()).contains("share must be 1 to 100");
        assertThat(run("judge", "simulate", "--share", "2.5%")).isEqualTo(2);
        assertThat(err()).contains("--share '2.5%'").contains("whole percentage");
        assertThat(run("judge", "simulate", "--runs", "0")).isEqualTo(2);
        assertThat(err()).contains("1 to 10000");
    }

    @Test
    void replay_goes_over_what_was_recorded() throws IOException {
        Path recording = folder.resolve("seconds.jsonl");
        List<String> lines = new ArrayList<>();
        lines.add(line(Replay.Line.of(START, judge(0, 0), JudgedBounds.SHIPPED)));
        for (int second = 0; second < 6; second++) {
            lines.add(line(Replay.Line.of(at(second + 2), sample(second, 1, 0, 0, 100))));
        }
        lines.add(line(Replay.Line.of(at(8), judge(1, 10), JudgedBounds.SHIPPED)));
        for (int second = 6; second < 12; second++) {
            lines.add(line(Replay.Line.of(at(second + 2), sample(second, 2, 10, second < 9 ? 0 : 8, 90))));
        }
        Files.write(recording, lines);

        assertThat(run("judge", "replay", recording.toString())).isZero();

        assertThat(out())
                .contains("2026-03-01T10:00:02Z  the baseline is known")
                .contains("2026-03-01T10:00:11Z  worse: ")
                .contains("8 × 500")
                .contains("at the end: passed step 0, new: 60 answers, 24 errors, 0 refusals; old: 1140, 0, 0");
    }

    @Test
    void a_file_that_is_no_recording_is_refused_with_its_line() throws IOException {
        Path wrong = folder.resolve("seconds.jsonl");
        Files.writeString(
                wrong,
                line(Replay.Line.of(START, judge(0, 0), JudgedBounds.SHIPPED))
                        + "\n{\"at\": \"2026-03-01T10:00:00Z\"}\n");

        assertThat(run("judge", "replay", wrong.toString())).isEqualTo(2);
        assertThat(err()).contains("seconds.jsonl:2:").contains("either a judge or a sample");
        assertThat(run("judge", "replay", folder.resolve("none").toString())).isEqualTo(2);
    }

    private static String line(Replay.Line line) {
        return WireJson.mapper().writeValueAsString(line);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private int run(String... arguments) {
        PrintStream said = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream complained = new PrintStream(err, true, StandardCharsets.UTF_8);
        err.reset();
        Map<String, String> environment =
                Map.of("SLIPWAY_HOME", folder.resolve("home").toString());
        return Slipway.commandLine(new Shell(said, complained, false, 80, environment), Clock.systemUTC())
                .execute(arguments);
    }
}
