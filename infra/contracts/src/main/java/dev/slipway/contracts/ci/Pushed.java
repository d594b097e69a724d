package dev.slipway.contracts.ci;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;

/**
 * The customData of an event about a branch or a merged change: the source branch may have moved.
 *
 * @param sha what the sender took for the head of the source branch; it counts once Git shows the same
 */
public record Pushed(ApplicationName application, Sha sha) {
    public Pushed {
        Texts.requirePresent("application", application);
        Texts.requirePresent("sha", sha);
    }
}
