package dev.slipway.contracts.deployment;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Texts;

/**
 * Command about a rollout that was asked for before: ConfirmVerified, RollBack, Abort, Withdraw, Pause, Resume, Promote;
 * the message type says which.
 *
 * @param question the rollout's question key
 * @param reason why, for the record
 * @param actor who wants it, for the record
 * @param full for Promote: straight to 100 % instead of one step; else false
 */
public record RolloutCommand(
        QuestionKey question, EnvironmentId environment, String reason, String actor, boolean full) {
    public RolloutCommand {
        Texts.requirePresent("question", question);
        Texts.requirePresent("environment", environment);
        Texts.requirePresent("reason", reason);
        Texts.requirePresent("actor", actor);
    }
}
