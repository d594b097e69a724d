package dev.slipway.contracts.deployment;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.traffic.TrafficTable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An environment as the API shows it ({@code GET /api/v1/environments}).
 *
 * @param verified the release that a rollback would restore; null before the first
 * @param rollout the active rollout, or null
 * @param waiting question key of the waiting rollout, or null
 * @param kept snapshots that a rollback may go to, newest first
 */
public record EnvironmentView(
        EnvironmentId environment,
        @Nullable Verified verified,
        @Nullable RolloutStatus rollout,
        @Nullable String waiting,
        List<TrafficTable.Share> shares,
        Instant updatedAt,
        List<Verified> kept) {
    public EnvironmentView {
        shares = List.copyOf(shares);
        kept = List.copyOf(kept);
    }

    /** A verified release of an environment. */
    public record Verified(String release, String version, Digest digest, Instant at) {}
}
