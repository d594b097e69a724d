package dev.slipway.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.policy.Front;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.policy.Strategy;
import dev.slipway.contracts.policy.Target;
import dev.slipway.deployment.environment.Environment;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.Instance;
import dev.slipway.deployment.environment.Plan;
import dev.slipway.deployment.environment.Rhythm;
import dev.slipway.deployment.environment.Rollout;
import dev.slipway.deployment.watch.WatchRhythm;
import dev.slipway.messaging.Core;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RolloutMetricsTest {
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final QuestionKey QUESTION = new QuestionKey(new ReleaseId("hello@1.0.0"), "staging", 1);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final RolloutMetrics metrics = new RolloutMetrics(meters);

    @Test
    void how_long_a_step_took_is_recorded_once_even_where_the_decision_is_taken_again() {
        Core<Environment, EnvironmentInput> core = metrics.measuring(new Rollout(rhythm(), patience()));
        Environment starting = core.decide(
                        core.initial("hello/staging"), new EnvironmentInput.StartAsked(plan()), START)
                .state();
        EnvironmentInput started = new EnvironmentInput.Started(
                QUESTION.toString(), new Instance(URI.create("http://127.0.0.1:9001"), "pid 1"));
        core.decide(starting, started, START.plusSeconds(3));
        core.decide(starting, started, START.plusSeconds(3)); // after a conflict

        var timer = meters.get("slipway.rollout.step.duration")
                .tags("environment", "staging", "stage", "starting")
                .timer();
        assertThat(timer.count()).isEqualTo(1);
        assertThat(timer.totalTime(TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void the_last_look_is_shown() {
        metrics.rolloutsActive(2);
        metrics.processes(5);

        assertThat(meters.get("slipway.rollouts.active").gauge().value()).isEqualTo(2);
        assertThat(meters.get("slipway.target.processes").gauge().value()).isEqualTo(5);
    }

    private static Plan plan() {
        return new Plan(
                QUESTION,
                1,
                "1.0.0",
                new Artifact(URI.create("file:/builds/hello.jar"), Digest.of("hello")),
                new Target("process", List.of("java", "-jar", "{artifact}"), "PORT", "/health"),
                Strategy.ALL_AT_ONCE,
                List.of(new Step(100, Duration.ZERO)),
                null,
                List.of(),
                Duration.ofSeconds(30),
                false,
                Duration.ZERO,
                0,
                Front.DEFAULT,
                null,
                null,
                List.of());
    }

    private static WatchRhythm patience() {
        Duration minute = Duration.ofMinutes(1);
        return new WatchRhythm(Duration.ofSeconds(1), minute, 3, Duration.ofSeconds(30), minute, minute);
    }

    private static Rhythm rhythm() {
        return new Binder(new MapConfigurationPropertySource(Map.ofEntries(
                        Map.entry("rollouts.repeat-every", "2s"),
                        Map.entry("rollouts.remind-every", "30s"),
                        Map.entry("rollouts.drain", "5s"),
                        Map.entry("rollouts.ask-within", "10s"),
                        Map.entry("rollouts.start-slack", "60s"),
                        Map.entry("rollouts.restore-within", "60s"),
                        Map.entry("rollouts.restore-again-after", "10s"),
                        Map.entry("rollouts.restore-again-max", "5m"),
                        Map.entry("rollouts.restore-attempts-max", "5"),
                        Map.entry("rollouts.prove-within", "2m"),
                        Map.entry("rollouts.clock-jump", "1m"),
                        Map.entry("rollouts.answers-kept", "50"),
                        Map.entry("rollouts.snapshots-kept", "10"),
                        Map.entry("rollouts.probes-per-second", "20"))))
                .bind("rollouts", Rhythm.class)
                .get();
    }
}
