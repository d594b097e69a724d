package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.validation.Measured;
import dev.slipway.contracts.validation.Measured.Answered;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known after a release ({@code GET /api/v1/releases/{id}/report}): what users got before and since, what got worse or
 * better beyond noise, what a version that went back cost them, and what took the release longest. Facts with their numbers;
 * nothing in it decides anything.
 *
 * @param state where the release is; before its end the report tells what is known so far
 * @param at since when it is there
 * @param beside the version that production ran before; absent where there was none
 * @param measured what both versions answered; absent where nothing was judged, and then {@code unmeasured} says why
 * @param after what the new version answered last: in the bake, else at the last share that it had; absent likewise
 * @param afterWhere which time that is, in words; absent likewise
 * @param insights what got worse or better beyond noise, the worse first
 * @param unmeasured why nothing is measured, in a sentence; absent where something is
 * @param disruption what users had of a version that production went back from, or holds; absent where it does neither
 * @param course how long the release was where, in order
 * @param candidates what took longest or was unsteady, the longest first
 */
public record ReportView(
        ReleaseId release,
        String application,
        String version,
        ReleasePhase state,
        Instant at,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String beside,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Measured measured,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Answered after,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String afterWhere,
        List<Insight> insights,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String unmeasured,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Disruption disruption,
        List<Stretch> course,
        List<Candidate> candidates) {
    public ReportView {
        Texts.requirePresent("release", release);
        Texts.requirePresent("application", application);
        Texts.requirePresent("version", version);
        Texts.requirePresent("state", state);
        Texts.requirePresent("at", at);
        insights = List.copyOf(insights);
        course = List.copyOf(course);
        candidates = List.copyOf(candidates);
    }

    /**
     * A difference that is not explained by how few answers there were: with the same truth on both sides it is found once in 100
     * times or less.
     *
     * @param against what the new version is held against
     * @param then the other value: of errors and refusals a share in percent, else milliseconds
     * @param now the new version's
     * @param text the same in a sentence
     */
    public record Insight(Figure figure, Against against, Direction direction, double then, double now, String text) {
        public Insight {
            Texts.requirePresent("figure", figure);
            Texts.requirePresent("against", against);
            Texts.requirePresent("direction", direction);
            Texts.requirePresent("text", text);
        }
    }

    /** What is compared. */
    public enum Figure {
        ERRORS,
        REFUSALS,
        P50,
        P95,
        P99,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** What it is compared with. */
    public enum Against {
        /** What the version before answered in the same seconds: what differs is the version. */
        BESIDE,
        /** What the version before answered earlier: what differs may be the time. */
        BEFORE,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** Whether it is worse or better for users. */
    public enum Direction {
        WORSE,
        BETTER,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * How long a release was in a state, once.
     *
     * @param part what it did there, in a word; absent where the state has one part alone
     * @param to end of it; absent while it goes on
     * @param seconds from the one to the other, or up to when this was asked
     */
    public record Stretch(
            ReleasePhase state,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String part,

            Instant from,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant to,

            long seconds) {
        public Stretch {
            Texts.requirePresent("state", state);
            Texts.requirePresent("from", from);
        }
    }

    /**
     * Something that took long, or is unsteady.
     *
     * @param what of which it is: a state, the id of a gate or of a duty
     * @param seconds that it took; 0 where it is no matter of time
     * @param percent of the time of the whole release, 0 to 100
     * @param text the same in a sentence
     */
    public record Candidate(CandidateKind kind, String what, long seconds, int percent, String text) {
        public Candidate {
            Texts.requirePresent("kind", kind);
            Texts.requirePresent("what", what);
            Texts.requirePresent("text", text);
        }
    }

    /** What may be worth a look. */
    public enum CandidateKind {
        /** People were waited for: for their yes, or for an operator. */
        PEOPLE,
        /** A duty, from when it was asked for to its last answer. */
        DUTY,
        /** A gate, from when it was asked to its verdict. */
        GATE,
        /** A state in which machines work or watch. */
        STATE,
        /** Tests that passed in one run and failed in another of the same revision. */
        FLAKY_TESTS,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
