package dev.slipway.contracts.deployment;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** How a version that should run is. */
public enum Health {
    /** It runs, and answers that it is ready. */
    UP,
    /** It is being fetched and started for the first time. */
    STARTING,
    /** It runs, and does not answer that it is ready. */
    UNREADY,
    /** It ended, and is started again now or after a pause. */
    RESTARTING,
    /** It does not run, and nobody starts it. */
    DOWN,
    @JsonEnumDefaultValue
    UNKNOWN
}
