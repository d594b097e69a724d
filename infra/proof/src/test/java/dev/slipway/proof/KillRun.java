package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.platform.Pace;
import dev.slipway.proof.SlipwayScript.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The demo with kill -9 on its way: the supervisor starts again what died, and the outcome is the same, with no step taken
 * twice on the target and no alert shown twice or missing.
 */
final class KillRun {
    private static final Duration DEMO_MAX = Pace.patience(Duration.ofMinutes(8));
    private static final Duration COMMAND_MAX = Pace.patience(Duration.ofMinutes(2));
    private static final Duration ALL_BACK_MAX = Pace.patience(Duration.ofSeconds(90));
    static final String HEAD = "| scenario | killed, and what the release was at | good | bad, found after |"
            + " processes per rollout | alerts missing, doubled | mails repeated |\n|---|---|---|---|---|---|---|";

    private final Path home;
    private final SlipwayScript slipway;

    KillRun(Path home, SlipwayScript slipway) {
        this.home = home;
        this.slipway = slipway;
    }

    /**
     * Runs it and holds it to what must be. A first release is in production already.
     *
     * @param rows the row of the table is added here, also if something is wrong
     * @return the demo's JSON
     */
    JsonNode of(KillScenario scenario, List<String> rows) throws IOException, InterruptedException {
        Run up = slipway.run(COMMAND_MAX, "up", "--replicas", Integer.toString(scenario.replicas()));
        assertThat(up.exitCode()).as(up.text()).isZero();
        Run demo;
        List<Killer.Done> killed;
        try (Killer killer = new Killer(home, scenario.kills(), Instant.now())) {
            demo = slipway.run(DEMO_MAX, "demo", "--json");
            killed = killer.done();
        }

        assertThat(demo.lastLine()).as(demo.text()).startsWith("{");
        JsonNode result = JsonMapper.shared().readTree(demo.lastLine());
        List<String> releases = List.of(
                result.path("good").path("id").asString(""),
                result.path("bad").path("id").asString(""));
        Map<String, Integer> starts = Effects.starts(home, releases);
        JsonNode inbox = json("inbox", "--json");
        List<String> missing = undelivered(releases);
        rows.add(row(scenario, killed, result, starts, inbox, missing));

        assertThat(killed).as("what was killed").hasSameSizeAs(scenario.kills());
        assertThat(demo.exitCode()).as(demo.text()).isZero();
        assertThat(result.path("good").path("state").asString("")).isEqualTo("COMPLETED");
        assertThat(result.path("bad").path("state").asString("")).isEqualTo("ROLLED_BACK");
        String good = releases.getFirst() + "/staging/";
        assertThat(starts)
                .hasSize(4)
                .allSatisfy((key, count) -> assertThat(count)
                        .as("processes started for %s", key)
                        .isBetween(1, key.startsWith(good) ? 2 : 1)); // staging goes back to what production runs
        assertThat(missing).as("alerts that did not arrive").isEmpty();
        assertThat(Effects.doubledSlack(inbox))
                .as("Slack messages that arrived twice")
                .isEmpty();
        assertThat(Effects.doubledMails(inbox)).as("mails that are shown twice").isEmpty();
        await("everything runs again")
                .atMost(ALL_BACK_MAX)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> slipway.run(COMMAND_MAX, "status", "--json").exitCode() == 0);
        return result;
    }

    private JsonNode json(String... command) throws IOException, InterruptedException {
        Run run = slipway.run(COMMAND_MAX, command);
        assertThat(run.exitCode()).as(run.text()).isZero();
        return JsonMapper.shared().readTree(run.text());
    }

    private List<String> undelivered(List<String> releases) throws IOException, InterruptedException {
        List<String> missing = new ArrayList<>();
        for (String release : releases) {
            JsonNode deliveries = json("deliveries", "--release", release, "--json");
            for (JsonNode delivery : deliveries.isArray() ? deliveries : deliveries.path("deliveries")) {
                if (delivery.path("alert").asBoolean()
                        && !delivery.path("state").asString("").equals("DELIVERED")) {
                    missing.add(delivery.path("id").asString("") + " "
                            + delivery.path("state").asString(""));
                }
            }
        }
        return missing;
    }

    private static String row(
            KillScenario scenario,
            List<Killer.Done> killed,
            JsonNode result,
            Map<String, Integer> starts,
            JsonNode inbox,
            List<String> missing) {
        String moments = killed.stream()
                .map(done -> "%s at %s %s"
                        .formatted(done.kill().process(), done.kill().release() == 0 ? "good" : "bad", done.seen()))
                .collect(Collectors.joining("; "));
        return "| %s | %s | %s %s s | %s, %s s | %s | %d, %d | %d |"
                .formatted(
                        scenario.replicas() > 1 ? scenario.name() + ", two of each" : scenario.name(),
                        moments,
                        result.path("good").path("state").asString(""),
                        result.path("good").path("seconds").asString(""),
                        result.path("bad").path("state").asString(""),
                        result.path("bad").path("detectedAfterSeconds").asString(""),
                        starts.values().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                        missing.size(),
                        Effects.doubledSlack(inbox).size()
                                + Effects.doubledMails(inbox).size(),
                        Effects.repeatedMails(inbox));
    }
}
