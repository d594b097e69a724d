package dev.slipway.contracts.validation;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;

/**
 * The last release of an application that production had verified when another one began: what is new, worse or slower is
 * so against this.
 *
 * @param version for people, 1 to 200 characters
 * @param sha under which its evidence was sent
 */
public record Baseline(ReleaseId release, String version, Sha sha) {
    public Baseline {
        Texts.requirePresent("release", release);
        Texts.requireLength("version", version, 1, 200);
        Texts.requirePresent("sha", sha);
    }
}
