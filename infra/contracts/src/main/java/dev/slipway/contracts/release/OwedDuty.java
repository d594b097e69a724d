package dev.slipway.contracts.release;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;

/**
 * What is left to do of a release that has ended, shown with the releases of its application that came after it.
 *
 * @param release whose it is
 * @param duty what is asked of whom, and where that is
 */
public record OwedDuty(ReleaseId release, DutyView duty) {
    public OwedDuty {
        Texts.requirePresent("release", release);
        Texts.requirePresent("duty", duty);
    }
}
