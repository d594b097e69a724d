package dev.slipway.contracts.policy;

/**
 * How an environment is moved to a new version. In each the version before runs on until the new one is verified, and both
 * have a bake.
 */
public enum Strategy {
    /** All traffic in one table as soon as the new version is warm; nothing to compare with, so guardrails alone judge. */
    ALL_AT_ONCE,
    /**
     * The new version is warmed up beside the old one and must answer its smoke requests before any traffic; then all
     * traffic in one table, judged by guardrails and by what the old version answered before.
     */
    BLUE_GREEN,
    /** Share by share, judged against the old version beside it, of whose traffic a part is held back during the bake. */
    CANARY
}
