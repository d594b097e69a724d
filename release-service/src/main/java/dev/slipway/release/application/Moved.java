package dev.slipway.release.application;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.ReleasePhase;

/** Release to application: where the release is now. */
public record Moved(ReleaseId release, ReleasePhase phase) {}
