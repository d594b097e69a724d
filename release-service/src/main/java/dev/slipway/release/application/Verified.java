package dev.slipway.release.application;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Target;

/**
 * A version that production has verified, with all that is needed to go back to it.
 *
 * @param release the release that brought it
 * @param target what it ran on, by the policy that was pinned to that release
 * @param rollback whether the release was a rollback to it
 */
public record Verified(ReleaseId release, Proposal proposal, Target target, boolean rollback) {
    public String version() {
        return proposal.version();
    }
}
