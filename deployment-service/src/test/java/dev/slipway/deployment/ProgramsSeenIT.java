package dev.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.ProgramLogView;
import dev.slipway.contracts.deployment.Resources;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Canary.Guardrails;
import dev.slipway.contracts.policy.Canary.OnInconclusive;
import dev.slipway.contracts.policy.MetricRule;
import dev.slipway.contracts.policy.MetricRule.As;
import dev.slipway.contracts.policy.MetricRule.Sense;
import dev.slipway.deployment.target.SampleBuild;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.platform.Pace;
import dev.slipway.platform.TopicSpec;
import dev.slipway.testkit.PlatformExtension;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What real programs write and use, through the real service; the judge finds every version good. */
@Tag("thorough")
@EnabledOnOs(OS.LINUX)
class ProgramsSeenIT {
    private static final int PARTITIONS = 2;
    private static final long MB = 1 << 20;
    private static final Duration PATIENCE = Pace.patience(Duration.ofSeconds(60));
    /** Longer than a step takes in which metrics are looked at each second. */
    private static final Duration STEP_WITHIN = Pace.patience(Duration.ofSeconds(10));

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
        others = new OtherServices(PlatformExtension.kafka(), Set.of());
        scene = new Scene(home, others);
        service = startService();
    }

    private static ServiceProcess startService() {
        return ServiceProcess.start(home, DATABASE, SampleBuild.allowJava(home), ISSUER.publicKey(home));
    }

    @AfterAll
    static void leaveNothingRunning() {
        service.close();
        scene.close();
    }

    private static void verify(String application) {
        scene.roll(application, "1.0.0", 1, "good");
        scene.reaches(application, "1.0.0", Phase.FULL);
        scene.confirm(application, "1.0.0");
        scene.reaches(application, "1.0.0", Phase.VERIFIED);
    }

    private static void roll(String application, String behaviour, Guardrails guardrails) {
        StartRollout plain = scene.start(application, "1.1.0", 2, SampleBuild.jar(home, "1.1.0"), behaviour);
        Canary canary = Objects.requireNonNull(plain.canary());
        scene.command(
                application,
                DeploymentTypes.START_ROLLOUT,
                new StartRollout(
                        plain.question(),
                        plain.environment(),
                        plain.ordinal(),
                        plain.version(),
                        plain.artifact(),
                        plain.target(),
                        plain.strategy(),
                        plain.steps(),
                        new Canary(
                                canary.assign(),
                                canary.alpha(),
                                canary.answersMin(),
                                canary.onInconclusive(),
                                canary.warmUp(),
                                canary.traffic(),
                                guardrails,
                                canary.stepWithin()),
                        plain.warmUpRequests(),
                        plain.startWithin(),
                        false,
                        plain.bake()));
    }

    private static RolloutCause cause(String application) {
        return Objects.requireNonNull(
                others.last(Scene.question(application, "1.1.0")).cause());
    }

    @Test
    void a_version_that_takes_more_memory_than_its_guardrail_allows_goes_back_with_the_numbers() {
        verify("eater");
        roll("eater", "eats", new Guardrails(null, List.of(), 180 * MB, null, null));

        scene.reaches("eater", "1.1.0", Phase.RESTORED);
        RolloutCause cause = cause("eater");
        assertThat(cause.kind()).isEqualTo("worse");
        assertThat(cause.text()).contains("guardrail memory, its memory was at least 2", "MB in 5 looks in a row");
        assertThat(cause.observed()).matches("2\\d\\d MB");
        assertThat(cause.limit()).isEqualTo("< 180 MB");
        assertThat(others.last(Scene.question("eater", "1.1.0")).runningVersion())
                .isEqualTo("1.0.0");
    }

    @Test
    void a_version_that_leaks_goes_back_although_the_judge_finds_it_good() {
        verify("leaker");
        roll("leaker", "leaks", new Guardrails(null, List.of(), null, 50.0, null));

        scene.reaches("leaker", "1.1.0", Phase.RESTORED);
        assertThat(cause("leaker").text())
                .contains("guardrail memoryGrowth, its memory grew by at least", "the version beside it by at most");
        assertThat(cause("leaker").limit()).isEqualTo("< 50 %");
    }

    @Test
    void a_version_within_its_guardrails_goes_through() {
        verify("modest");
        roll("modest", "good", new Guardrails(null, List.of(), 400 * MB, 200.0, 0));

        scene.reaches("modest", "1.1.0", Phase.FULL);
        scene.confirm("modest", "1.1.0");
        scene.reaches("modest", "1.1.0", Phase.VERIFIED);
    }

    private static void tell(
            String application,
            String version,
            int ordinal,
            String behaviour,
            OnInconclusive decides,
            MetricRule rule) {
        StartRollout plain = scene.start(application, version, ordinal, SampleBuild.jar(home, version), behaviour);
        Canary canary = Objects.requireNonNull(plain.canary());
        scene.command(
                application,
                DeploymentTypes.START_ROLLOUT,
                new StartRollout(
                        plain.question(),
                        plain.environment(),
                        plain.ordinal(),
                        plain.version(),
                        plain.artifact(),
                        SampleBuild.telling(behaviour),
                        plain.strategy(),
                        plain.steps(),
                        new Canary(
                                canary.assign(),
                                canary.alpha(),
                                canary.answersMin(),
                                decides,
                                canary.warmUp(),
                                canary.traffic(),
                                new Guardrails(null, List.of(), null, null, null, List.of(rule)),
                                STEP_WITHIN),
                        plain.warmUpRequests(),
                        plain.startWithin(),
                        false,
                        plain.bake()));
    }

    private static MetricRule depth() {
        return new MetricRule(
                "queue_depth", Map.of("queue", "mail"), As.VALUE, null, Map.of(), Sense.BELOW, 100, false, false);
    }

    private static MetricRule misses() {
        return new MetricRule(
                "misses_total", Map.of(), As.RATIO, "requests_total", Map.of(), Sense.BELOW, 1.2, true, false);
    }

    @Test
    void a_version_whose_own_metric_is_beyond_its_limit_goes_back_and_the_verdict_names_it() {
        verify("queueing");
        tell("queueing", "1.1.0", 2, "queues", OnInconclusive.HOLD, depth());

        scene.reaches("queueing", "1.1.0", Phase.RESTORED);
        assertThat(cause("queueing"))
                .isEqualTo(new RolloutCause(
                        "worse",
                        "The new version is worse: guardrail metrics, queue_depth{queue=\"mail\"} was at least 300 in 5"
                                + " looks in a row",
                        "300",
                        "< 100"));
    }

    @Test
    void a_canary_is_judged_by_its_own_metrics_beside_those_of_the_version_before() {
        for (String application : List.of("missing", "caching")) {
            tell(application, "1.0.0", 1, "good", OnInconclusive.HOLD, misses());
            scene.reaches(application, "1.0.0", Phase.FULL);
            scene.confirm(application, "1.0.0");
            scene.reaches(application, "1.0.0", Phase.VERIFIED);
        }

        tell("missing", "1.1.0", 2, "misses", OnInconclusive.HOLD, misses());
        scene.reaches("missing", "1.1.0", Phase.RESTORED);
        assertThat(cause("missing").kind()).isEqualTo("worse");
        assertThat(cause("missing").text())
                .contains("guardrail metrics, misses_total of requests_total was ", "on the version beside it");
        assertThat(cause("missing").limit()).isEqualTo("< 1.2 times");

        tell("caching", "1.1.0", 2, "good", OnInconclusive.HOLD, misses());
        scene.reaches("caching", "1.1.0", Phase.FULL);
        assertThat(others.last(Scene.question("caching", "1.1.0")).metrics())
                .satisfies(metrics ->
                        assertThat(Objects.requireNonNull(metrics).getPath()).isEqualTo("/metrics"));
    }

    @Test
    void a_version_that_tells_nothing_passes_no_step_and_the_policy_decides_at_the_deadline() {
        verify("mute");
        tell("mute", "1.1.0", 2, "mute", OnInconclusive.ROLL_BACK, depth());

        scene.reaches("mute", "1.1.0", Phase.RESTORED);
        assertThat(cause("mute").kind()).isEqualTo("inconclusive");
        assertThat(cause("mute").observed())
                .isEqualTo("queue_depth{queue=\"mail\"}: GET /metrics answered 404, expected 200");
    }

    @Test
    void what_each_program_uses_is_shown_to_viewers_and_the_sum_is_complete() throws Exception {
        verify("shown");
        String viewer = ISSUER.token("viewer");

        await().atMost(PATIENCE).until(() -> shown(viewer).resources() != null);
        EnvironmentView view = shown(viewer);
        Resources program = Objects.requireNonNull(view.running().getFirst().resources());
        assertThat(program.memoryBytes()).isBetween(20 * MB, 300 * MB);
        assertThat(program.threads()).isGreaterThan(5);
        assertThat(program.openFiles()).isGreaterThan(3);
        assertThat(program.processes()).isEqualTo(1);
        assertThat(view.resources()).isEqualTo(program);
    }

    private static EnvironmentView shown(String viewer) throws Exception {
        String body = service.get("/api/v1/environments", viewer).body();
        return Arrays.stream(MessagingJson.mapper().readValue(body, EnvironmentView[].class))
                .filter(each -> each.environment().equals(Scene.environment("shown")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void what_a_program_wrote_is_shown_to_operators_alone_and_outlives_the_service() throws Exception {
        verify("talker");
        String path = "/api/v1/environments/talker/production/logs?version=1.0.0";
        String operator = ISSUER.token("operator");

        assertThat(service.get(path, ISSUER.token("viewer")).statusCode()).isEqualTo(403);
        assertThat(service.get(path, "").statusCode()).isEqualTo(401);
        ProgramLogView log = read(path, operator);
        assertThat(log.lines()).contains("sample good");
        assertThat(log.running()).isTrue();
        assertThat(read(path + "&from=" + log.next(), operator).lines()).isEmpty();

        service.kill();
        service = startService();
        assertThat(read(path, operator)).isEqualTo(log);

        assertThat(service.get(path.replace("1.0.0", "9.9.9"), operator).statusCode())
                .isEqualTo(404);
        assertThat(service.get(path.replace("talker/production", "..%2F..%2Fetc/production"), operator)
                        .statusCode())
                .isBetween(400, 404);
        assertThat(service.get(path + "&lines=0", operator).statusCode()).isEqualTo(400);
    }

    private static ProgramLogView read(String path, String token) throws Exception {
        return MessagingJson.mapper().readValue(service.get(path, token).body(), ProgramLogView.class);
    }
}
