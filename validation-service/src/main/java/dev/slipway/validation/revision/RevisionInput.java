package dev.slipway.validation.revision;

/** Everything that may happen to a revision. */
public sealed interface RevisionInput {
    /** A report was kept and read. */
    record EvidenceArrived(Evidence evidence) implements RevisionInput {}

    /** A report came that could not be read. */
    record UnreadableArrived(Unreadable report) implements RevisionInput {}

    /** A pipeline run finished. */
    record CheckArrived(Check check) implements RevisionInput {}

    /** An assessment wants to know what is here, now and at each arrival. */
    record Subscribed(String assessment) implements RevisionInput {}

    /** An assessment is at its end. */
    record Unsubscribed(String assessment) implements RevisionInput {}

    /** Nothing has arrived for so long that nobody waits any more. */
    record Expired() implements RevisionInput {}
}
