package dev.slipway.validation.assessment;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Policy;

/** Tries a merge without changing a branch. */
public interface MergeCheck {
    /** Trouble with the repository is an answer too. */
    MergeAnswer tryMerge(Attempt attempt);

    /**
     * Which merge; a task's body.
     *
     * @param gate place of the gate in the question
     * @param sha what would be merged into the branch {@code to}; must be on the branch {@code from}
     */
    record Attempt(int gate, Policy.Source source, Sha sha) {}
}
