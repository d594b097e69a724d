package dev.slipway.deployment.environment;

import dev.slipway.contracts.deployment.RolloutStatus;
import org.jspecify.annotations.Nullable;

/**
 * An answer for good.
 *
 * @param rank of the rollout, or null if it was withdrawn before it was heard of
 */
public record Answer(@Nullable Rank rank, RolloutStatus status) {}
