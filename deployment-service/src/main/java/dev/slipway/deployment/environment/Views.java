package dev.slipway.deployment.environment;

import dev.slipway.contracts.deployment.EnvironmentView;
import dev.slipway.contracts.deployment.EnvironmentView.Running;
import dev.slipway.contracts.deployment.Health;
import dev.slipway.contracts.deployment.IncidentStatus;
import dev.slipway.deployment.watch.WatchOrder;
import dev.slipway.deployment.watch.Watched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An environment as people see it. */
public final class Views {
    private Views() {}

    public static EnvironmentView of(Environment environment, Instant updatedAt) {
        List<EnvironmentView.Verified> kept =
                environment.snapshots().stream().map(Views::of).toList();
        return new EnvironmentView(
                environment.id(),
                kept.isEmpty() ? null : kept.getFirst(),
                environment.active() == null ? null : Statuses.of(environment, environment.active()),
                environment.waiting() == null
                        ? null
                        : environment.waiting().plan().question().toString(),
                environment.traffic().shares(),
                updatedAt,
                kept,
                running(environment, updatedAt),
                null);
    }

    /** The verified version, and the one on its way. */
    private static List<Running> running(Environment environment, Instant updatedAt) {
        List<Running> running = new ArrayList<>();
        Snapshot verified = environment.verified();
        if (verified != null) {
            running.add(of(environment, verified));
        }
        Active active = environment.active();
        if (active != null) {
            Health health = switch (active.stage()) {
                case Stage.Starting _ -> Health.STARTING;
                case Stage.WarmingUp _, Stage.Stepping _, Stage.Baking _, Stage.Full _ -> Health.UP;
                case Stage.Restoring _ -> Health.DOWN;
            };
            Instant since = Objects.requireNonNullElse(active.since(), updatedAt);
            Plan plan = active.plan();
            running.add(new Running(
                    plan.key(), plan.version(), health, 0, since, null, null, null, plan.configuration(), null));
        }
        return running;
    }

    private static Running of(Environment environment, Snapshot verified) {
        Watched known = environment.watched();
        Watched watched = known == null || !known.key().equals(verified.key())
                ? Watched.well(verified.key(), verified.verifiedAt(), 0)
                : known;
        return new Running(
                verified.key(),
                verified.version(),
                watched.health(),
                watched.restarts(),
                watched.since(),
                watched.nextStartAt(),
                incident(environment, verified, watched.incident(), watched),
                null,
                verified.configuration(),
                incident(environment, verified, watched.changed(), watched));
    }

    private static @Nullable IncidentStatus incident(
            Environment environment, Snapshot verified, Watched.@Nullable Incident incident, Watched watched) {
        return incident == null
                ? null
                : Statuses.of(environment, verified, new WatchOrder.Tell(incident, watched.restarts(), null, null));
    }

    private static EnvironmentView.Verified of(Snapshot snapshot) {
        return new EnvironmentView.Verified(
                snapshot.question().release().value(),
                snapshot.version(),
                snapshot.artifact().digest(),
                snapshot.verifiedAt(),
                snapshot.configuration());
    }
}
