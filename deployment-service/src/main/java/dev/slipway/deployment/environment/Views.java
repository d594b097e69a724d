package dev.slipway.deployment.environment;

import dev.slipway.contracts.deployment.EnvironmentView;
import java.time.Instant;
import java.util.List;

/** An environment as people see it. */
public final class Views {
    private Views() {}

    public static EnvironmentView of(Environment environment, Instant updatedAt) {
        Snapshot verified = environment.verified();
        return new EnvironmentView(
                environment.id(),
                verified == null
                        ? null
                        : new EnvironmentView.Verified(
                                verified.question().release().value(),
                                verified.version(),
                                verified.artifact().digest(),
                                verified.verifiedAt()),
                environment.active() == null ? null : Statuses.of(environment, environment.active()),
                environment.waiting() == null
                        ? null
                        : environment.waiting().plan().question().toString(),
                environment.traffic().shares(),
                updatedAt,
                List.of());
    }
}
