package dev.slipway.deployment.environment;

import dev.slipway.contracts.deployment.EnvironmentView;
import java.time.Instant;
import java.util.List;

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
                kept);
    }

    private static EnvironmentView.Verified of(Snapshot snapshot) {
        return new EnvironmentView.Verified(
                snapshot.question().release().value(),
                snapshot.version(),
                snapshot.artifact().digest(),
                snapshot.verifiedAt());
    }
}
