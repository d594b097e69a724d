package dev.slipway.release.saga;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.StartRollout;
import dev.slipway.contracts.policy.EnvValue;
import dev.slipway.contracts.policy.Filling;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Gate.JsonExpectation;
import dev.slipway.contracts.policy.HealthChecks;
import dev.slipway.contracts.policy.MetricsAddress;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.messaging.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What is requested of a running version names the release; what its program is told stays for whoever starts it. */
final class PlacedTest {
    private static final Map<String, String> FACTS =
            Map.of("version", "1.0.0+b", "sha", "1".repeat(40), "release", "hello@1.0.0+b", "environment", "staging");
    private static final HttpProbe VERSION = new HttpProbe(
            "/version?of={release}",
            200,
            null,
            List.of(new JsonExpectation("$.version", "\"{version}\"")),
            "{version} in {environment}");
    private static final Gate SMOKE = new Gate(
            "smoke", "", Stage.STAGING, null, null, List.of(), null, null, List.of(VERSION), Duration.ofMinutes(30));

    private static final Gate MERGE =
            new Gate("merge", "", Stage.MERGE, null, null, List.of(), null, "merge", List.of(), Duration.ofMinutes(30));

    private static Journey journey() {
        return new Journey(Journey.policy(2, List.of(MERGE, SMOKE), null));
    }

    /** The same, as a deployment-service says it that knows what the process was given. */
    private static ReleaseInput telling(ReleaseInput rollout, Map<String, String> placeholders) {
        ReleaseInput.RolloutChanged changed = (ReleaseInput.RolloutChanged) rollout;
        ObjectNode status = WireJson.mapper().valueToTree(changed.status());
        status.set("placeholders", WireJson.mapper().valueToTree(placeholders));
        return new ReleaseInput.RolloutChanged(
                changed.source(), changed.version(), WireJson.mapper().treeToValue(status, RolloutStatus.class));
    }

    private static <T> T last(Journey journey, Class<T> body) {
        return journey.messages()
                .map(Message::body)
                .filter(body::isInstance)
                .map(body::cast)
                .reduce((_, latest) -> latest)
                .orElseThrow();
    }

    @Test
    void a_smoke_request_asks_the_released_version_in_staging_and_before_production() {
        HttpProbe asked = last(journey().verifyingStaging(), Assess.class)
                .gates()
                .getFirst()
                .http()
                .getFirst();

        assertThat(asked)
                .isEqualTo(new HttpProbe(
                        "/version?of=hello%401.0.0",
                        200, null, List.of(new JsonExpectation("$.version", "\"1.0.0\"")), "1.0.0 in staging"));
        StartRollout start = last(journey().rollingOut(), StartRollout.class);
        assertThat(start.warmUpRequests().getFirst().contains()).isEqualTo("1.0.0 in production");
    }

    @Test
    void a_smoke_request_asks_with_what_the_machine_tells_of_the_process_that_it_started() {
        HttpProbe request = new HttpProbe(
                "/at/{port.admin}?in={folder}",
                200,
                null,
                List.of(new JsonExpectation("$.artifact", "\"{artifact}\"")),
                "{version} of {artifacts.lib} {{port}}");
        Gate smoke = new Gate(
                "smoke",
                "",
                Stage.STAGING,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(request),
                Duration.ofMinutes(30));
        Journey staging = new Journey(Journey.policy(2, List.of(MERGE, smoke), null)).staging();

        assertThat(last(staging, StartRollout.class).placeholders())
                .containsExactly("artifact", "artifacts.lib", "folder", "port.admin");
        Map<String, String> told = Map.of(
                "port.admin", "9001", "folder", "/srv/a b", "artifact", "/srv/\"hello\"", "artifacts.lib", "/srv/lib");
        HttpProbe asked = last(staging.take(telling(staging.rollout("staging", Phase.FULL), told)), Assess.class)
                .gates()
                .getFirst()
                .http()
                .getFirst();
        assertThat(asked)
                .isEqualTo(new HttpProbe(
                        "/at/9001?in=%2Fsrv%2Fa%20b",
                        200,
                        null,
                        List.of(new JsonExpectation("$.artifact", "\"/srv/\\\"hello\\\"\"")),
                        "1.0.0 of /srv/lib {port}"));
        StartRollout start =
                last(new Journey(Journey.policy(2, List.of(MERGE, smoke), null)).rollingOut(), StartRollout.class);
        assertThat(start.warmUpRequests().getFirst().get())
                .as("production's machine puts in its own")
                .isEqualTo("/at/{port.admin}?in={folder}");
        assertThat(start.warmUpRequests().getFirst().contains()).isEqualTo("1.0.0 of {artifacts.lib} {{port}}");
        assertThat(start.placeholders()).as("no gate asks production").isEmpty();
    }

    @Test
    void requests_speak_what_the_target_of_their_environment_speaks() {
        assertThat(last(journey().verifyingStaging(), Assess.class).http2()).isFalse();
        ObjectNode policy = WireJson.mapper().valueToTree(Journey.policy(2, List.of(MERGE, SMOKE), null));
        ((ObjectNode) policy.at("/environments/staging/target"))
                .put("http2", true)
                .put("health", "grpc://");
        Journey inHttp2 = new Journey(WireJson.mapper().treeToValue(policy, Policy.class));

        assertThat(last(inHttp2.verifyingStaging(), Assess.class).http2()).isTrue();
    }

    @Test
    void health_and_metrics_name_the_release_and_the_program_s_own_texts_stay() {
        HealthChecks checks = new HealthChecks(
                "/ready?v={version}&p={port}",
                "/live/{environment}",
                "/up",
                null,
                HealthChecks.EVERY,
                HealthChecks.WITHIN,
                1,
                2);
        Target target = new Target(
                "process",
                List.of("java", "{artifact}", "{version}"),
                "PORT",
                "/ready?v={version}&p={port}",
                false,
                null,
                Map.of(),
                Map.of("V", EnvValue.of("{version}")),
                checks,
                null,
                null,
                null,
                new MetricsAddress("/metrics/{sha}/{{port}}", null));

        Target placed = Placed.target(target, Filling.first(FACTS));

        assertThat(placed.health()).isEqualTo("/ready?v=1.0.0%2Bb&p={port}");
        assertThat(placed.checks().ready())
                .as("the machine that starts it knows the rest")
                .isEqualTo("/ready?v=1.0.0%2Bb&p={port}");
        assertThat(placed.checks().live()).isEqualTo("/live/staging");
        assertThat(placed.checks().down()).isEqualTo(2);
        assertThat(placed.metrics()).isEqualTo(new MetricsAddress("/metrics/" + "1".repeat(40) + "/{{port}}", null));
        assertThat(placed.command()).isEqualTo(target.command());
        assertThat(placed.env()).isEqualTo(target.env());
    }
}
