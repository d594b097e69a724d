package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What is done when a verified version goes bad. People are told in either case. */
public enum WhenBad {
    /** It is started again where it ended, and otherwise left as it is. */
    @JsonEnumDefaultValue
    ALERT,
    /** What goes on being bad makes room for the verified version before it. */
    ROLL_BACK
}
