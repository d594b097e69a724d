package dev.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.deployment.target.SampleBuild;
import dev.slipway.deployment.target.ServingProgram;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.platform.Pace;
import dev.slipway.platform.TopicSpec;
import dev.slipway.testkit.PlatformExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The service on a real broker and store, with real processes and a judge that always knows. */
class DeploymentServiceIT {
    private static final int PARTITIONS = 2;

    @RegisterExtension
    static final PlatformExtension PLATFORM = PlatformExtension.with(Topics.all(PARTITIONS).stream()
            .map(topic -> new TopicSpec(topic.name(), topic.partitions(), topic.compacted()))
            .toList());

    @TempDir
    static Path home = Path.of("");

    private static final LocalIssuer ISSUER = new LocalIssuer();
    private static final String DATABASE = PlatformExtension.freshDatabase();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static OtherServices others;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Scene scene;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static ServiceProcess service;

    @BeforeAll
    static void start() {
        others = new OtherServices(PlatformExtension.kafka(), Set.of("hello@1.2.0"));
        scene = new Scene(home, others);
        service = startService();
    }

    @AfterAll
    static void leaveNothingRunning() {
        service.close();
        scene.close();
    }

    @Test
    void a_first_release_a_good_canary_and_a_worse_one_end_as_they_should() throws Exception {
        scene.roll("hello", "1.0.0", 1, "good");
        scene.reaches("hello", "1.0.0", Phase.FULL);
        scene.confirm("hello", "1.0.0");
        scene.reaches("hello", "1.0.0", Phase.VERIFIED);

        scene.proveWayBack("hello@1.1.0");
        await().atMost(Pace.patience(Duration.ofSeconds(30))).until(() -> !others.wayBacks.isEmpty());
        assertThat(others.wayBacks.getFirst().proven()).isTrue();
        assertThat(others.wayBacks.getFirst().kind()).isEqualTo("snapshot");

        scene.roll("hello", "1.1.0", 2, "good");
        scene.reaches("hello", "1.1.0", Phase.FULL);
        assertThat(scene.splits("hello")).containsSubsequence("[100]", "[90, 10]", "[50, 50]", "[5, 95]", "[5, 95]");
        scene.goesThrough("hello", "1.1.0", Phase.BAKING);
        scene.confirm("hello", "1.1.0");
        scene.reaches("hello", "1.1.0", Phase.VERIFIED);
        await().atMost(Pace.patience(Duration.ofSeconds(30)))
                .until(() -> scene.running("hello").size() == 1);

        scene.roll("hello", "1.2.0", 3, "good");
        scene.reaches("hello", "1.2.0", Phase.RESTORED);
        RolloutStatus end = others.last(Scene.question("hello", "1.2.0"));
        assertThat(end.runningVersion()).isEqualTo("1.1.0");
        assertThat(end.cause())
                .isEqualTo(new RolloutStatus.RolloutCause(
                        "worse", "The new version is worse: comparison on errors", "30 %", "0.5 %"));
        await().atMost(Pace.patience(Duration.ofSeconds(30)))
                .until(() -> scene.running("hello").size() == 1);
        TrafficTable table = scene.tables("hello").getLast();
        assertThat(table.verified()).isEqualTo(Scene.question("hello", "1.1.0").toString());
        assertThat(table.shares()).hasSize(1);
        assertThat(others.stopped)
                .extracting(stop -> stop.question().toString())
                .contains("hello@1.2.0/production/1");

        onlyKeptSnapshotsAreGoneBackTo();
        countersRiseAndTablesAreRepeated();
        environmentsAreShownToViewersAlone();
    }

    private void onlyKeptSnapshotsAreGoneBackTo() {
        scene.goBack("hello", "0.9.0", 4);
        scene.reaches("hello", "0.9.0~rollback-4", Phase.NOT_ADMITTED);
        assertThat(others.last(Scene.question("hello", "0.9.0~rollback-4")).cause())
                .satisfies(cause ->
                        assertThat(Objects.requireNonNull(cause).kind()).isEqualTo("no-snapshot"));

        scene.goBack("hello", "1.0.0", 5);
        scene.reaches("hello", "1.0.0~rollback-5", Phase.FULL);
        scene.confirm("hello", "1.0.0~rollback-5");
        scene.reaches("hello", "1.0.0~rollback-5", Phase.VERIFIED);
        assertThat(others.last(Scene.question("hello", "1.0.0~rollback-5")).runningVersion())
                .isEqualTo("1.0.0");
        await().atMost(Pace.patience(Duration.ofSeconds(30)))
                .until(() -> scene.running("hello").size() == 1);
    }

    private void countersRiseAndTablesAreRepeated() {
        List<Long> counters =
                scene.tables("hello").stream().map(TrafficTable::counter).toList();
        assertThat(counters).isSorted();
        long last = counters.getLast();
        long said = counters.stream().filter(counter -> counter == last).count();
        await().atMost(Pace.patience(Duration.ofSeconds(10)))
                .until(() -> scene.tables("hello").stream()
                                .filter(table -> table.counter() == last)
                                .count()
                        > said + 1);
    }

