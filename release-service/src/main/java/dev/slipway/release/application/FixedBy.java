package dev.slipway.release.application;

import dev.slipway.contracts.ReleaseId;

/**
 * Release to release: an operator proposed this one to fix you, and now it needs your place.
 *
 * @param environment where
 */
public record FixedBy(ReleaseId by, String environment) {}
