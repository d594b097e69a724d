package dev.slipway.contracts.deployment;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;

/**
 * Command: nobody needs the application any more. What runs in this environment is stopped, its addresses and its snapshots
 * are given up. A release that is asked for later makes it anew.
 *
 * @param ordinal of the application's newest release when it was removed; where a later one was asked for since, this word
 *     is old and changes nothing
 * @param reason why, for the record
 * @param actor who wants it, for the record
 */
public record RemoveEnvironment(EnvironmentId environment, long ordinal, String reason, String actor) {
    public RemoveEnvironment {
        Texts.requirePresent("environment", environment);
        Ranges.require("ordinal", ordinal, 0, Long.MAX_VALUE);
        Texts.requirePresent("reason", reason);
        Texts.requirePresent("actor", actor);
    }
}
