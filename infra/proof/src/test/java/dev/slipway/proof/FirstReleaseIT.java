package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.platform.Pace;
import dev.slipway.proof.SlipwayScript.Run;
import dev.slipway.testkit.git.TestRepository;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * README's first own release, word for word, and then one under a guide of one's own, both in Go and in Node.js, too: the
 * commands are run as they stand there, against a Slipway of its own. Only the ports are others, so that whatever listens on
 * 8080 and 8000 disturbs nothing. Then a release over HTTP, whose trace is followed.
 */
@Tag("thorough")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstReleaseIT {
    private static final Duration COMMAND_MAX = Pace.patience(Duration.ofMinutes(2));
    /** Where it ends in any case; what is demanded is in {@link FiveMinutes}. */
    private static final Duration TRANSCRIPT_MAX = Pace.patience(Duration.ofMinutes(8));

    private static final String ADDRESS = "http://127.0.0.1:8080";
    private static final String SHOP = "http://shop.localhost:8000/";

    private final Path folder = Path.of("target", "first-release-it").toAbsolutePath();
    private final Path home = folder.resolve("home");
    private final SlipwayScript slipway = new SlipwayScript(home);
    private final FiveMinutes fiveMinutes = new FiveMinutes(folder.resolveSibling("first-release.md"));
    private Duration up = Duration.ZERO;
    private String transcript = "";

    @BeforeAll
    void nothing_is_there() throws Exception {
        for (String program : List.of("python3", "git", "curl")) {
            assumeTrue(isOnThePath(program), "skipped: README's first release needs " + program);
        }
        Run wiped = slipway.run(COMMAND_MAX, "down", "--wipe", "--yes");
        assertThat(wiped.exitCode()).as(wiped.text()).isZero();
        remove(folder.resolve("shop"));
        remove(folder.resolve("echo"));
        Files.createDirectories(folder.resolve("slipway"));
        Run allowed = slipway.run(COMMAND_MAX, "allow", "--folder", folder.toString()); // this home is in no project
        assertThat(allowed.exitCode()).as(allowed.text()).isZero();
    }

    /** How fast answers are on a machine that is busy with other tests is not what is shown here. */
    private static String patient(String command) {
        return command.startsWith("slipway init ")
                ? command + "\nsed -i 's/p95: \"< 1s\"/p95: \"< 30s\"/' slipway.yaml"
                : command;
    }

    @Test
    @Order(1)
    void a_newcomer_ships_two_versions_and_goes_back() throws Exception {
        double paceBefore = Pace.now();
        long began = System.nanoTime();
        ok(slipway.run(COMMAND_MAX, "up", "--port", "0", "--json"));
        up = since(began);
        List<String> commands = new ArrayList<>(Transcript.of(Path.of("..", "..", "README.md"), "first release"));
        assertThat(commands).anyMatch(command -> command.contains(SHOP));
        String shop = "http://shop.localhost:%d/".formatted(front().getPort());
        commands.replaceAll(command -> command.replace(SHOP, shop));
        commands.replaceAll(FirstReleaseIT::patient);
        Path script = Files.write(folder.resolve("first-release.sh"), commands);

        long typed = System.nanoTime();
        Run run = slipway.shell(TRANSCRIPT_MAX, script, folder.resolve("slipway"));
        Duration rest = since(typed);

        ok(run);
        transcript = run.text();
        assertThat(transcript)
                .contains("shop@1.0.0 COMPLETED", "shop@1.1.0 COMPLETED")
                .contains("10 % of traffic", "25 % of traffic", "50 % of traffic")
                .contains("{\"greeting\": \"Hello Ada\", \"version\": \"1.0.0\"}");
        assertThat(run.lines().getLast()).isEqualTo("{\"greeting\": \"Hello Ada\", \"version\": \"1.0.0\"}");
        fiveMinutes.demand(new FiveMinutes.Taken("Python, two versions and the way back", up, rest, pace(paceBefore)));
    }

    @Test
    @Order(2)
    void what_was_shipped_is_merged_tagged_and_on_record() throws Exception {
        assumeTrue(!transcript.isEmpty(), "skipped: the first release did not make it");
        assertThat(TestRepository.at(folder.resolve("shop"))
                        .git("tag", "--list")
                        .lines())
                .contains("v1.0.0", "v1.1.0");
        JsonNode releases = json(slipway.run(COMMAND_MAX, "release", "list", "--application", "shop", "--json"));
        assertThat(releases.valueStream().map(release -> release.path("state").asString()))
                .hasSize(3)
                .containsOnly("COMPLETED");
        assertThat(releases.path(0).path("kind").asString()).isEqualTo("ROLLBACK");
        Run shown = slipway.run(COMMAND_MAX, "app", "show", "shop");
        assertThat(shown.text())
                .contains("shop/production", "1.0.0 100 %")
                .contains("production is at http://shop.localhost:%d/".formatted(front().getPort()))
                .contains("staging is at http://staging.shop.localhost:%d/".formatted(front().getPort()));
    }

    @Test
    @Order(3)
    void one_trace_leads_from_the_request_through_kafka_to_the_version() throws Exception {
        List<String> lines = new Trace(home, HomeEnvironment.of(home)).linesOfARelease(folder.resolve("echo"));

        assertThat(lines).anyMatch(line -> line.startsWith("/health 00-" + Trace.ID));
        assertThat(lines).anyMatch(line -> line.startsWith("/smoke 00-" + Trace.ID));
    }

    @Test
    @Order(4)
    void the_events_of_a_ci_and_of_a_support_tool_lead_to_what_their_answers_say() throws Exception {
        assumeTrue(!transcript.isEmpty(), "skipped: the first release did not make it");
        List<String> commands = new ArrayList<>(Transcript.of(Path.of("..", "..", "README.md"), "events"));
        commands.addAll(Transcript.of(Path.of("..", "docs", "events.md"), "events of users"));
        assertThat(commands).anyMatch(command -> command.contains(ADDRESS));
        commands.replaceAll(command -> command.replace(ADDRESS, address()));
        Path script = Files.write(folder.resolve("events.sh"), commands);

        Run run = slipway.shell(COMMAND_MAX, script, folder.resolve("shop"));

        assertThat(run.exitCode()).as(run.text()).isZero();
        assertThat(run.text().split("\"leadsTo\":", -1))
                .hasSize(6)
                .satisfies(
                        said -> assertThat(said[1]).startsWith("\"It counts as check build of the commit.\""),
                        said -> assertThat(said[2]).startsWith("\"A release of shop 1.2.0: "),
                        said -> assertThat(said[3]).startsWith("\"Releases of shop of other revisions"),
                        said -> assertThat(said[4]).startsWith("\"Releases of shop of other revisions"),
                        said -> assertThat(said[5]).startsWith("\"It stands with release shop@1.1.0: "));
        JsonNode release = json(slipway.run(COMMAND_MAX, "release", "show", "shop@1.2.0", "--json"));
        assertThat(release.path("publisher").asString()).isEqualTo("ci@example.test");
        assertThat(release.path("state").asString()).isNotEqualTo("REJECTED");
    }

    @Test
    @Order(5)
    void a_canary_goes_on_where_it_was_through_a_restart_a_kill_of_everything_and_a_down() throws Exception {
        assumeTrue(!transcript.isEmpty(), "skipped: the first release did not make it");
        String[] up = {
            "up",
            "--port",
            Integer.toString(URI.create(address()).getPort()),
            "--front-port",
            Integer.toString(front().getPort())
        };
        List<String> commands = List.of(
                "sed 's/1\\.1\\.0/1.3.0/' app.py > app.new && mv app.new app.py",
                "sed -i 's/{traffic: 50, hold: 5s}/{traffic: 50, hold: 5m}/' slipway.yaml && grep -q 'hold: 5m' slipway.yaml",
                "git commit -q -a -m 'feat: another number'",
                "slipway policy apply slipway.yaml",
                "slipway evidence run -- python3 test_app.py && slipway check pass build",
                "slipway release create 1.3.0 --artifact app.py",
                "for person in ben cleo; do slipway release approve shop@1.3.0 --as $person@example.test; done");
        Path script = Files.write(folder.resolve("third-release.sh"), commands);
        OneRelease release = new OneRelease(home, "shop@1.3.0");
        try (Visitors visitors = new Visitors(front(), "/apps/shop/production/greet?name=Ada")) {
            ok(slipway.shell(COMMAND_MAX, script, folder.resolve("shop")));

            release.awaitShare(10);
            ok(slipway.run(COMMAND_MAX, "restart"));

            release.awaitShare(25);
            assertThat(Killer.allOf(home))
                    .as("supervisor, platform and five services")
                    .hasSize(7);
            ok(slipway.run(COMMAND_MAX, up));

            release.awaitShare(50);
            Run refused = slipway.run(COMMAND_MAX, "down");
            assertThat(refused.exitCode()).as(refused.text()).isEqualTo(2);
            assertThat(refused.text()).contains("under way is shop@1.3.0 in shop/", "confirm with --yes");
            ok(slipway.run(COMMAND_MAX, "down", "--yes"));
            ok(slipway.run(COMMAND_MAX, up));
            assertThat(visitors.now().statusCode())
                    .as("up means that users are served")
                    .isEqualTo(200);
            release.awaitShare(50);
            ok(slipway.run(COMMAND_MAX, "release", "promote", "shop@1.3.0", "--reason", "seen at 50 % again"));

            assertThat(release.awaitEnd()).as(release.seen().toPrettyString()).isEqualTo("COMPLETED");
            assertThat(visitors.answers().keySet())
                    .as("what users were answered: %s", visitors.answers())
                    .isSubsetOf(200, 503)
                    .contains(200);
            assertThat(visitors.withoutRetryAfter()).isEmpty();
        }
        assertThat(Effects.starts(home, List.of("shop@1.3.0")))
                .as("once, and once more after down; a restart and a kill of Slipway start no application")
                .hasSize(2)
                .allSatisfy((key, count) -> assertThat(count).as(key).isEqualTo(2));
    }

    @Test
    @Order(6)
    void an_application_that_nobody_needs_any_more_is_removed_and_its_history_stays() throws Exception {
        assumeTrue(!transcript.isEmpty(), "skipped: the first release did not make it");
        Run refused = slipway.run(COMMAND_MAX, "app", "remove", "shop", "--reason", "nobody asks for it");
        assertThat(refused.exitCode()).as(refused.text()).isEqualTo(2);

        ok(slipway.run(COMMAND_MAX, "app", "remove", "shop", "--reason", "nobody asks for it", "--yes"));

        try (Visitors visitors = new Visitors(front(), "/apps/shop/production/greet?name=Ada")) {
            await("its address is given up")
                    .atMost(COMMAND_MAX)
                    .until(() -> visitors.now().statusCode() == 404);
        }
        await("nothing of it runs")
                .atMost(COMMAND_MAX)
                .until(() -> ProcessHandle.allProcesses()
                        .flatMap(process -> process.info().commandLine().stream())
                        .noneMatch(line -> line.contains(
                                home.resolve("targets/processes/shop@").toString())));
        assertThat(slipway.run(COMMAND_MAX, "app", "list").text()).doesNotContain("shop");
        assertThat(slipway.run(COMMAND_MAX, "release", "list", "--application", "shop")
                        .text())
                .contains("shop@1.0.0", "shop@1.3.0");
    }

    /** The last, so that nothing before it counts these applications. */
    @ParameterizedTest(name = "in {0}")
    @CsvSource({"Go,go,hours", "Node.js,node,menu"})
    @Order(7)
    void the_first_release_is_the_same_in(String language, String program, String application) throws Exception {
        assumeTrue(isOnThePath(program), "skipped: README's first release in %s needs it".formatted(language));
        String address = "http://%s.localhost:".formatted(application);
        List<String> commands = new ArrayList<>(
                Transcript.of(Path.of("..", "docs", "first-release.md"), "first release in " + language));
        assertThat(commands).anyMatch(command -> command.contains(address + "8000/"));
        commands.replaceAll(command -> command.replace(address + "8000/", address + front().getPort() + "/"));
        commands.replaceAll(FirstReleaseIT::patient);
        remove(folder.resolve(application));
        Path script = Files.write(folder.resolve(application + "-release.sh"), commands);

        double paceBefore = Pace.now();
        long typed = System.nanoTime();
        Run run = slipway.shell(TRANSCRIPT_MAX, script, folder.resolve("slipway"));
        Duration rest = since(typed);

        ok(run);
        assertThat(run.text()).contains(application + "@1.0.0 COMPLETED");
        assertThat(run.lines().getLast()).isEqualTo("1.0.0");
        assertThat(Files.readString(folder.resolve(application).resolve("slipway.yaml")))
                .as("init has seen that it says its version")
                .contains("contains: \"{version}\"");
        fiveMinutes.demand(new FiveMinutes.Taken(language, up, rest, pace(paceBefore)));
    }

    /** Each in the folder that the one before it leaves a newcomer in. */
    @ParameterizedTest(name = "in {0}")
    @CsvSource({
        "Python, python3, README.md, own guide, shop, desk, 9, junit",
        "Go, go, infra/docs/first-release.md, own guide in Go, hours, rota, 7, go-cover",
        "Node.js, node, infra/docs/first-release.md, own guide in Node.js, menu, card, 7, junit"
    })
    @Order(8)
    void a_guide_of_ones_own_is_imported_and_the_first_release_under_it_leaves_no_line_open(
            String language,
            String program,
            String file,
            String block,
            String from,
            String application,
            int lines,
            String report)
            throws Exception {
        assumeTrue(!transcript.isEmpty(), "skipped: the first release did not make it");
        assumeTrue(isOnThePath(program), "skipped: a guide of one's own in %s needs it".formatted(language));
        List<String> commands =
                new ArrayList<>(Transcript.of(Path.of("..", "..").resolve(file), block));
        commands.replaceAll(FirstReleaseIT::patient);
        remove(folder.resolve(application));
        Path script = Files.write(folder.resolve(application + "-guide.sh"), commands);

        double paceBefore = Pace.now();
        long typed = System.nanoTime();
        Run run = slipway.shell(TRANSCRIPT_MAX, script, folder.resolve(from));
        Duration rest = since(typed);

        ok(run);
        assertThat(run.text()).contains(application + "@1.0.0 COMPLETED");
        assertThat(run.lastLine()).contains(lines + " lines apply", " 0 open");
        JsonNode states = json(slipway.run(COMMAND_MAX, "guide", "show", application, "--json"))
                .path("lines");
        assertThat(states.valueStream().map(line -> line.path("state").asString("")))
                .hasSize(lines)
                .containsOnly("PASSED", "VALUE");
        JsonNode tests =
                json(slipway.run(COMMAND_MAX, "gate", "explain", application + "@1.0.0", "unit-tests", "--json"));
        assertThat(tests.path("verdict").asString()).isEqualTo("PASSED");
        assertThat(tests.path("kind").asString())
                .as("its tests are answered for by what they reported")
                .isEqualTo(report);
        fiveMinutes.demand(new FiveMinutes.Taken("a guide of one's own, " + language, up, rest, pace(paceBefore)));
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    /** Of the time since then, as its two ends were. */
    private static double pace(double before) {
        return (before + Pace.now()) / 2;
    }

    private static void ok(Run run) {
        assertThat(run.exitCode()).as(run.text()).isZero();
    }

    @AfterAll
    void nothing_is_left_running() throws Exception {
        Run down = slipway.run(COMMAND_MAX, "down", "--yes");
        assertThat(down.exitCode()).as(down.text()).isZero();
        assertThat(ProcessHandle.allProcesses()
                        .flatMap(process -> process.info().commandLine().stream())
                        .filter(line -> line.contains(folder.toString())))
                .isEmpty();
    }

    /** Where applications are reached. */
    private URI front() {
        return URI.create(String.valueOf(HomeEnvironment.of(home).get("SLIPWAY_FRONT_URL")));
    }

    private String address() {
        return String.valueOf(HomeEnvironment.of(home).get("SLIPWAY_URL"));
    }

    private static JsonNode json(Run run) {
        assertThat(run.exitCode()).as(run.text()).isZero();
        return JsonMapper.shared().readTree(run.text());
    }

    private static boolean isOnThePath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry).resolve(program)));
    }

    private static void remove(Path tree) throws IOException {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(tree)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