    private void environmentsAreShownToViewersAlone() throws Exception {
        assertThat(service.get("/api/v1/environments", "").statusCode()).isEqualTo(401);
        assertThat(service.get("/api/v1/environments", ISSUER.token("approver-of-nothing"))
                        .statusCode())
                .isEqualTo(403);
        JsonNode shown = MessagingJson.mapper()
                .readTree(service.get("/api/v1/environments", ISSUER.token("viewer"))
                        .body());
        JsonNode hello = shown.valueStream()
                .filter(each -> each.get("environment").asString().equals("hello/production"))
                .findFirst()
                .orElseThrow();
        assertThat(hello.get("verified").get("version").asString()).isEqualTo("1.0.0");
        assertThat(hello.get("kept").findValuesAsString("version")).containsExactly("1.0.0", "1.1.0");
    }

    @Test
    void a_service_that_is_killed_while_a_version_starts_adopts_it_afterwards() throws Exception {
        scene.roll("slow", "1.0.0", 1, "slow");
        await().atMost(Pace.patience(Duration.ofSeconds(30))).until(() -> scene.pid("slow@1.0.0") > 0);
        long pid = scene.pid("slow@1.0.0");

        service.kill();
        assertThat(ProcessHandle.of(pid)).get().matches(ProcessHandle::isAlive);
        service = startService();

        scene.reaches("slow", "1.0.0", Phase.FULL);
        assertThat(scene.pid("slow@1.0.0")).isEqualTo(pid);
        assertThat(scene.processes()).extracting(ProcessHandle::pid).contains(pid);
        assertThat(Files.exists(scene.folders("slow@1.0.0").getFirst().resolve("output.000000000000.log")))
                .as("a second process would have moved the first one's log aside")
                .isFalse();

        scene.confirm("slow", "1.0.0");
        scene.reaches("slow", "1.0.0", Phase.VERIFIED);
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        await("the verified version is started again")
                .atMost(Pace.patience(Duration.ofSeconds(60)))
                .until(() -> scene.pid("slow@1.0.0") != pid);
    }

    @Test
    void what_ended_with_slipway_is_known_before_what_waits_to_be_heard_and_goes_on_where_it_was() {
        scene.roll("ended", "1.0.0", 1, "good");
        scene.reaches("ended", "1.0.0", Phase.FULL);
        scene.confirm("ended", "1.0.0");
        scene.reaches("ended", "1.0.0", Phase.VERIFIED);
        others.deafInTheBakeOf("ended@1.1.0");
        scene.roll("ended", "1.1.0", 2, "good");
        scene.reaches("ended", "1.1.0", Phase.STEPPING);

        service.kill();
        scene.endWithSlipway("ended");
        Instant ended = Instant.now();
        others.passes();
        service = startService();

        scene.reaches("ended", "1.1.0", Phase.FULL);
        List<TrafficTable> since = scene.tables("ended").stream()
                .filter(table -> table.at().isAfter(ended)) // what was left to send confirms nothing to a gateway
                .toList();
        assertThat(since.getFirst().shares())
                .as("the first word to gateways")
                .hasSize(2)
                .anyMatch(TrafficTable.Share::away);
        long withNobodyAway = since.stream()
                .filter(table -> table.shares().stream().noneMatch(TrafficTable.Share::away))
                .mapToLong(TrafficTable::counter)
                .min()
                .orElseThrow();
        assertThat(since)
                .filteredOn(table -> table.counter() < withNobodyAway)
                .as("nothing goes on before both are back")
                .allSatisfy(
                        table -> assertThat(table.shares().getLast().percent()).isEqualTo(10));
        assertThat(scene.effects("ended@1.1.0").values())
                .as("started anew once")
                .allSatisfy(lines -> assertThat(lines)
                        .filteredOn(line -> line.get("effect").asString().equals("STARTED"))
                        .hasSize(2));
    }

    @Test
    void nothing_is_verified_while_the_judge_says_nothing_of_the_bake_and_it_goes_on_when_it_does() {
        others.deafInTheBakeOf("bake@1.0.0");
        scene.roll("bake", "1.0.0", 1, "good");
        scene.reaches("bake", "1.0.0", Phase.BAKING);

        scene.confirm("bake", "1.0.0");
        await("the command is answered")
                .atMost(Pace.patience(Duration.ofSeconds(30)))
                .until(() -> others.last(Scene.question("bake", "1.0.0"))
                        .notes()
                        .contains("confirm: the bake has not passed"));
        assertThat(others.phase(Scene.question("bake", "1.0.0"))).isEqualTo(Phase.BAKING);
        assertThat(scene.tables("bake").getLast().verified()).isNull();
        assertThat(others.judged.getLast().step()).isEqualTo(2);

        others.hearsAgain();
        scene.reaches("bake", "1.0.0", Phase.FULL);
        scene.confirm("bake", "1.0.0");
        scene.reaches("bake", "1.0.0", Phase.VERIFIED);
        assertThat(scene.tables("bake").getLast().sampled()).isFalse();
    }

