package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Topics;
import dev.slipway.guide.DefaultGuide;
import dev.slipway.platform.Pace;
import dev.slipway.proof.DemoFigures.Times;
import dev.slipway.proof.SlipwayScript.Run;
import dev.slipway.testkit.browser.Chromium;
import dev.slipway.testkit.browser.Tab;
import dev.slipway.testkit.git.TestRepository;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIf;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The demo, headless, from the packaged jars: a good release ships, a bad one is rolled back and everyone is told; then
 * once more on the same data, where the good one passes the canary's steps too and every process is killed on the way. Own
 * home folder, free ports.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoIT {
    private static final Duration DEMO_MAX = Pace.patience(Duration.ofMinutes(8));
    private static final Duration COMMAND_MAX = Pace.patience(Duration.ofMinutes(1));
    private static final double DETECTION_SECONDS_MAX = 20;
    private static final Map<String, String> REPORTS = Map.of(
            "unit-tests", "TEST-junit-jupiter.xml",
            "coverage", "jacoco.xml",
            "style", "checkstyle.sarif",
            "licences", "bom.json",
            "benchmark", "jmh-result.json");
    private static final long RECORDS_MIN = 100; // two releases take several hundred

    private final Path home = Path.of("target", "demo-it", "home").toAbsolutePath();
    private final SlipwayScript slipway = new SlipwayScript(home);

    @BeforeAll
    void nothing_is_there() throws Exception {
        Run wiped = slipway.run(COMMAND_MAX.multipliedBy(2), "down", "--wipe", "--yes");
        assertThat(wiped.exitCode()).as(wiped.text()).isZero();
    }

    @Test
    @Order(1)
    void a_good_release_ships_and_a_bad_one_is_rolled_back() throws Exception {
        Run demo = slipway.run(DEMO_MAX, "demo", "--json", "--port", "0");

        assertThat(demo.exitCode()).as(demo.text()).isZero();
        JsonNode result = JsonMapper.shared().readTree(demo.lastLine());
        assertThat(text(result, "good", "id")).isEqualTo("hello@1.0.0");
        assertThat(text(result, "bad", "id")).isEqualTo("hello@1.1.0");
        assertWentWell(result);
        assertThat(slipway.run(COMMAND_MAX, "status", "--json").exitCode()).isZero();
    }

    @Test
    @Order(2)
    void what_happened_can_be_asked_for_afterwards() throws Exception {
        Run bad = slipway.run(COMMAND_MAX, "release", "show", "hello@1.1.0");
        assertThat(bad.lines().getFirst()).startsWith("state      ROLLED_BACK");
        assertThat(bad.lines().get(1)).startsWith("cause      ").contains("observed", "limit");

        Run inbox = slipway.run(COMMAND_MAX, "inbox");
        assertThat(inbox.text()).contains("ada@example.test", "ben@example.test", "support@example.test", "hello");

        Run environments = slipway.run(COMMAND_MAX, "environments");
        assertThat(environments.lines())
                .filteredOn(line -> line.startsWith("hello/production"))
                .singleElement(InstanceOfAssertFactories.STRING)
                .contains("hello@1.0.0", "1.0.0 100 %")
                .doesNotContain("1.1.0");
    }

    @Test
    @Order(2)
    void staging_was_compared_with_production() throws Exception {
        assertThat(explained("hello@1.1.0", "isolated").text())
                .contains("PASSED", "port different", "folder different");
        assertThat(explained("hello@1.1.0", "settings").text())
                .contains("PASSED", "nothing is otherwise than in hello@1.0.0");
    }

    /** The second is compared with the first, which production has verified and which recorded what it measured. */
    @Test
    @Order(2)
    void each_gate_over_evidence_is_explained_down_to_the_report_which_can_be_read() throws Exception {
        for (String release : List.of("hello@1.0.0", "hello@1.1.0")) {
            for (Map.Entry<String, String> gate : REPORTS.entrySet()) {
                assertThat(explained(release, gate.getKey()).text())
                        .as(release + " " + gate.getKey())
                        .contains("PASSED", gate.getValue())
                        .doesNotContain("broken");
            }
        }
        assertThat(explained("hello@1.0.0", "benchmark").text()).containsPattern("baseline.compared +0");
        assertThat(explained("hello@1.1.0", "benchmark").text())
                .containsPattern("baseline.compared +1")
                .containsPattern("baseline.change < 200%");
        assertThat(explained("hello@1.1.0", "style").text())
                .containsPattern("findings.total +3")
                .containsPattern("findings.new +0");

        JsonNode why = JsonMapper.shared()
                .readTree(slipway.run(COMMAND_MAX, "gate", "explain", "hello@1.1.0", "benchmark", "--json")
                        .text());
        String digest = why.path("sources")
                .valueStream()
                .filter(source -> source.path("file").asString("").equals("jmh-result.json"))
                .map(source -> source.path("digest").asString())
                .findFirst()
                .orElseThrow();
        assertThat(report(digest)).contains("GreetingBenchmark", "rawData");
    }

    /** Without a server: also what the second one's measurements were compared with is worked out again. */
    @Test
    @Order(2)
    void the_record_of_each_release_is_verified_from_its_file_alone() throws Exception {
        for (String release : List.of("hello@1.0.0", "hello@1.1.0")) {
            String file = home.resolveSibling(release + ".zip").toString();
            Run exported = slipway.run(COMMAND_MAX, "evidence", "export", release, "--to", file);
            assertThat(exported.exitCode()).as(exported.text()).isZero();
            Run verified = slipway.run(COMMAND_MAX, "verify", "--file", file);
            assertThat(verified.exitCode()).as(verified.text()).isZero();
            assertThat(verified.text()).contains("all agrees");
        }
    }

    private Run explained(String release, String gate) throws Exception {
        return slipway.run(COMMAND_MAX, "gate", "explain", release, gate);
    }

    /** As the page gets it for who follows its link. */
    private String report(String digest) throws Exception {
        JsonNode answer =
                JsonMapper.shared().readTree(asked("/api/v1/applications/hello/evidence/" + digest, "OPERATOR"));
        return new String(Base64.getDecoder().decode(answer.path("bytes").asString()), StandardCharsets.UTF_8);
    }

    private String asked(String path, String role) throws Exception {
        Map<String, String> environment = HomeEnvironment.of(home);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create(environment.get("SLIPWAY_URL") + path))
                            .header("Authorization", "Bearer " + environment.get("SLIPWAY_TOKEN_" + role))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return answer.body();
        }
    }

    /** The demo goes by the whole default guide: people of its own answer their duties, and no line is open at its end. */
    @Test
    @Order(2)
    void each_line_of_the_guide_is_answered_and_duties_by_the_people_whom_they_ask() throws Exception {
        JsonNode good = guide("--release", "hello@1.0.0");
        assertThat(states(good))
                .containsEntry("unit-tests", "PASSED")
                .containsEntry("build", "PASSED")
                .containsEntry("approvals", "PASSED")
                .containsEntry("smoke", "PASSED")
                .containsEntry("deploy", "PASSED")
                .containsEntry("merge", "PASSED")
                .containsEntry("tag", "PASSED")
                .containsEntry("record", "PASSED")
                .containsEntry("notes", "PASSED")
                .containsEntry("runbook", "PASSED")
                .containsEntry("rollback", "DOES_NOT_APPLY")
                .containsEntry("number-of-approvals", "VALUE")
                .containsEntry("small-before-large", "NOTHING")
                .containsEntry("upgrade", "PASSED")
                .containsEntry("security-scan", "PASSED")
                .containsEntry("bugs", "PASSED")
                .containsEntry("lessons", "PASSED");
        assertThat(states(good).values())
                .doesNotContain("FAILED", "INCONCLUSIVE", "OPEN", "WAIVED", "UNANSWERED", "UNKNOWN");
        assertThat(good.at("/tally/open").asInt()).isZero();
        Run shipped = slipway.run(COMMAND_MAX, "guide", "show", "hello", "--release", "hello@1.0.0", "--strict");
        assertThat(shipped.exitCode()).as(shipped.text()).isZero();
        assertThat(slipway.run(COMMAND_MAX, "release", "show", "hello@1.0.0").text())
                .contains("ben@example.test", "support@example.test");

        JsonNode newest = guide();
        assertThat(newest.path("release").asString()).isEqualTo("hello@1.1.0");
        assertThat(states(newest))
                .containsEntry("deploy", "FAILED")
                .containsEntry("rollback", "PASSED")
                .containsEntry("merge", "OPEN")
                .containsEntry("lessons", "PASSED")
                .containsEntry("insights", "PASSED")
                .containsEntry("costs", "PASSED")
                .containsEntry("disruption", "PASSED")
                .containsEntry("upgrade", "DOES_NOT_APPLY");

        Run strict = slipway.run(COMMAND_MAX, "guide", "show", "hello", "--strict");
        assertThat(strict.exitCode()).as(strict.text()).isZero();
        assertThat(strict.lastLine()).endsWith(" 0 open");
        assertThat(asked("/api/v1/applications/hello/guide/badge.svg", "VIEWER"))
                .startsWith("<svg")
                .contains("0 open");
        assertThat(asked("/api/v1/applications/hello/guide/badge.json", "VIEWER"))
                .contains("\"schemaVersion\":1");
    }

    /** As whoever opens the page sees it: each line of the default guide, of a release that shipped and of one that was taken back. */
    @Test
    @Order(2)
    @EnabledIf(value = "dev.slipway.testkit.browser.Chromium#installed", disabledReason = Chromium.MISSING)
    void the_page_shows_each_line_of_the_whole_guide_with_its_state_and_why() throws Exception {
        Map<String, String> environment = HomeEnvironment.of(home);
        Set<String> seen = new TreeSet<>();
        try (Chromium chromium = Chromium.start(Chromium.program().orElseThrow());
                Tab tab = chromium.tab()) {
            tab.screen(1360, 900, "light");
            GuideOnPage page = new GuideOnPage(
                    tab,
                    URI.create(String.valueOf(environment.get("SLIPWAY_URL"))),
                    String.valueOf(environment.get("SLIPWAY_TOKEN_VIEWER")));
            for (String release : List.of("hello@1.0.0", "hello@1.1.0")) {
                JsonNode guide = guide("--release", release);
                assertThat(guide.path("lines")
                                .valueStream()
                                .map(line -> line.path("text").asString()))
                        .containsAll(DefaultGuide.lines().stream()
                                .map(DefaultGuide.Line::text)
                                .toList());
                page.assertShown(release, guide);
                seen.addAll(states(guide).values());
            }
        }
        assertThat(seen).contains("PASSED", "FAILED", "OPEN", "DOES_NOT_APPLY", "VALUE", "NOTHING");
    }

    @Test
    @Order(2)
    void dora_s_figures_and_the_notes_are_those_that_follow_from_one_release_that_shipped_and_one_that_was_taken_back()
            throws Exception {
        JsonNode dora = JsonMapper.shared()
                .readTree(slipway.run(COMMAND_MAX, "dora", "hello", "--json").text());
        JsonNode good = JsonMapper.shared().readTree(asked("/api/v1/releases/hello@1.0.0", "VIEWER"));

        String commit = TestRepository.at(home.resolve("demo/hello.git"))
                .git("log", "-1", "--format=%ct", good.path("sha").asString(), "--");
        DemoFigures.assertDora(dora, Times.of(commit, journal("hello@1.0.0"), journal("hello@1.1.0")));
        assertThat(DemoFigures.anyTime(notes("hello@1.0.0"))).isEqualTo(DemoFigures.NOTES_OF_THE_GOOD);
        assertThat(DemoFigures.anyTime(notes("hello@1.1.0"))).isEqualTo(DemoFigures.NOTES_OF_THE_BAD);
        assertThat(notes("hello@1.0.0"))
                .contains("## Measured\n\n- Since: 1.0.0 gave ")
                .doesNotContain("## Disruption");
    }

    @Test
    @Order(2)
    void the_version_that_was_taken_back_says_what_users_had_of_it_and_what_was_measured_before_and_since()
            throws Exception {
        assertThat(notes("hello@1.1.0"))
                .containsPattern("## Disruption\n\n- Users of 1\\.1\\.0 had \\d+ errors \\(of \\d+ answers,"
                        + " [\\d.]+ by the share of 1")
                .contains("## Measured\n\n- Before: 1.0.0 gave ", "- Beside it: 1.0.0 gave ", "- Since: 1.1.0 gave ");
        JsonNode report = JsonMapper.shared()
                .readTree(slipway.run(COMMAND_MAX, "release", "report", "hello@1.1.0", "--json")
                        .text());
        assertThat(report.at("/disruption/excess/0/metric").asString()).isEqualTo("ERRORS");
        assertThat(report.at("/disruption/seconds").asLong()).isPositive();
        assertThat(report.path("insights").toString()).contains("\"figure\":\"ERRORS\"", "\"direction\":\"WORSE\"");
        assertThat(report.path("candidates")).isNotEmpty();
    }

    private JsonNode journal(String release) throws Exception {
        return JsonMapper.shared().readTree(asked("/api/v1/releases/" + release + "/timeline", "VIEWER"));
    }

    private String notes(String release) throws Exception {
        Run notes = slipway.run(COMMAND_MAX, "release", "notes", release);
        assertThat(notes.exitCode()).as(notes.text()).isZero();
        return notes.text();
    }

    private JsonNode guide(String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("guide", "show", "hello", "--json"));
        command.addAll(List.of(more));
        Run shown = slipway.run(COMMAND_MAX, command.toArray(String[]::new));
        assertThat(shown.exitCode()).as(shown.text()).isZero();
        return JsonMapper.shared().readTree(shown.text());
    }

    private static Map<String, String> states(JsonNode guide) {
        return guide.path("lines")
                .valueStream()
                .collect(Collectors.toMap(
                        line -> line.path("id").asString(),
                        line -> line.path("state").asString()));
    }

    @Test
    @Order(2)
    void users_reach_the_sample_by_its_host_name_at_a_port_that_is_not_the_page_s() throws Exception {
        URI address = URI.create(
                slipway.run(COMMAND_MAX, "app", "open", "hello", "--print").lastLine());
        int page = URI.create(String.valueOf(HomeEnvironment.of(home).get("SLIPWAY_URL")))
                .getPort();

        assertThat(address).hasHost("hello.localhost").hasPath("/");
        assertThat(address.getPort()).isNotEqualTo(page);
        assertThat(ByHost.get(address.getPort(), "hello.localhost", "/greet?name=Ada"))
                .startsWith("HTTP/1.1 200")
                .contains("Hello Ada");
        assertThat(ByHost.get(address.getPort(), "staging.hello.localhost", "/health"))
                .startsWith("HTTP/1.1 200");
        assertThat(ByHost.get(address.getPort(), "127.0.0.1", "/apps/hello/production/greet?name=Ada"))
                .contains("Hello Ada");
        assertThat(ByHost.get(address.getPort(), "nobody.localhost", "/greet")).startsWith("HTTP/1.1 404");
        assertThat(ByHost.get(page, "127.0.0.1", "/apps/hello/production/greet?name=Ada"))
                .startsWith("HTTP/1.1 404")
                .contains("http://127.0.0.1:" + address.getPort());
        assertThat(slipway.run(COMMAND_MAX, "status").lines())
                .anyMatch(line -> line.startsWith("hello/production") && line.endsWith(address.toString()));
    }

    @Test
    @Order(2)
    void an_older_prometheus_reads_what_each_of_the_five_services_measures() throws Exception {
        JsonNode status = JsonMapper.shared()
                .readTree(slipway.run(COMMAND_MAX, "status", "--json").text());
        Map<String, Integer> ports = status.path("processes")
                .valueStream()
                .filter(process -> OlderPrometheus.SERVICES.containsKey(
                        process.path("name").asString("")))
                .collect(Collectors.toMap(
                        process -> process.path("name").asString(),
                        process -> process.path("port").asInt()));
        assertThat(ports.keySet()).isEqualTo(OlderPrometheus.SERVICES.keySet());

        OlderPrometheus prometheus =
                new OlderPrometheus(String.valueOf(HomeEnvironment.of(home).get("SLIPWAY_TOKEN_VIEWER")));
        for (Map.Entry<String, Integer> service : ports.entrySet()) {
            prometheus.reads(service.getKey(), service.getValue());
        }
    }

    @Test
    @Order(3)
    void what_was_published_is_what_is_documented() throws Exception {
        Published published = Published.of(home);

        assertThat(published.faults()).isEmpty();
        assertThat(published.seen().keySet())
                .containsExactlyInAnyOrderElementsOf(published.topics().stream()
                        .filter(topic -> !topic.equals(Topics.DEAD_LETTERS)) // a demo has none
                        .toList());
        assertThat(published.records()).isGreaterThan(RECORDS_MIN);
    }

    @Test
    @Order(4)
    void on_the_same_data_it_goes_on_through_the_canary_while_each_process_is_killed_once() throws Exception {
        List<String> table = new ArrayList<>(List.of(KillRun.HEAD));
        JsonNode result;
        try {
            result = new KillRun(home, slipway).of(KillScenario.EACH_ONCE, table);
        } finally {
            table.forEach(System.out::println);
        }

        assertThat(text(result, "good", "id")).isEqualTo("hello@1.2.0");
        assertThat(text(result, "bad", "id")).isEqualTo("hello@1.3.0");
    }

    @AfterAll
    void nothing_is_left_running() throws Exception {
        Run down = slipway.run(COMMAND_MAX.multipliedBy(2), "down", "--yes");
        assertThat(down.exitCode()).as(down.text()).isZero();
        assertThat(running()).isEmpty();
    }

    private static void assertWentWell(JsonNode result) {
        assertThat(text(result, "good", "state")).isEqualTo("COMPLETED");
        assertThat(text(result, "bad", "state")).isEqualTo("ROLLED_BACK");
        assertThat(result.path("bad").path("detectedAfterSeconds").asDouble())
                .isBetween(0.0, DETECTION_SECONDS_MAX * Pace.now());
        assertThat(result.path("bad").path("answersByBadVersion").asLong()).isPositive();
        assertThat(result.path("deliveries").path("slack").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(result.path("deliveries").path("email").asInt()).isGreaterThanOrEqualTo(3);
    }

    private static String text(JsonNode result, String release, String field) {
        return result.path(release).path(field).asString("");
    }

    /** Platform, services, load, and the sample's versions: each has its home's path on its command line. */
    private List<String> running() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(home.toString()))
                .toList();
    }
}
