package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import java.time.Instant;

/**
 * Something that people are told.
 *
 * @param index 1 for the first of a release, then rising by one
 */
public record Milestone(int index, Kind kind, Cause cause, Instant at) {
    public Milestone {
        Texts.requirePresent("kind", kind);
        Texts.requirePresent("cause", cause);
        Texts.requirePresent("at", at);
        Ranges.require("index", index, 1, Integer.MAX_VALUE);
    }

    /** What happened. */
    public enum Kind {
        PROPOSED,
        APPROVAL_ASKED,
        APPROVED,
        STAGED,
        ROLLING_OUT,
        BAKING,
        COMPLETED,
        REJECTED,
        EXPIRED,
        ABORTED,
        SUPERSEDED,
        /** Bad news: production goes back. */
        ROLLING_BACK,
        ROLLED_BACK,
        NEEDS_OPERATOR,
        /** A rollout waits for a person. */
        PAUSED,
        /** Bad news about a version that was verified already: nothing goes back by itself, a person may. */
        REGRESSED,
        @JsonEnumDefaultValue
        UNKNOWN;

        /** Whether every contact must be told: a failure, a rollback, or a person is needed. */
        public boolean alert() {
            return switch (this) {
                case REJECTED, EXPIRED, ABORTED, ROLLING_BACK, ROLLED_BACK, NEEDS_OPERATOR, PAUSED, REGRESSED -> true;
                case PROPOSED, APPROVAL_ASKED, APPROVED, STAGED, ROLLING_OUT, BAKING, COMPLETED, SUPERSEDED, UNKNOWN ->
                    false;
            };
        }
    }
}
