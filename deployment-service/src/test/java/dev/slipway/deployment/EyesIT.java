package dev.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.EnvironmentView.Running;
import dev.slipway.contracts.deployment.Health;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.contracts.deployment.IncidentStatus.Kind;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.policy.Policy.Contact;
import dev.slipway.contracts.traffic.TrafficTable;
import dev.slipway.deployment.target.SampleBuild;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A program that misbehaves on order, on the real broker and store: on its way it goes back, once verified it is told of. */
@Tag("thorough")
class EyesIT {
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

    @BeforeAll
    static void start() {
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

    private static void verified(String application, String version, long ordinal) {
        scene.rollLooked(application, version, ordinal, "good");
        scene.reaches(application, version, Phase.FULL);
        scene.confirm(application, version);
        scene.reaches(application, version, Phase.VERIFIED);
    }

    /** Asks what serves this version to change its mood. */
    private static void become(String application, String version, String mood) throws Exception {
        URI address = scene.tables(application).getLast().shares().stream()
                .filter(share -> share.version().equals(version))
                .map(TrafficTable.Share::address)
                .findFirst()
                .orElseThrow();
        try (HttpClient client = HttpClient.newHttpClient()) {
            client.send(
                    HttpRequest.newBuilder(address.resolve("/become?" + mood)).build(),
                    HttpResponse.BodyHandlers.discarding());
        } catch (IOException ended) {
            assertThat(mood).isEqualTo("looping");
        }
    }

    private static List<IncidentStatus> incidents(String application) {
        return others.incidents.stream()
                .filter(each -> each.environment().application().value().equals(application))
                .toList();
    }

    private static IncidentStatus begun(String application) {
        await(application + " has an incident")
                .atMost(Pace.patience(Duration.ofSeconds(30)))
                .until(() -> !incidents(application).isEmpty());
        return incidents(application).getFirst();
    }

    private static IncidentStatus over(String application) {
        await(application + " is well again")
                .atMost(Pace.patience(Duration.ofSeconds(60)))
                .until(() -> incidents(application).stream().anyMatch(each -> each.over() != null));
        return incidents(application).getLast();
    }

    private static Running shown(String application) {
        try {
            EnvironmentView[] all = MessagingJson.mapper()
                    .readValue(
                            service.get("/api/v1/environments", ISSUER.token("viewer"))
                                    .body(),
                            EnvironmentView[].class);
            return Arrays.stream(all)
                    .filter(each -> each.environment().toString().equals(application + "/production"))
                    .findFirst()
                    .orElseThrow()
                    .running()
                    .getFirst();
        } catch (Exception trouble) {
            throw new IllegalStateException(trouble);
        }
    }

    @Test
    void a_verified_version_that_turns_unready_is_told_once_shown_and_told_again_when_it_is_ready() throws Exception {
        verified("moody", "1.0.0", 1);
        become("moody", "1.0.0", "unready");

        IncidentStatus begun = begun("moody");
        assertThat(begun.kind()).isEqualTo(Kind.UNREADY);
        assertThat(begun.why().text()).isEqualTo("GET /health answered 503, 3 times in a row");
        assertThat(begun.contacts()).containsExactly(new Contact("devops", "Ben", "ben@example.test", "#ops"));
        assertThat(shown("moody").health()).isEqualTo(Health.UNREADY);
        assertThat(Objects.requireNonNull(shown("moody").incident()).number()).isEqualTo(1);

        become("moody", "1.0.0", "ready");
        assertThat(over("moody").ending()).startsWith("it has been well for");
        assertThat(incidents("moody")).hasSize(2);
        assertThat(shown("moody").health()).isEqualTo(Health.UP);
    }

    @Test
    void a_verified_version_that_is_killed_is_started_again_and_people_learn_what_killed_it() {
        verified("killed", "1.0.0", 1);
        long pid = scene.pid("killed@1.0.0");
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);

        IncidentStatus begun = begun("killed");
        assertThat(begun.kind()).isEqualTo(Kind.DIED);
        assertThat(begun.why().signal()).isEqualTo("KILL");
        assertThat(begun.why().text()).startsWith("Its process ended by itself: killed by signal 9 (KILL) after ");
        assertThat(begun.why().lastLines()).contains("sample good");
        assertThat(Path.of(Objects.requireNonNull(begun.why().log()))).exists();

        assertThat(over("killed").restarts()).isEqualTo(1);
        assertThat(scene.pid("killed@1.0.0")).isNotEqualTo(pid);
        assertThat(shown("killed").restarts()).isEqualTo(1);
    }

