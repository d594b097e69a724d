package dev.slipway.release.application;

import dev.slipway.contracts.Sha;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.policy.Policy;
import org.jspecify.annotations.Nullable;

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

    /**
     * An operator wants production to go back to a version that it verified before.
     *
     * @param version which, or null for the one before the present one
     * @param by verified identity, case folded
     * @param key natural key, as for a proposal
     */
    record RollBack(@Nullable String version, String reason, String by, String key) implements ApplicationInput {}

    /** Somebody says that the source branch is at this revision now. It counts once Git shows the same. */
    record PushHeard(Sha sha) implements ApplicationInput {}

    /**
     * What Git shows.
     *
     * @param pushed the revision that was heard of
     * @param head the head of the source branch, or null if there is none
     */
    record HeadSeen(Sha pushed, @Nullable Sha head) implements ApplicationInput {}

    /** One of its releases is somewhere else now. */
    record ReleaseMoved(Moved moved) implements ApplicationInput {}
}
