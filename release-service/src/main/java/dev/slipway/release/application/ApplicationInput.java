package dev.slipway.release.application;

import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Policy;

/** Everything that may happen to an application. */
public sealed interface ApplicationInput {
    /** An administrator put a policy. The same one again changes nothing. */
    record PutPolicy(Policy policy, String hash, String by) implements ApplicationInput {}

    /**
     * Somebody proposes a release.
     *
     * @param publisher verified identity, case folded
     * @param key natural key of this proposal (the event's source and id, or caller and Idempotency-Key): the same key
     *     has the same answer
     * @param operator whether the publisher may also say that this release fixes another
     */
    record Propose(Proposal proposal, String publisher, String key, boolean operator) implements ApplicationInput {}

    /** One of its releases is somewhere else now. */
    record ReleaseMoved(Moved moved) implements ApplicationInput {}
}
