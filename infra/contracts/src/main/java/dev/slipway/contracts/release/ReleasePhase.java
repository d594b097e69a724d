package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** The states of a release. DESIGN section 6. */
public enum ReleasePhase {
    PROPOSED,
    VALIDATING,
    AWAITING_APPROVAL,
    STAGING,
    CANDIDATE,
    ROLLING_OUT,
    BAKING,
    MERGING,
    COMPLETED,
    REJECTED,
    EXPIRED,
    ABORTED,
    SUPERSEDED,
    RESTORING,
    ROLLING_BACK,
    ROLLED_BACK,
    NEEDS_OPERATOR,
    @JsonEnumDefaultValue
    UNKNOWN;

    /** Whether a release stays there for good. */
    public boolean terminal() {
        return switch (this) {
            case COMPLETED, REJECTED, EXPIRED, ABORTED, SUPERSEDED, ROLLED_BACK -> true;
            case PROPOSED,
                    VALIDATING,
                    AWAITING_APPROVAL,
                    STAGING,
                    CANDIDATE,
                    ROLLING_OUT,
                    BAKING,
                    MERGING,
                    RESTORING,
                    ROLLING_BACK,
                    NEEDS_OPERATOR,
                    UNKNOWN -> false;
        };
    }
}
