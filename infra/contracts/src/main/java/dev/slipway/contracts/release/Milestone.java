package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import java.time.Instant;
import java.util.List;

/**
 * Something that people are told.
 *
 * @param index 1 for the first of a release, then rising by one
 * @param asked roles of contacts, or addresses of some, of whom something is asked; empty where it is of nobody in particular, and
 *     in those from before anything was
 */
public record Milestone(
        int index,
        Kind kind,
        Cause cause,
        Instant at,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> asked) {
    public Milestone {
        asked = List.copyOf(asked);
        Texts.requirePresent("kind", kind);
        Texts.requirePresent("cause", cause);
        Texts.requirePresent("at", at);
        Ranges.require("index", index, 1, Integer.MAX_VALUE);
    }

    /** Of which nothing is asked of a role. */
    public Milestone(int index, Kind kind, Cause cause, Instant at) {
        this(index, kind, cause, at, List.of());
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
        /** People of named roles are asked for what only a person can know or do. */
        DUTY_ASKED,
        /** Somebody else answers for it, or for what was asked of a person. */
        HANDED_OVER,
        /** What people are asked for is due soon, or late. */
        DUTY_REMINDED,
        /** It is so late that everybody hears of it. */
        DUTY_ESCALATED,
        /** The release day is another, and with it when people are asked for what. */
        DAY_MOVED,
        /** What the timetable gives a date, and no duty asks for, is due soon or late. */
        DATE_REMINDED,
        /** It is so late that everybody hears of it. */
        DATE_ESCALATED,
        /** People of named roles are asked to review what is announced. */
        REVIEW_ASKED,
        @JsonEnumDefaultValue
        UNKNOWN;

        /** Whether every contact must be told: a failure, a rollback, or a person is needed. */
        public boolean alert() {
            return switch (this) {
                case REJECTED,
                        EXPIRED,
                        ABORTED,
                        ROLLING_BACK,
                        ROLLED_BACK,
                        NEEDS_OPERATOR,
                        PAUSED,
                        REGRESSED,
                        DUTY_ESCALATED,
                        DATE_ESCALATED -> true;
                case PROPOSED,
                        APPROVAL_ASKED,
                        APPROVED,
                        STAGED,
                        ROLLING_OUT,
                        BAKING,
                        COMPLETED,
                        SUPERSEDED,
                        DUTY_ASKED,
                        HANDED_OVER,
                        DUTY_REMINDED,
                        DAY_MOVED,
                        DATE_REMINDED,
                        REVIEW_ASKED,
                        UNKNOWN -> false;
            };
        }
    }
}
