package dev.slipway.contracts.release;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;

/**
 * A gate or duty that a release on its way goes without, or that somebody has asked to waive.
 *
 * @param state where the release is
 */
public record OpenWaiver(ReleaseId release, ReleasePhase state, WaiverView waiver) {
    public OpenWaiver {
        Texts.requirePresent("release", release);
        Texts.requirePresent("state", state);
        Texts.requirePresent("waiver", waiver);
    }
}
