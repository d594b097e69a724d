package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.cli.machine.Home;
import dev.slipway.cli.machine.PlatformPorts;
import dev.slipway.platform.Pace;
import dev.slipway.proof.Misbehaviour.Expected;
import dev.slipway.proof.SlipwayScript.Run;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Programs that misbehave, each through whole releases on a Slipway of its own with all that belongs to it, side by side:
 * how each ends, and what its contact got by mail and over Slack. The table of it is {@code infra/docs/misbehaving.md}. Beside them one
 * that behaves, of several artifacts, as a user of its own where this test is root's.
 */
@Tag("thorough")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MisbehavingIT {
    private static final Duration COMMAND_MAX = Pace.patience(Duration.ofMinutes(2));
    private static final String ROOT = "root";
    private static final Duration TOLD_WITHIN = Pace.patience(Duration.ofMinutes(1));

    private final Path folder = Path.of("target", "misbehaving-it").toAbsolutePath();
    private final Path home = folder.resolve("home");
    private final SlipwayScript slipway = new SlipwayScript(home);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Future<Told>> running = new LinkedHashMap<>();
    private Map<String, String> access = Map.of();

    /** How releases ended, and the mails about them. */
    private record Told(List<String> ends, List<JsonNode> mails) {}

    static Stream<Misbehaviour> ways() {
        return Misbehaviour.all();
    }

    @BeforeAll
    void all_are_released_at_once() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "skipped: the programs need /usr/bin/python3");
        ok("down", "--wipe", "--yes");
        Files.createDirectories(folder);
        ok("allow", "/usr/bin/python3", "--as", "python3");
        ok("allow", "--artifact", "other-machine");
        ok("allow", "--folder", folder.toString());
        if (ROOT.equals(System.getProperty("user.name"))) {
            ok("allow", "--user", "nobody", "--for", "parts");
        }
        ok("up", "--port", "0", "--json");
        access = HomeEnvironment.of(home);
        Misbehaviour.all().forEach(way -> running.put(way.application(), threads.submit(() -> release(way))));
        running.put("parts", threads.submit(this::releaseParts));
    }

    private void ok(String... arguments) throws IOException, InterruptedException {
        Run run = slipway.run(COMMAND_MAX, arguments);
        assertThat(run.exitCode()).as(run.text()).isZero();
    }

    private Told told(String application) throws Exception {
        return Objects.requireNonNull(running.get(application)).get();
    }

    private ByEvent application(String name) throws IOException {
        Path own = folder.resolve("repositories").resolve(name);
        if (Files.exists(own)) {
            org.springframework.util.FileSystemUtils.deleteRecursively(own);
        }
        return new ByEvent(access, http, Files.createDirectories(own), name);
    }

    private Told release(Misbehaviour way) throws IOException, InterruptedException {
        ByEvent application = application(way.application());
        application.policy(policy(way, application.repository()));
        List<String> ends = new ArrayList<>();
        for (Expected expected : way.releases()) {
            application.publish(expected.version(), Map.of("server", program(way.application(), expected.version())));
            OneRelease release = new OneRelease(home, way.application() + "@" + expected.version());
            ends.add(release.awaitEnd());
            if (!ends.getLast().equals(expected.end())) {
                return new Told(ends, mails(way.application())); // said by the test, with what people were told
            }
        }
        if (!way.asked().isEmpty()) {
            await("the ends of " + way + " are told") // what comes of asking is told by another, which may be quicker
                    .atMost(TOLD_WITHIN)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> endsAreTold(way, inbox()));
            get(front("/apps/%s/production%s".formatted(way.application(), way.asked())));
        }
        return new Told(ends, awaitTold(way));
    }

    private List<JsonNode> awaitTold(Misbehaviour way) throws IOException, InterruptedException {
        await("what people are told of " + way)
                .atMost(TOLD_WITHIN)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> isTold(way));
        return mails(way.application());
    }

    private boolean isTold(Misbehaviour way) throws IOException, InterruptedException {
        JsonNode inbox = inbox();
        return endsAreTold(way, inbox)
                && way.alert().stream()
                        .allMatch(words ->
                                mails(inbox, way.application()).stream().anyMatch(mail -> holds(mail, words))
                                        && inbox.path("slack")
                                                .valueStream()
                                                .filter(message -> message.path("channel")
                                                        .asString("")
                                                        .equals("#" + way.application()))
                                                .anyMatch(message -> holds(message, words)));
    }

    private static boolean endsAreTold(Misbehaviour way, JsonNode inbox) {
        List<String> subjects = mails(inbox, way.application()).stream()
                .map(mail -> mail.path("subject").asString(""))
                .toList();
        return way.releases().stream().allMatch(each -> subjects.contains(each.subject(way.application())));
    }

    private static boolean holds(JsonNode message, String words) {
        return message.path("text").asString("").contains(words);
    }

    private static String policy(Misbehaviour way, String repository) {
        String target = """
                {type: process, command: %s, portEnv: PORT, env: {VERSION: "{version}", WHERE: "{environment}", ORDER: "%s"}, health: {ready: /health, every: 500ms, within: 2s, down: 2}, %s, stop: {grace: 1s}}""".formatted(way.command(), way.order(), way.target());
        return """
                apiVersion: slipway.dev/v1
                kind: ReleasePolicy
                application: %1$s
                source: {repository: "%2$s", from: production, to: main}
                contacts: [{role: devops, name: Ben, email: %1$s@example.test, slack: "#%1$s"}]
                approvals: {required: 0}
                gates:
                  - {id: smoke, guide: "Perform smoke tests", stage: staging, http: [{get: /version, status: 200, contains: "{version}"}], within: 5s}
                environments:
                  staging: {target: %3$s}
                  production:
                    target: %3$s
                    steps: %4$s
                    canary: {answersMin: 5, warmUp: 1s, traffic: probe, latencyDifference: 200ms%5$s}
                    bake: 2s
                """.formatted(way.application(), repository, target, way.steps(), way.guardrails());
    }

    /** Each version is a file of its own, as its digest is what is released. */
    private Path program(String application, String version) throws IOException {
        Path built = Files.createDirectories(folder.resolve("built"));
        if (application.equals("other-machine")) {
            byte[] elf = new byte[64];
            System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1}, 0, elf, 0, 7);
            elf[16] = 2; // ET_EXEC
            elf[18] = (byte) 183; // EM_AARCH64, elf(5)
            return Files.write(built.resolve(application), elf);
        }
        try (InputStream source = Objects.requireNonNull(MisbehavingIT.class.getResourceAsStream("/misbehaving.py"))) {
            String text = new String(source.readAllBytes(), StandardCharsets.UTF_8);
            return Files.writeString(
                    built.resolve("%s-%s.py".formatted(application, version)),
                    text + "# " + application + version + "\n");
        }
    }

    private Told releaseParts() throws IOException, InterruptedException {
        ByEvent application = application("parts");
        Path program = program("parts", "1.0.0");
        Path built = program.resolveSibling("parts");
        Files.createDirectories(built.resolve("words"));
        Files.writeString(built.resolve("words/greeting.txt"), "Hello from an archive\n");
        Path config = Files.writeString(built.resolveSibling("parts.json"), "{\"greeting\": \"from a file\"}\n");
        Path archive = built.resolveSibling("assets.tar.gz");
        Process packing = new ProcessBuilder("tar", "czf", archive.toString(), "-C", built.toString(), ".")
                .inheritIO()
                .start();
        assertThat(packing.waitFor()).isZero();
        Misbehaviour well = new Misbehaviour(
                "parts",
                "behaves",
                "well@",
                "startWithin: 10s",
                "[{traffic: 100}]",
                "",
                List.of(),
                "",
                List.of(),
                List.of());
        application.policy(
                policy(well, application.repository())
                        .replace(
                                well.command(),
                                "[python3, \"{artifacts.program}\", \"{artifacts.config}\", \"{artifacts.assets}/words/greeting.txt\", \"{folder}/config\"]"));
        Map<String, Path> artifacts = new LinkedHashMap<>();
        artifacts.put("program", program);
        artifacts.put("config", config);
        artifacts.put("assets", archive);
        application.publish("1.0.0", artifacts);
        return new Told(List.of(new OneRelease(home, "parts@1.0.0").awaitEnd()), List.of());
    }

    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("ways")
    void each_ends_as_it_should_and_its_people_are_told(Misbehaviour way) throws Exception {
        Told told = told(way.application());

        assertThat(told.ends())
                .as("%s", told.mails())
                .containsExactlyElementsOf(
                        way.releases().stream().map(Expected::end).toList());
        for (String words : way.logged()) {
            await().atMost(TOLD_WITHIN)
                    .untilAsserted(
                            () -> { // a version that is followed ends after the release that follows
                                Run log = slipway.run(
                                        COMMAND_MAX,
                                        "logs",
                                        way.application() + "@1.0.0",
                                        "--environment",
                                        "production");
                                assertThat(log.text()).contains(words);
                            });
        }
    }

    @Test
    @Order(1)
    void an_event_that_names_several_artifacts_leads_to_a_process_that_reads_each_and_is_not_roots() throws Exception {
        assertThat(told("parts").ends()).containsExactly("COMPLETED");

        assertThat(get(front("/apps/parts/production/files")))
                .isEqualTo("{\"greeting\": \"from a file\"}\nHello from an archive\n{\"greeting\": \"from a file\"}");
        assertThat(get(front("/apps/parts/production/user")))
                .as("started by root it runs as the user that was named for it")
                .isNotEqualTo("0");
    }

    @Test
    @Order(2)
    void what_people_were_told_is_what_the_table_says() throws Exception {
        ToldTable table = new ToldTable(home);
        for (Misbehaviour way : Misbehaviour.all().toList()) {
            Told told = told(way.application());
            table.add(way, told.ends(), told.mails());
        }
        Path document = Path.of("..", "docs", "misbehaving.md");
        if (Boolean.getBoolean("slipway.misbehaving.rewrite")) {
            Files.writeString(document, table.text());
        }

        assertThat(table.text())
                .as("run it with -Dslipway.misbehaving.rewrite=true and review what changed")
                .isEqualTo(Files.readString(document));
    }

    @AfterAll
    void nothing_is_left_running() throws Exception {
        threads.shutdownNow();
        http.close();
        Run down = slipway.run(COMMAND_MAX, "down", "--yes");
        assertThat(down.exitCode()).as(down.text()).isZero();
    }

    private URI front(String path) {
        return URI.create(access.get("SLIPWAY_FRONT_URL")).resolve(path);
    }

    private String get(URI address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                .body();
    }

    /** What arrived at an application's contact, as the receivers of this machine keep it. */
    private List<JsonNode> mails(String application) throws IOException, InterruptedException {
        return mails(inbox(), application);
    }

    private static List<JsonNode> mails(JsonNode inbox, String application) {
        return inbox.path("email")
                .valueStream()
                .filter(mail -> mail.path("to").toString().contains("\"" + application + "@example.test\""))
                .toList();
    }

    private JsonNode inbox() throws IOException, InterruptedException {
        int port = Objects.requireNonNull(PlatformPorts.of(new Home(home))).slack();
        return JsonMapper.shared().readTree(get(URI.create("http://127.0.0.1:%d/inbox".formatted(port))));
    }
}
