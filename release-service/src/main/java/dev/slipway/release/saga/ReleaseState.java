package dev.slipway.release.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.release.ReleasePhase;
import org.jspecify.annotations.Nullable;

/** Where a release is. Every state that is not an end has a {@link Wait} with a deadline. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ReleaseState.Unheard.class, name = "UNHEARD"),
    @JsonSubTypes.Type(value = ReleaseState.Proposed.class, name = "PROPOSED"),
    @JsonSubTypes.Type(value = ReleaseState.Validating.class, name = "VALIDATING"),
    @JsonSubTypes.Type(value = ReleaseState.AwaitingApproval.class, name = "AWAITING_APPROVAL"),
    @JsonSubTypes.Type(value = ReleaseState.Staging.class, name = "STAGING"),
    @JsonSubTypes.Type(value = ReleaseState.Candidate.class, name = "CANDIDATE"),
    @JsonSubTypes.Type(value = ReleaseState.RollingOut.class, name = "ROLLING_OUT"),
    @JsonSubTypes.Type(value = ReleaseState.Baking.class, name = "BAKING"),
    @JsonSubTypes.Type(value = ReleaseState.Merging.class, name = "MERGING"),
    @JsonSubTypes.Type(value = ReleaseState.Restoring.class, name = "RESTORING"),
    @JsonSubTypes.Type(value = ReleaseState.RollingBack.class, name = "ROLLING_BACK"),
    @JsonSubTypes.Type(value = ReleaseState.NeedsOperator.class, name = "NEEDS_OPERATOR"),
    @JsonSubTypes.Type(value = ReleaseState.Ended.class, name = "ENDED")
})
public sealed interface ReleaseState {
    /** Nobody has proposed it; never stored. */
    record Unheard() implements ReleaseState {
        @Override
        public @Nullable Wait waits() {
            return null;
        }
    }

    /** The revision is being read from Git. */
    record Proposed(Wait waits) implements ReleaseState {}

    /** Pre-release gates, required checks and merge validation. The wait's beginning is when they were asked. */
    record Validating(Wait waits) implements ReleaseState {}

    /** People are asked for their yes. */
    record AwaitingApproval(Wait waits) implements ReleaseState {}

    /** Staging is moved to the version, which is then verified there. */
    record Staging(Part part, Wait waits) implements ReleaseState {}

    /**
     * Waits until it may begin production; then candidate gates, the way back and merge validation; and when nothing else is
     * waited for, a look at the revision once more.
     *
     * @param seen whether Git has shown since then that the revision is still where releases are made; always so of a
     *     configuration alone, whose revision is in production already
     */
    record Candidate(
            Ahead ahead,
            Wait waits,
            @JsonSetter(nulls = Nulls.AS_EMPTY) boolean seen) implements ReleaseState {
        Candidate(Ahead ahead, Wait waits) {
            this(ahead, waits, false);
        }
    }

    /**
     * Production is moved to the version, step by step.
     *
     * @param withdrawnFor the newer release or revision that asked for room; null if none did or production has begun
     * @param frozen whether a freeze began before production did, so that it is asked to let the release out of its queue;
     *     sticks until production says whether it has begun
     * @param seen whether Git has shown the revision again since production had its turn for it
     * @param end how it ends once production has let it out of its queue, because Git does not show its revision any more;
     *     null while that is not so
     */
    record RollingOut(
            Wait waits,
            @Nullable String withdrawnFor,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
            boolean frozen,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
            boolean seen,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ReleasePhase end)
            implements ReleaseState {
        RollingOut(Wait waits) {
            this(waits, null, false, false, null);
        }

        /** Whether production is asked to let it out of its queue. */
        boolean withdraws() {
            return withdrawnFor != null || frozen || end != null;
        }

        RollingOut withdrawingFor(String newer) {
            return new RollingOut(waits, newer, frozen, seen, end);
        }

        RollingOut freezing() {
            return new RollingOut(waits, withdrawnFor, true, seen, end);
        }

        RollingOut seen(boolean shown) {
            return new RollingOut(waits, withdrawnFor, frozen, shown, end);
        }

        RollingOut ending(ReleasePhase as, Wait wait) {
            return new RollingOut(wait, withdrawnFor, frozen, seen, as);
        }
    }

    /** Every step has passed, and it is watched at its share; then production gates; then the environment confirms. */
    record Baking(Part part, Wait waits) implements ReleaseState {}

    /**
     * The released revision is merged into the target branch and tagged; then what was published is looked for.
     *
     * @param arrival 0 while it is merged; then which attempt it is to find what was published, from 1
     */
    record Merging(
            Wait waits,

            @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
            int arrival) implements ReleaseState {
        Merging(Wait waits) {
            this(waits, 0);
        }

        boolean looks() {
            return arrival > 0;
        }
    }

    /** Staging goes back to what was verified there before; then the release ends as {@code end}. */
    record Restoring(ReleasePhase end, Wait waits) implements ReleaseState {}

    /** @param aborted whether a person stopped it */
    record RollingBack(boolean aborted, Wait waits) implements ReleaseState {}

    /** @param trouble what a person has to look at; the release's cause says why */
    record NeedsOperator(Trouble trouble, Wait waits) implements ReleaseState {}

    /**
     * The end, one of the terminal phases.
     *
     * @param lettingGo the environment that has not said for good that this release is out of it, because a person ended
     *     it without; null if none
     */
    record Ended(ReleasePhase phase, @Nullable String lettingGo) implements ReleaseState {
        public Ended {
            if (!phase.terminal()) {
                throw new IllegalArgumentException(phase + " is no end");
            }
        }

        Ended(ReleasePhase phase) {
            this(phase, null);
        }

        @Override
        public @Nullable Wait waits() {
            return null;
        }
    }

    /** What a state of several parts is doing. */
    enum Part {
        /** The environment moves, or watches what it has moved to. */
        ROLLING_OUT,
        /** Gates are asked. */
        VERIFYING,
        /** The environment is to move its snapshot to this version. */
        CONFIRMING
    }

    /** What lies between a candidate and production. */
    enum Ahead {
        /** Another release's fate: a person says when to go on. */
        HELD,
        /** A freeze of the policy. */
        FROZEN,
        /** Staging has not had it for as long as the policy says. */
        STAYING,
        /** Gates. */
        VERIFYING
    }

    /** What an operator is needed for. */
    enum Trouble {
        /** Staging did not say that it is restored; retry asks again. The end is REJECTED. */
        STAGING,
        /** Production did not say that it went back; retry asks again. */
        PRODUCTION,
        /** Production went back to nothing: this was the first release, its process is left for inspection. */
        NOTHING_TO_RESTORE,
        /** Production did not confirm the version that has all its traffic; retry asks again. */
        CONFIRMING,
        /** The version is in production and verified, but could not be merged or tagged; retry tries again. */
        MERGING,
        /** It is in production and merged, but what was published was not found; retry looks again. */
        ARRIVING
    }

    default ReleasePhase phase() {
        return switch (this) {
            case Unheard _, Proposed _ -> ReleasePhase.PROPOSED;
            case Validating _ -> ReleasePhase.VALIDATING;
            case AwaitingApproval _ -> ReleasePhase.AWAITING_APPROVAL;
            case Staging _ -> ReleasePhase.STAGING;
            case Candidate _ -> ReleasePhase.CANDIDATE;
            case RollingOut _ -> ReleasePhase.ROLLING_OUT;
            case Baking _ -> ReleasePhase.BAKING;
            case Merging _ -> ReleasePhase.MERGING;
            case Restoring _ -> ReleasePhase.RESTORING;
            case RollingBack _ -> ReleasePhase.ROLLING_BACK;
            case NeedsOperator _ -> ReleasePhase.NEEDS_OPERATOR;
            case Ended ended -> ended.phase();
        };
    }

    /** Its wait; null before the beginning and at the end. */
    @Nullable
    Wait waits();

    /** The same state with another wait. */
    default ReleaseState waiting(Wait wait) {
        return switch (this) {
            case Unheard s -> s;
            case Ended s -> s;
            case Proposed _ -> new Proposed(wait);
            case Validating _ -> new Validating(wait);
            case AwaitingApproval _ -> new AwaitingApproval(wait);
            case Staging s -> new Staging(s.part(), wait);
            case Candidate s -> new Candidate(s.ahead(), wait, s.seen());
            case RollingOut s -> new RollingOut(wait, s.withdrawnFor(), s.frozen(), s.seen(), s.end());
            case Baking s -> new Baking(s.part(), wait);
            case Merging s -> new Merging(wait, s.arrival());
            case Restoring s -> new Restoring(s.end(), wait);
            case RollingBack s -> new RollingBack(s.aborted(), wait);
            case NeedsOperator s -> new NeedsOperator(s.trouble(), wait);
        };
    }
}
