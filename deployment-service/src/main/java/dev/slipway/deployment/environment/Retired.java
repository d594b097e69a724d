package dev.slipway.deployment.environment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version that serves no more.
 *
 * @param stopAt when it is stopped, after the requests that it still answers; null if it is left for inspection until
 *     the next rollout starts
 */
public record Retired(String key, @Nullable Instant stopAt) {}
