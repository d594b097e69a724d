package dev.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.ProveWayBack;
import dev.slipway.contracts.deployment.RolloutCommand;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.deployment.target.SampleBuild;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.platform.TopicSpec;
import dev.slipway.testkit.PlatformExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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

    private static final KeyPair KEYS = keys();
    private static final String DATABASE = PlatformExtension.freshDatabase();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static OtherServices others;

    @SuppressWarnings("NullAway.Init") // set before each test
    private ServiceProcess service;

    @BeforeAll
    static void listen() {
        others = new OtherServices(PlatformExtension.kafka(), Set.of("hello@1.2.0"));
    }

    @BeforeEach
    void start() {
        service = startService();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @AfterAll
    static void leaveNothingRunning() throws Exception {
        others.close();
        processes().forEach(ProcessHandle::destroyForcibly);
        await().until(() -> processes().isEmpty());
    }

    @Test
    void a_first_release_a_good_canary_and_a_worse_one_end_as_they_should() throws Exception {
        roll("hello", "1.0.0", 1, "good");
        reaches("hello", "1.0.0", Phase.FULL);
        confirm("hello", "1.0.0");
        reaches("hello", "1.0.0", Phase.VERIFIED);

        proveWayBack("hello@1.1.0");
        await().atMost(Duration.ofSeconds(30)).until(() -> !others.wayBacks.isEmpty());
        assertThat(others.wayBacks.getFirst().proven()).isTrue();
        assertThat(others.wayBacks.getFirst().kind()).isEqualTo("snapshot");

        roll("hello", "1.1.0", 2, "good");
        reaches("hello", "1.1.0", Phase.FULL);
        assertThat(splits("hello")).containsSubsequence("[100]", "[90, 10]", "[50, 50]", "[0, 100]");
        confirm("hello", "1.1.0");
        reaches("hello", "1.1.0", Phase.VERIFIED);
        await().atMost(Duration.ofSeconds(30)).until(() -> running("hello").size() == 1);

        roll("hello", "1.2.0", 3, "good");
        reaches("hello", "1.2.0", Phase.RESTORED);
        RolloutStatus end = others.last(question("hello", "1.2.0"));
        assertThat(end.runningVersion()).isEqualTo("1.1.0");
        assertThat(end.cause())
                .isEqualTo(new RolloutStatus.RolloutCause(
                        "worse", "The new version is worse: comparison on errors", "30 %", "0.5 %"));
        await().atMost(Duration.ofSeconds(30)).until(() -> running("hello").size() == 1);
        TrafficTable table = tables("hello").getLast();
        assertThat(table.verified()).isEqualTo(question("hello", "1.1.0").toString());
        assertThat(table.shares()).hasSize(1);
        assertThat(others.stopped)
                .extracting(stop -> stop.question().toString())
                .contains("hello@1.2.0/production/1");

        countersRiseAndTablesAreRepeated();
        environmentsAreShownToViewersAlone();
    }

    private void countersRiseAndTablesAreRepeated() {
        List<Long> counters =
                tables("hello").stream().map(TrafficTable::counter).toList();
        assertThat(counters).isSorted();
        long last = counters.getLast();
        long said = counters.stream().filter(counter -> counter == last).count();
        await().atMost(Duration.ofSeconds(10))
                .until(() -> tables("hello").stream()
                                .filter(table -> table.counter() == last)
                                .count()
                        > said + 1);
    }

    private void environmentsAreShownToViewersAlone() throws Exception {
        assertThat(service.get("/api/v1/environments", "").statusCode()).isEqualTo(401);
        assertThat(service.get("/api/v1/environments", token("approver-of-nothing"))
                        .statusCode())
                .isEqualTo(403);
        JsonNode shown = MessagingJson.mapper()
                .readTree(service.get("/api/v1/environments", token("viewer")).body());
        assertThat(shown.get(0).get("environment").asString()).isEqualTo("hello/production");
        assertThat(shown.get(0).get("verified").get("version").asString()).isEqualTo("1.1.0");
    }

    @Test
    void a_service_that_is_killed_while_a_version_starts_adopts_it_afterwards() throws Exception {
        roll("slow", "1.0.0", 1, "slow");
        await().atMost(Duration.ofSeconds(30)).until(() -> pid("slow@1.0.0") > 0);
        long pid = pid("slow@1.0.0");

        service.kill();
        assertThat(ProcessHandle.of(pid)).get().matches(ProcessHandle::isAlive);
        service = startService();

        reaches("slow", "1.0.0", Phase.FULL);
        assertThat(pid("slow@1.0.0")).isEqualTo(pid);
        assertThat(processes()).extracting(ProcessHandle::pid).contains(pid);
        assertThat(Files.exists(folders("slow@1.0.0").getFirst().resolve("output.1.log")))
                .as("a second process would have moved the first one's log aside")
                .isFalse();

        confirm("slow", "1.0.0");
        reaches("slow", "1.0.0", Phase.VERIFIED);
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        await("the verified version is started again")
                .atMost(Duration.ofSeconds(60))
                .until(() -> pid("slow@1.0.0") != pid);
    }

    @Test
    void an_artifact_with_another_digest_and_a_program_that_is_not_allowed_never_serve() {
        Artifact good = SampleBuild.jar(home, "9.0.0");
        Artifact other = SampleBuild.jar(home, "9.0.1");
        command(
                "wrong",
                DeploymentTypes.START_ROLLOUT,
                start("wrong", "1.0.0", 1, new Artifact(good.uri(), other.digest()), "good"));
        reaches("wrong", "1.0.0", Phase.RESTORED);

        RolloutStatus end = others.last(question("wrong", "1.0.0"));
        assertThat(end.cause()).isNotNull().satisfies(cause -> {
            assertThat(cause.kind()).isEqualTo("start-failed");
            assertThat(cause.text()).contains("digest");
        });
        assertThat(end.running()).isNull();
        assertThat(tables("wrong")).isEmpty();
    }

    // ---- what others do

    private static void roll(String application, String version, long ordinal, String behaviour) {
        Artifact artifact = SampleBuild.jar(home, version);
        command(application, DeploymentTypes.START_ROLLOUT, start(application, version, ordinal, artifact, behaviour));
    }

    private static StartRollout start(
            String application, String version, long ordinal, Artifact artifact, String behaviour) {
        return new StartRollout(
                question(application, version),
                environment(application),
                ordinal,
                version,
                artifact,
                SampleBuild.target(behaviour),
                Strategy.CANARY,
                List.of(
                        new Step(10, Duration.ofSeconds(1)),
                        new Step(50, Duration.ofSeconds(1)),
                        new Step(100, Duration.ZERO)),
                new Canary(
                        Canary.Assign.REQUEST,
                        0.01,
                        40,
                        Canary.OnInconclusive.HOLD,
                        Duration.ofSeconds(5),
                        Canary.Traffic.LIVE,
                        new Canary.Guardrails(5.0, List.of()),
                        Duration.ofMinutes(10)),
                List.of(new HttpProbe("/health", 200, null, List.of())),
                Duration.ofSeconds(30),
                false);
    }

    private static void confirm(String application, String version) {
        command(
                application,
                DeploymentTypes.CONFIRM_VERIFIED,
                new RolloutCommand(
                        question(application, version), environment(application), "baked", "service:release", false));
    }

    private static void proveWayBack(String release) {
        command(
                "hello",
                DeploymentTypes.PROVE_WAY_BACK,
                new ProveWayBack(new QuestionKey(new ReleaseId(release), "way-back", 1), environment("hello")));
    }

    private static void command(String application, String type, Object body) {
        String key = environment(application).toString();
        others.send(Topics.DEPLOYMENT_COMMANDS, key, type, "release", application, body);
    }

    private static void reaches(String application, String version, Phase phase) {
        await(application + " " + version + " " + phase)
                .atMost(Duration.ofSeconds(90))
                .until(() -> others.phase(question(application, version)) == phase);
    }

    private static QuestionKey question(String application, String version) {
        return new QuestionKey(new ReleaseId(application + "@" + version), "production", 1);
    }

    private static EnvironmentId environment(String application) {
        return EnvironmentId.parse(application + "/production");
    }

    private static List<TrafficTable> tables(String application) {
        return others.tables.stream()
                .filter(table -> table.environment().equals(environment(application)))
                .toList();
    }

    private static List<String> splits(String application) {
        return tables(application).stream()
                .map(table -> table.shares().stream()
                        .map(TrafficTable.Share::percent)
                        .toList()
                        .toString())
                .toList();
    }

    // ---- what is on the machine

    private static ServiceProcess startService() {
        return ServiceProcess.start(home, DATABASE, SampleBuild.allowJava(home), publicKey());
    }

    /** Every sample process of this test. */
    private static List<ProcessHandle> processes() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(process -> process.info()
                            .commandLine()
                            .filter(line -> line.contains(
                                    home.resolve("targets/artifacts").toString()))
                            .isPresent())
                    .toList();
        }
    }

    /** Pids of an application's live processes, as its process records name them. */
    private static List<Long> running(String application) {
        return folders(application + "@").stream()
                .map(DeploymentServiceIT::pidIn)
                .filter(pid -> pid > 0
                        && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent())
                .toList();
    }

    private static long pid(String release) {
        return folders(release).stream()
                .findFirst()
                .map(DeploymentServiceIT::pidIn)
                .orElse(0L);
    }

    private static long pidIn(Path folder) {
        try {
            Path record = folder.resolve("process.json");
            return Files.exists(record)
                    ? MessagingJson.mapper()
                            .readTree(Files.readAllBytes(record))
                            .get("pid")
                            .asLong()
                    : 0;
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    private static List<Path> folders(String prefix) {
        Path all = home.resolve("targets/processes");
        if (!Files.isDirectory(all)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(all)) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith(prefix))
                    .toList();
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static Path publicKey() {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(KEYS.getPublic().getEncoded());
        try {
            return Files.writeString(
                    home.resolve("issuer.pub.pem"),
                    "-----BEGIN PUBLIC KEY-----\n" + body + "\n-----END PUBLIC KEY-----\n");
        } catch (IOException trouble) {
            throw new UncheckedIOException(trouble);
        }
    }

    private static String token(String role) throws Exception {
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.RS256),
                new JWTClaimsSet.Builder()
                        .issuer("slipway-local")
                        .audience("slipway")
                        .subject("vera")
                        .claim("roles", List.of(role))
                        .issueTime(Date.from(Instant.now()))
                        .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                        .build());
        token.sign(new RSASSASigner(KEYS.getPrivate()));
        return token.serialize();
    }
}
