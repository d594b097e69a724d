package dev.slipway.validation.assessment;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;

/**
 * Asks a tracker which issues there are, keeps what it has answered as evidence, and says what the gate makes of it. Nothing is changed
 * at the tracker.
 */
public interface TrackerCheck {
    /**
     * What is there now. Trouble on the way, a limit of the server's, a project or label that there is not, and more issues than are
     * read are answers too: inconclusive, and none of them passes. What was answered is durable when it returns.
     */
    Finding ask(Asking asking) throws InterruptedException;

    /**
     * Which gate; a task's body.
     *
     * @param place of the gate in the question
     * @param gate one whose tracker is asked
     */
    record Asking(int place, ApplicationName application, Sha sha, Gate gate) {}
}
