package dev.slipway.release.application;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import org.jspecify.annotations.Nullable;

/**
 * Application to release: make room unless production has begun.
 *
 * @param by a newer release that is on its way, or null
 * @param head what the source branch has moved on to, or null; concerns releases of other revisions
 */
public record Supersede(@Nullable ReleaseId by, @Nullable Sha head) {}
