package dev.slipway.contracts.policy;

/**
 * What a gate says that compares with the last verified release, where there is nothing to compare with: no release has been
 * verified, or none with such evidence. Closed: a policy is an order.
 */
public enum WithoutBaseline {
    /** It cannot say, and the release does not pass. */
    INCONCLUSIVE,
    /** Nothing is new in the first evidence: it is recorded, and what comes later is compared with it. */
    RECORD
}
