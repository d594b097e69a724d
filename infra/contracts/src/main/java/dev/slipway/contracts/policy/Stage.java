package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** When a gate is asked. */
public enum Stage {
    PRE_RELEASE,
    MERGE,
    STAGING,
    CANDIDATE,
    PRODUCTION,
    /** Production keeps it: what was published is looked for where it was. */
    ARRIVAL,
    @JsonEnumDefaultValue
    UNKNOWN
}
