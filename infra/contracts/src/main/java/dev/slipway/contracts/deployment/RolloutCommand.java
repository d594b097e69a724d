package dev.slipway.contracts.deployment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Command about a rollout that was asked for before: ConfirmVerified, RollBack, Abort, Withdraw, Pause, Resume, Promote;
 * the message type says which.
 *
 * @param question the rollout's question key
 * @param reason why, for the record
 * @param actor who wants it, for the record
 * @param full for Promote: straight to 100 % instead of one step; else false
 * @param production for RollBack in staging: what production runs, as far as the release knows; else null
 */
public record RolloutCommand(
        QuestionKey question,
        EnvironmentId environment,
        String reason,
        String actor,
        boolean full,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Digest production) {
    public RolloutCommand {
        Texts.requirePresent("question", question);
        Texts.requirePresent("environment", environment);
        Texts.requirePresent("reason", reason);
        Texts.requirePresent("actor", actor);
    }

    /** Nothing is said of production. */
    public RolloutCommand(QuestionKey question, EnvironmentId environment, String reason, String actor, boolean full) {
        this(question, environment, reason, actor, full, null);
    }
}
