package dev.slipway.deployment;

import dev.slipway.deployment.environment.Active;
import dev.slipway.deployment.environment.Environment;
import dev.slipway.deployment.environment.EnvironmentInput;
import dev.slipway.deployment.environment.Stage;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What can be measured of rollouts: {@code slipway.rollouts.active}, {@code slipway.target.processes} (as of the last
 * look of this instance, at all environments), and {@code slipway.rollout.step.duration} by stage and environment.
 */
final class RolloutMetrics {
    private final MeterRegistry meters;
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger processes = new AtomicInteger();

    RolloutMetrics(MeterRegistry meters) {
        this.meters = meters;
        meters.gauge("slipway.rollouts.active", active);
        meters.gauge("slipway.target.processes", processes);
    }

    void rolloutsActive(int now) {
        active.set(now);
    }

    void processes(int now) {
        processes.set(now);
    }

    /** The same decisions, beside which it is recorded how long each step took. */
    Core<Environment, EnvironmentInput> measuring(Core<Environment, EnvironmentInput> core) {
        return new Measured(core);
    }

    private void took(Environment environment, Active before, Instant now) {
        Instant since = before.since();
        if (since != null) {
            Timer.builder("slipway.rollout.step.duration")
                    .description("How long rollouts stay at a step")
                    .tag("environment", environment.id().environment())
                    .tag("stage", name(before.stage()))
                    .register(meters)
                    .record(Duration.between(since, now));
        }
    }

    private static String name(Stage stage) {
        return switch (stage) {
            case Stage.Starting _ -> "starting";
            case Stage.WarmingUp _ -> "warming-up";
            case Stage.Stepping _ -> "stepping";
            case Stage.Baking _ -> "baking";
            case Stage.Full _ -> "full";
            case Stage.Restoring _ -> "restoring";
        };
    }

    private final class Measured implements Core<Environment, EnvironmentInput> {
        private final Core<Environment, EnvironmentInput> core;

        /** A decision is taken again after a conflict, but its step is over once. */
        private final Map<String, Instant> over = new ConcurrentHashMap<>();

        Measured(Core<Environment, EnvironmentInput> core) {
            this.core = core;
        }

        @Override
        public Environment initial(String id) {
            return core.initial(id);
        }

        @Override
        public Decision<Environment> decide(Environment environment, EnvironmentInput input, Instant now) {
            Decision<Environment> decision = core.decide(environment, input, now);
            Active before = environment.active();
            Active after = decision.state().active();
            if (before != null
                    && before.since() != null
                    && (after == null || !Objects.equals(before.since(), after.since()))
                    && !before.since().equals(over.put(environment.id().toString(), before.since()))) {
                took(environment, before, now);
            }
            return decision;
        }

        @Override
        public boolean finished(Environment environment) {
            return core.finished(environment);
        }

        @Override
        public Set<String> unjournaled() {
            return core.unjournaled();
        }
    }
}
