package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Walk.canary;
import static dev.slipway.deployment.environment.Walk.established;
import static dev.slipway.deployment.environment.Walk.plan;
import static dev.slipway.deployment.environment.Walk.production;
import static dev.slipway.deployment.environment.Walk.unjudged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Gate.HttpProbe;
import dev.slipway.contracts.policy.Gate.JsonExpectation;
import dev.slipway.contracts.policy.MetricsAddress;
import dev.slipway.contracts.policy.Target;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.MessagingJson;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What only the machine knows of a process is put into what is asked of it, and told to whoever asked for that. */
final class PlaceholdersToldTest {
    private static final Map<String, String> OF_MACHINE = Map.of(
            "port",
            "9001",
            "port.admin",
            "9002",
            "folder",
            "/srv/a b",
            "artifact",
            "/srv/a b/hello",
            "artifacts.lib",
            "/l");
    private static final URI METRICS = URI.create("http://127.0.0.1:9001/metrics");
    private static final HttpProbe OF_ONE = new HttpProbe(
            "/at/{port.admin}?in={folder}",
            200,
            null,
            List.of(new JsonExpectation("$.artifact", "\"{artifact}\"")),
            "{artifacts.lib} {{port}}");
    private static final HttpProbe OF_ANY = new HttpProbe("/greet", 200, null, List.of());

    private static Plan asking(Plan plan, String health, List<HttpProbe> requests, List<String> placeholders) {
        return new Plan(
                plan.question(),
                plan.ordinal(),
                plan.version(),
                plan.artifact(),
                new Target(
                        "process",
                        List.of("java"),
                        "PORT",
                        health,
                        false,
                        null,
                        Map.of(),
                        Map.of(),
                        null,
                        null,
                        null,
                        null,
                        new MetricsAddress("/metrics", null)),
                plan.strategy(),
                plan.steps(),
                plan.canary(),
                requests,
                plan.startWithin(),
                false,
                plan.bake(),
                0,
                plan.front(),
                null,
                null,
                List.of(),
                null,
                placeholders,
                null,
                null,
                false);
    }

    private static Walk started(Walk walk) {
        Instance there = new Instance(URI.create("http://127.0.0.1:9001"), "pid 1", Map.of(), METRICS, OF_MACHINE);
        return walk.when(new EnvironmentInput.Started(walk.active().key(), there));
    }

    private static Work.WarmUp warmUp(Walk walk) {
        return walk.last.effects().stream()
                .filter(Effect.StartTask.class::isInstance)
                .map(effect -> ((Effect.StartTask) effect).body())
                .filter(Work.WarmUp.class::isInstance)
                .map(Work.WarmUp.class::cast)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_version_is_warmed_up_with_what_its_own_machine_knows() {
        Walk walk = started(established().start(asking(plan("1.1.0", 2), "/h/{port}", List.of(OF_ONE), List.of())));

        Work.WarmUp work = warmUp(walk);

        assertThat(work.health()).isEqualTo("/h/9001");
        assertThat(work.requests())
                .containsExactly(new HttpProbe(
                        "/at/9002?in=%2Fsrv%2Fa%20b",
                        200, null, List.of(new JsonExpectation("$.artifact", "\"/srv/a b/hello\"")), "/l {port}"));
    }

    @Test
    void whoever_asks_for_placeholders_is_told_those_while_the_version_runs_and_nobody_else_any() {
        List<String> wanted = List.of("folder", "port.admin", "port.unknown");
        Walk walk = production().start(asking(unjudged("1.0.0", 1), "/h", List.of(), wanted));
        assertThat(told(walk.status())).isEmpty();

        started(walk);
        assertThat(told(walk.status())).isEqualTo(Map.of("folder", "/srv/a b", "port.admin", "9002"));
        walk.confirm();

        RolloutStatus verified = walk.status();
        assertThat(verified.phase()).isEqualTo(Phase.VERIFIED);
        assertThat(told(verified)).isEqualTo(Map.of("folder", "/srv/a b", "port.admin", "9002"));
        assertThat(verified.metrics()).as("gates before production ask it too").isEqualTo(METRICS);
        assertThat(told(started(production().start(asking(unjudged("1.0.0", 1), "/h", List.of(), List.of())))
                        .status()))
                .isEmpty();
    }

    private static Map<String, String> told(@Nullable RolloutStatus status) {
        return status == null ? Map.of() : status.placeholders();
    }

    @Test
    void gateways_send_no_request_that_is_otherwise_in_each_process() {
        Canary probed = canary(Canary.OnInconclusive.HOLD, Canary.Traffic.PROBE);

        assertThat(asking(plan("1.1.0", 2, probed), "/h", List.of(OF_ONE, OF_ANY), List.of())
                        .probes())
                .containsExactly("/greet");
        assertThat(asking(plan("1.1.0", 2, probed), "/h", List.of(OF_ONE), List.of())
                        .probes())
                .containsExactly("/h");
        Plan none = asking(plan("1.1.0", 2, probed), "/h/{port}", List.of(OF_ONE), List.of());
        assertThat(none.probed()).as("nothing is left to send").isFalse();
    }

    @Test
    void what_was_stored_before_there_were_any_is_read_and_written_as_it_was() {
        Plan plan = asking(plan("1.1.0", 2), "/h", List.of(), List.of());
        Instance instance = Walk.instance("1.1.0");

        assertThat(MessagingJson.mapper().writeValueAsString(plan)).doesNotContain("placeholders");
        assertThat(MessagingJson.mapper().writeValueAsString(instance)).doesNotContain("placeholders");
        assertThat(MessagingJson.mapper()
                        .readValue(MessagingJson.mapper().writeValueAsString(instance), Instance.class))
                .isEqualTo(instance);
        assertThat(MessagingJson.mapper().readValue(MessagingJson.mapper().writeValueAsString(plan), Plan.class))
                .isEqualTo(plan);
    }
}