    @Test
    void blue_green_checks_the_new_version_without_traffic_and_switches_all_of_it_at_once() {
        scene.roll("green", "1.0.0", 1, "good");
        scene.reaches("green", "1.0.0", Phase.FULL);
        scene.confirm("green", "1.0.0");
        scene.reaches("green", "1.0.0", Phase.VERIFIED);

        scene.switches("green", "1.1.0", 2, new HttpProbe("/nowhere", 200, null, List.of()));
        scene.reaches("green", "1.1.0", Phase.RESTORED);
        assertThat(Objects.requireNonNull(
                                others.last(Scene.question("green", "1.1.0")).cause())
                        .observed())
                .isEqualTo("GET /nowhere answered 404, expected 200");
        assertThat(scene.tables("green"))
                .as("it never got any traffic")
                .noneMatch(table -> table.shares().stream()
                        .anyMatch(share -> share.version().equals("1.1.0")));

        scene.switches("green", "1.2.0", 3, new HttpProbe("/nowhere", 404, null, List.of()));
        scene.reaches("green", "1.2.0", Phase.FULL);
        assertThat(scene.splits("green")).contains("[0, 100]").doesNotContain("[90, 10]", "[5, 95]");
        assertThat(scene.running("green")).as("the old one runs on beside it").hasSize(2);
        scene.confirm("green", "1.2.0");
        scene.reaches("green", "1.2.0", Phase.VERIFIED);
    }

    @Test
    void an_archive_and_a_file_beside_it_run_as_what_was_released_and_end_after_their_requests() throws Exception {
        assumeTrue(Files.isExecutable(ServingProgram.PYTHON), "no /usr/bin/python3: an archive is not released");
        Files.writeString(
                home.resolve("programs.properties"), "@files=artifacts\n", StandardOpenOption.APPEND); // read each time
        Artifact archive = archive();
        Target target = ServingProgram.target("{folder}/bin/server", "{artifacts.config}");

        scene.rollFiles("files", "1.0.0", 1, target, List.of(archive, config("one")));
        scene.reaches("files", "1.0.0", Phase.FULL);
        URI old = scene.tables("files").getLast().shares().getFirst().address();
        scene.confirm("files", "1.0.0");
        scene.reaches("files", "1.0.0", Phase.VERIFIED);
        List<String> where = get(old, "/where").join().body().lines().toList();
        assertThat(where.getFirst()).endsWith("/unpacked/" + archive.digest().hex());
        assertThat(Path.of(where.getLast())).hasFileName("config").hasContent("one");
        assertThat(get(old, "/files").join().body()).isEqualTo("64");

        scene.rollFiles("files", "1.1.0", 2, target, List.of(archive, config("other")));
        scene.reaches("files", "1.1.0", Phase.FULL);
        CompletableFuture<HttpResponse<String>> inFlight = get(old, "/slow");
        scene.confirm("files", "1.1.0");
        await().atMost(Pace.patience(Duration.ofSeconds(30)))
                .until(() -> scene.running("files").size() == 1);

        assertThat(inFlight.join().statusCode())
                .as("asked before it was told to end")
                .isEqualTo(200);
        URI present = scene.tables("files").getLast().shares().getFirst().address();
        List<String> there = get(present, "/where").join().body().lines().toList();
        assertThat(Path.of(there.getLast())).hasContent("other");
    }

    private static Artifact archive() throws Exception {
        Path tree = home.resolve("tree");
        ServingProgram.write(Files.createDirectories(tree.resolve("bin")).resolve("server"));
        Path archive = home.resolve("files.tar.gz");
        Process packing = new ProcessBuilder("tar", "czf", archive.toString(), "-C", tree.toString(), ".").start();
        assertThat(packing.waitFor()).isZero();
        return new Artifact(archive.toUri(), SampleBuild.digest(archive));
    }

    private static Artifact config(String content) throws IOException {
        Path config = Files.writeString(home.resolve("config-" + content + ".txt"), content);
        return new Artifact(config.toUri(), SampleBuild.digest(config), "config");
    }

    private static CompletableFuture<HttpResponse<String>> get(URI address, String path) {
        return HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void an_artifact_with_another_digest_and_a_program_that_is_not_allowed_never_serve() {
        Artifact good = SampleBuild.jar(home, "9.0.0");
        Artifact other = SampleBuild.jar(home, "9.0.1");
        scene.command(
                "wrong",
                DeploymentTypes.START_ROLLOUT,
                scene.start("wrong", "1.0.0", 1, new Artifact(good.uri(), other.digest()), "good"));
        scene.reaches("wrong", "1.0.0", Phase.RESTORED);

        RolloutStatus end = others.last(Scene.question("wrong", "1.0.0"));
        assertThat(end.cause()).isNotNull().satisfies(cause -> {
            assertThat(cause.kind()).isEqualTo("start-failed");
            assertThat(cause.text()).contains("digest");
        });
        assertThat(end.running()).isNull();
        assertThat(scene.tables("wrong")).isEmpty();
    }

    private static ServiceProcess startService() {
        return ServiceProcess.start(home, DATABASE, SampleBuild.allowJava(home), ISSUER.publicKey(home));
    }
}