    @Test
    void a_crash_loop_is_counted_and_measured_told_once_and_shows_its_last_lines_without_the_secret() throws Exception {
        verified("looping", "1.0.0", 1);
        become("looping", "1.0.0", "looping");
        await("it has been started again and again")
                .atMost(Pace.patience(Duration.ofSeconds(60)))
                .until(() -> shown("looping").restarts() >= 4);

        IncidentStatus now = Objects.requireNonNull(shown("looping").incident());
        assertThat(now.kind()).isEqualTo(Kind.CRASH_LOOP);
        assertThat(now.why().exitStatus()).isEqualTo(3);
        assertThat(now.why().lastLines()).contains("cannot go on, password=***");
        assertThat(shown("looping").health()).isEqualTo(Health.RESTARTING);
        assertThat(incidents("looping")).as("one that it began").hasSize(1);
        assertThat(service.get("/actuator/prometheus", ISSUER.token("viewer"))
                        .body()
                        .lines())
                .anyMatch(line ->
                        line.startsWith("slipway_version_ready{application=\"looping\"") && line.endsWith(" 0.0"))
                .anyMatch(line -> line.startsWith("slipway_version_restarts{application=\"looping\"")
                        && Double.parseDouble(line.substring(line.lastIndexOf(' '))) >= 4);

        Files.delete(scene.folders("looping@1.0.0").getFirst().resolve("work/loop"));
        assertThat(over("looping").kind()).isEqualTo(Kind.CRASH_LOOP);
        assertThat(incidents("looping")).hasSize(2);
    }

    @Test
    void one_that_hangs_is_stopped_and_started_anew() throws Exception {
        verified("hung", "1.0.0", 1);
        long pid = scene.pid("hung@1.0.0");
        become("hung", "1.0.0", "hung");

        assertThat(begun("hung").why().text())
                .as("it turned bad between two questions")
                .isIn("GET /live answered 500, 3 times in a row", "GET /health answered 503, 3 times in a row");
        assertThat(over("hung").restarts()).isEqualTo(1);
        assertThat(scene.pid("hung@1.0.0")).isNotEqualTo(pid);
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void a_version_that_turns_unready_in_its_bake_goes_back_without_waiting_for_the_judge() throws Exception {
        verified("baked", "1.0.0", 1);
        others.deafInTheBakeOf("baked@1.1.0");
        scene.rollLooked("baked", "1.1.0", 2, "good");
        await().atMost(Pace.patience(Duration.ofSeconds(60)))
                .until(() -> scene.tables("baked").getLast().shares().stream()
                        .anyMatch(share -> share.version().equals("1.1.0")));
        become("baked", "1.1.0", "unready");
        scene.reaches("baked", "1.1.0", Phase.RESTORED);

        RolloutCause cause = Objects.requireNonNull(
                others.last(Scene.question("baked", "1.1.0")).cause());
        assertThat(cause.kind()).isEqualTo("worse");
        assertThat(cause.text()).contains("The new version is unready. GET /health answered 503, 3 times in a row");
        assertThat(incidents("baked")).as("it was never verified").isEmpty();
    }

    @Test
    void a_version_that_ends_before_it_is_healthy_says_how_and_what_it_wrote_last() {
        scene.rollLooked("ends", "1.0.0", 1, "ends");
        scene.reaches("ends", "1.0.0", Phase.RESTORED);

        RolloutCause cause = Objects.requireNonNull(
                others.last(Scene.question("ends", "1.0.0")).cause());
        assertThat(cause.kind()).isEqualTo("start-failed");
        assertThat(cause.text())
                .startsWith("It ended by itself before it was healthy: exit status 3 after ")
                .contains("Its log: ", "Try: ./slipway logs ends@1.0.0 --environment production");
        assertThat(cause.observed()).isEqualTo("sample ends");
    }
}
