package dev.slipway.release.application;

import dev.slipway.contracts.ReleaseId;

/** Application to release: a newer release is on its way; make room for it unless production has begun. */
public record Supersede(ReleaseId by) {}
