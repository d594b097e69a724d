package dev.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.IncidentStatus.Kind;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.Configuration;
import dev.slipway.contracts.policy.EnvValue;
import dev.slipway.contracts.policy.Target;
import dev.slipway.deployment.target.SampleBuild;
import dev.slipway.deployment.target.TellingProgram;
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
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Real programs that tell what they were given: artifact and configuration go forward together, and back together. */
class ConfigurationIT {
    private static final Duration LONG = Pace.patience(Duration.ofSeconds(60));

    @RegisterExtension
    static final PlatformExtension PLATFORM = PlatformExtension.with(Topics.all(2).stream()
            .map(topic -> new TopicSpec(topic.name(), topic.partitions(), topic.compacted()))
            .toList());

    @TempDir
    static Path home = Path.of("");

    private static final LocalIssuer ISSUER = new LocalIssuer();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static OtherServices others;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Scene scene;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static ServiceProcess service;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Artifact artifact;

    @BeforeAll
    static void start() throws IOException {
        Files.createDirectory(
                home.resolve("secrets"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path program = TellingProgram.write(home);
        artifact = new Artifact(program.toUri(), SampleBuild.digest(program));
        others = new OtherServices(PlatformExtension.kafka(), Set.of());
        scene = new Scene(home, others);
        service = ServiceProcess.start(
                home, PlatformExtension.freshDatabase(), SampleBuild.allowJava(home), ISSUER.publicKey(home));
    }

    @AfterAll
    static void leaveNothingRunning() {
        service.close();
        scene.close();
    }

    private static void secret(String name, String value) throws IOException {
        Path file = home.resolve("secrets").resolve(name);
        Files.writeString(file, value);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static Target greeting(String text, Map<String, EnvValue> more) {
        Map<String, EnvValue> env = new TreeMap<>(more);
        env.put("GREETING", EnvValue.of(text));
        env.put("VERSION", EnvValue.of("{version}"));
        return new Target(
                "process",
                List.of("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "--source", "25", "{artifact}"),
                "PORT",
                "/health",
                false,
                null,
                Map.of(),
                env,
                null,
                null,
                null,
                null,
                null);
    }

    private static RolloutStatus verified(String application, String id, long ordinal, Target target, boolean back) {
        scene.rollConfigured(application, id, ordinal, target, artifact, back);
        scene.reaches(application, id, Phase.FULL);
        scene.confirm(application, id);
        scene.reaches(application, id, Phase.VERIFIED);
        return others.statuses.stream()
                .filter(status -> status.question().equals(Scene.question(application, id)))
                .toList()
                .getLast();
    }

    /** What the program that serves says that it was given. */
    private static List<String> told(String application) throws Exception {
        URI address =
                scene.tables(application).getLast().shares().getFirst().address();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(address.resolve("/told")).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .toList();
        }
    }

    private static IncidentStatus incident(String application, Predicate<IncidentStatus> which) {
        await().atMost(LONG).until(() -> incidents(application).stream().anyMatch(which));
        return incidents(application).stream().filter(which).toList().getLast();
    }

    private static List<IncidentStatus> incidents(String application) {
        return others.incidents.stream()
                .filter(each -> each.environment().application().value().equals(application))
                .toList();
    }

    private static EnvironmentView shown(String application) throws Exception {
        EnvironmentView[] all = MessagingJson.mapper()
                .readValue(
                        service.get("/api/v1/environments", ISSUER.token("viewer"))
                                .body(),
                        EnvironmentView[].class);
        return Arrays.stream(all)
                .filter(each -> each.environment().toString().equals(application + "/production"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_way_back_brings_the_old_configuration_with_the_old_artifact_and_says_that_a_secret_is_the_present_one()
            throws Exception {
        secret("db", "the-first-value");
        Map<String, EnvValue> db = Map.of("DB", EnvValue.secretNamed("db"));
        Target hello = greeting("hello", db);
        Target hi = greeting("hi", db);
        verified("shop", "1.0.0", 1, hello, false);
        assertThat(told("shop")).contains("GREETING=hello", "DB=the-first-value", "VERSION=1.0.0");
        long pid = scene.pid("shop@1.0.0");

        secret("db", "the-second-value");
        IncidentStatus changed = incident("shop", each -> each.over() == null);
        assertThat(changed.kind()).isEqualTo(Kind.CHANGED);
        assertThat(changed.changes()).singleElement().satisfies(change -> {
            assertThat(change.name()).isEqualTo("secret db");
            assertThat(change.before()).matches("fingerprint [0-9a-f]{12}");
            assertThat(change.after()).matches("fingerprint [0-9a-f]{12}").isNotEqualTo(change.before());
        });
        assertThat(changed.contacts()).isNotEmpty();
        assertThat(MessagingJson.mapper().writeValueAsString(changed)).doesNotContain("value");
        assertThat(shown("shop").running().getFirst().changed()).isNotNull();
        assertThat(scene.pid("shop@1.0.0")).as("nothing is started for it").isEqualTo(pid);

        RolloutStatus configured = verified("shop", "1.0.0+config.2", 2, hi, false);
        assertThat(configured.notes())
                .anyMatch(note -> note.startsWith("otherwise than in 1.0.0: secret db: fingerprint "));
        assertThat(told("shop")).contains("GREETING=hi", "DB=the-second-value", "VERSION=1.0.0");
        assertThat(incident("shop", each -> each.over() != null).ending())
                .isEqualTo("1.0.0+config.2 serves instead of it");
        assertThat(shown("shop").kept())
                .extracting(EnvironmentView.Verified::configuration)
                .containsExactly(Configuration.digest(hi), Configuration.digest(hello));

        RolloutStatus back = verified("shop", "1.0.0~rollback-3", 3, hello, true);
        assertThat(told("shop")).contains("GREETING=hello", "DB=the-second-value", "VERSION=1.0.0");
        assertThat(back.notes())
                .anyMatch(note -> note.startsWith(
                        "1.0.0 is back with its configuration, but for secrets that were changed since"));
        assertThat(shown("shop").kept())
                .extracting(EnvironmentView.Verified::version)
                .containsExactly("1.0.0", "1.0.0+config.2");
    }

    @Test
    void a_released_file_that_is_replaced_is_told_once_and_once_more_when_it_is_put_back() throws Exception {
        verified("files", "1.0.0", 1, greeting("hello", Map.of()), false);
        Path released = scene.folders("files@1.0.0").getFirst().resolve("work/Telling.java");
        Path aside = Files.move(released, home.resolve("aside"));
        Files.writeString(released, "class Telling {}");

        IncidentStatus changed = incident("files", each -> each.over() == null);
        assertThat(changed.kind()).isEqualTo(Kind.CHANGED);
        assertThat(changed.why().text()).contains("artifact Telling.java: digest ", "changed in " + released);
        Files.delete(released);
        Files.move(aside, released);

        assertThat(incident("files", each -> each.over() != null).ending())
                .isEqualTo("what it was started with and what is there agree again");
        assertThat(incidents("files")).hasSize(2);
    }
}
