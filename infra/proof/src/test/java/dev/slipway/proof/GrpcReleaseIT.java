package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.platform.Pace;
import dev.slipway.proof.SlipwayScript.Run;
import dev.slipway.testkit.Http2OnlyServer;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;

/**
 * A program that speaks gRPC and nothing else, through whole releases on a Slipway of its own: asked for its health by gRPC's
 * own protocol, called by a real client through the front, judged by how its calls end. A version whose calls fail, each
 * with status 200 of HTTP, is taken back, in production and in staging.
 */
@Tag("thorough")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GrpcReleaseIT {
    private static final Duration COMMAND_MAX = Pace.patience(Duration.ofMinutes(2));
    private static final Duration SOON = Pace.patience(Duration.ofMinutes(1));
    private static final String FAILED = "INTERNAL told to fail";
    private static final String TARGET = """
            {type: process, http2: true, health: "grpc://", portEnv: PORT, startWithin: 2m,
             command: [java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", -jar, "{artifact}"],
             env: {VERSION: "{version}", WHERE: "{environment}", FAILS: "1.1.0/production"}}""";

    private final Path folder = Path.of("target", "grpc-release-it").toAbsolutePath();
    private final Path home = folder.resolve("home");
    private final SlipwayScript slipway = new SlipwayScript(home);
    private final HttpClient http = HttpClient.newHttpClient();
    private Map<String, String> access = Map.of();

    @BeforeAll
    void the_first_version_is_proposed() throws Exception {
        ok("down", "--wipe", "--yes");
        FileSystemUtils.deleteRecursively(folder.resolve("repository"));
        Files.createDirectories(folder.resolve("repository"));
        ok("up", "--port", "0", "--json");
        ok("allow", "--folder", folder.toString()); // the services know it when this returns
        access = HomeEnvironment.of(home);
        application().policy(policy(application().repository()));
    }

    private static String policy(String repository) {
        return """
                apiVersion: slipway.dev/v1
                kind: ReleasePolicy
                application: greeter
                source: {repository: "%s", from: production, to: main}
                contacts: [{role: devops, name: Ben, email: greeter@example.test}]
                approvals: {required: 0}
                gates:
                  - {id: smoke, guide: "Perform smoke tests", stage: staging, http: [{get: "grpc://", status: 200}], within: 10s}
                environments:
                  staging: {target: %2$s}
                  production:
                    target: %2$s
                    steps: [{traffic: 50, hold: 5s}, {traffic: 100}]
                    canary: {answersMin: 10, warmUp: 1s, latencyDifference: 2s, guardrails: {p95: "< 30s"}}
                    bake: 2s
                """.formatted(repository, TARGET.replace("\n", ""));
    }

    private void ok(String... arguments) throws IOException, InterruptedException {
        Run run = slipway.run(COMMAND_MAX, arguments);
        assertThat(run.exitCode()).as(run.text()).isZero();
    }

    private ByEvent application() {
        return new ByEvent(access, http, folder.resolve("repository"), "greeter");
    }

    private OneRelease release(String version) throws IOException, InterruptedException {
        application().publish(version, Map.of("server", program(version)));
        return new OneRelease(home, "greeter@" + version);
    }

    /** Each version is a jar of its own that takes its classes from this test's class path. */
    private Path program(String version) throws IOException {
        Manifest manifest = new Manifest();
        Attributes says = manifest.getMainAttributes();
        says.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        says.put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        says.put(Attributes.Name.MAIN_CLASS, Http2OnlyServer.class.getName());
        says.put(
                Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path", "").split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).toUri().toString())
                        .collect(Collectors.joining(" ")));
        Path jar = folder.resolve("greeter-%s.jar".formatted(version));
        try (OutputStream file = Files.newOutputStream(jar)) {
            new JarOutputStream(file, manifest).close();
        }
        return jar;
    }

    private GrpcCallers callers(String host) {
        return new GrpcCallers(
                URI.create(String.valueOf(access.get("SLIPWAY_FRONT_URL"))).getPort(), host);
    }

    @Test
    @Order(1)
    void a_server_of_grpc_is_released_and_answers_calls_through_the_front() throws Exception {
        try (GrpcCallers callers = callers("greeter.localhost")) {
            OneRelease release = release("1.0.0");

            assertThat(release.awaitEnd()).as(release.seen().toPrettyString()).isEqualTo("COMPLETED");
            await().atMost(SOON).untilAsserted(() -> assertThat(callers.now()).isEqualTo("1.0.0"));
            assertThat(callers.ends()).containsKey("1.0.0").doesNotContainKey(FAILED);
        }
    }

    @Test
    @Order(2)
    void a_version_whose_calls_end_with_a_failure_after_status_200_is_rolled_back() throws Exception {
        try (GrpcCallers callers = callers("greeter.localhost");
                GrpcCallers testers = callers("staging.greeter.localhost")) {
            OneRelease release = release("1.1.0");

            assertThat(release.awaitEnd()).as(release.seen().toPrettyString()).isEqualTo("ROLLED_BACK");
            assertThat(callers.ends()).containsKeys("1.0.0", FAILED);
            assertThat(testers.ends())
                    .as("staging ran it, where its calls are answered")
                    .containsKeys("1.0.0", "1.1.0")
                    .doesNotContainKey(FAILED);
            JsonNode judged = release.seen().path("rollout").path("judgement");
            assertThat(judged.path("canary").path("errors").asLong())
                    .as(judged.toPrettyString())
                    .isPositive();
            assertThat(judged.path("baseline").path("errors").asLong())
                    .as(judged.toPrettyString())
                    .isZero();
            assertThat(judged.path("canary").path("kinds").propertyNames())
                    .as("of HTTP each was well")
                    .containsOnly("200");
            assertThat(release.seen().path("cause").path("text").asString()).contains("worse");
            await("all calls are answered by the version before")
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(callers.now()).isEqualTo("1.0.0"));
        }
    }

    @Test
    @Order(3)
    void staging_goes_back_to_what_production_runs_and_the_release_that_failed_there_says_so() {
        new OneRelease(home, "greeter@1.1.0").awaitNext("; staging went back to 1.0.0 of greeter@1.0.0");

        try (GrpcCallers testers = callers("staging.greeter.localhost")) {
            await("staging runs what production runs")
                    .atMost(SOON)
                    .untilAsserted(() -> assertThat(testers.now()).isEqualTo("1.0.0"));
        }
    }

    @AfterAll
    void nothing_is_left_running() throws Exception {
        http.close();
        Run down = slipway.run(COMMAND_MAX, "down", "--yes");
        assertThat(down.exitCode()).as(down.text()).isZero();
    }
}
