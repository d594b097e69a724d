package dev.slipway.validation.assessment;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;

/** Reads files at exactly one revision, keeps what it has read as evidence, and says what the gate makes of it. */
public interface FilesCheck {
    /** Trouble with the repository is an answer too. What was read is durable when it returns. */
    Finding look(Reading reading);

    /**
     * Which files; a task's body.
     *
     * @param place of the gate in the question
     * @param gate one that looks at files
     */
    record Reading(int place, ApplicationName application, Policy.Source source, Sha sha, Gate gate) {}
}
