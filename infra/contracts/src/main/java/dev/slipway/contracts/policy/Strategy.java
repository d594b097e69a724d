package dev.slipway.contracts.policy;

/** How an environment is moved to a new version. */
public enum Strategy {
    ALL_AT_ONCE,
    BLUE_GREEN,
    CANARY
}
