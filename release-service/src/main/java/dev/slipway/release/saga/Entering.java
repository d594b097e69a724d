package dev.slipway.release.saga;

import static dev.slipway.release.saga.ReleaseState.Part.CONFIRMING;
import static dev.slipway.release.saga.ReleaseState.Part.ROLLING_OUT;
import static dev.slipway.release.saga.ReleaseState.Part.VERIFYING;

import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.Step;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.saga.ReleaseState.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How each state is entered: with which wait, and what people are told. */
final class Entering {
    private final SagaLimits limits;

    Entering(SagaLimits limits) {
        this.limits = limits;
    }

    Dossier proposed(Change change, Instant now) {
        return milestone(
                        change.to(new ReleaseState.Proposed(Wait.from(now, limits.readWithin()))),
                        Milestone.Kind.PROPOSED,
                        Cause.of("proposed", "A release was proposed."))
                .done();
    }

    Dossier validating(Dossier d, Instant now) {
        Duration within = longest(Steps.preRelease(d.guide())).plus(limits.assessMargin());
        return Change.of(d, now)
                .to(new ReleaseState.Validating(Wait.from(now, within)))
                .done();
    }

    Dossier awaitingApproval(Dossier d, Instant now) {
        Policy.Approvals approvals = d.guide().approvals();
        Change change = Change.of(d, now).to(new ReleaseState.AwaitingApproval(Wait.from(now, approvals.within())));
        return approvals.required() == 0
                ? change.done()
                : milestone(
                                change,
                                Milestone.Kind.APPROVAL_ASKED,
                                Cause.of(
                                        "approval-asked",
                                        "%d approvals are asked for.".formatted(approvals.required())))
                        .done();
    }

    Dossier staging(Dossier d, Instant now) {
        Change change = Change.of(d, now).to(new ReleaseState.Staging(ROLLING_OUT, Wait.from(now, starting())));
        return d.approvals().isEmpty()
                ? change.done()
                : milestone(
                                change,
                                Milestone.Kind.APPROVED,
                                Cause.of(
                                        "approved",
                                        "%d people have approved."
                                                .formatted(d.approvals().size())))
                        .done();
    }

    Dossier verifyingStaging(Dossier d, Instant now) {
        List<Gate> gates = d.guide().gates(Stage.STAGING);
        Wait wait = Wait.from(now, longest(gates).plus(limits.assessMargin()));
        return Change.of(d, now).to(new ReleaseState.Staging(VERIFYING, wait)).done();
    }

    Dossier confirmingStaging(Dossier d, Instant now) {
        return Change.of(d, now)
                .to(new ReleaseState.Staging(CONFIRMING, Wait.from(now, limits.confirmWithin())))
                .done();
    }

    Dossier candidate(Dossier d, Instant now) {
        Duration within = longest(Steps.candidate(d.guide())).plus(limits.candidateWithin());
        return milestone(
                        Change.of(d, now).to(new ReleaseState.Candidate(Wait.from(now, within))),
                        Milestone.Kind.STAGED,
                        Cause.of("staged", "It runs in staging and was verified there."))
                .done();
    }

    Dossier rollingOut(Dossier d, Instant now) {
        return milestone(
                        Change.of(d, now).to(new ReleaseState.RollingOut(Wait.from(now, starting()), null)),
                        Milestone.Kind.ROLLING_OUT,
                        Cause.of("rolling-out", "It goes to production."))
                .done();
    }

    Dossier baking(Dossier d, Instant now) {
        Duration bake = d.guide().environments().production().bake();
        return milestone(
                        Change.of(d, now).to(new ReleaseState.Baking(ROLLING_OUT, Wait.from(now, bake))),
                        Milestone.Kind.BAKING,
                        Cause.of("baking", "It has all traffic and is watched."))
                .done();
    }

    /** After the bake: production gates if there are any, else the environment confirms. */
    Dossier baked(Dossier d, Instant now) {
        List<Gate> gates = d.guide().gates(Stage.PRODUCTION);
        if (gates.isEmpty()) {
            return confirmingProduction(d, now);
        }
        Wait wait = Wait.from(now, longest(gates).plus(limits.assessMargin()));
        return Change.of(d, now).to(new ReleaseState.Baking(VERIFYING, wait)).done();
    }

    Dossier confirmingProduction(Dossier d, Instant now) {
        return Change.of(d, now)
                .to(new ReleaseState.Baking(CONFIRMING, Wait.from(now, limits.confirmWithin())))
                .done();
    }

    Dossier merging(Dossier d, @Nullable Cause why, Instant now) {
        if (d.guide().merge() == null) {
            return ended(d, ReleasePhase.COMPLETED, completed("The policy has nothing merged."), now);
        }
        return Change.of(d, now)
                .to(new ReleaseState.Merging(Wait.from(now, limits.mergeWithin())))
                .because(why)
                .done();
    }

    /** Ends before production; staging goes back first if it was touched. */
    Dossier giveUp(Dossier d, ReleasePhase end, Cause why, Instant now) {
        return switch (d.state()) {
            case ReleaseState.Staging _, ReleaseState.Candidate _ ->
                Change.of(d, now)
                        .to(new ReleaseState.Restoring(end, Wait.from(now, limits.restoreWithin())))
                        .because(why)
                        .done();
            case ReleaseState.Unheard _,
                    ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.RollingOut _,
                    ReleaseState.Baking _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _,
                    ReleaseState.Ended _ -> ended(d, end, why, now);
        };
    }

    Dossier rollingBack(Dossier d, boolean aborted, Cause why, Instant now) {
        return milestone(
                        Change.of(d, now)
                                .to(new ReleaseState.RollingBack(aborted, Wait.from(now, limits.restoreWithin())))
                                .because(why),
                        Milestone.Kind.ROLLING_BACK,
                        why)
                .done();
    }

    Dossier needsOperator(Dossier d, Trouble trouble, Cause why, Instant now) {
        return milestone(
                        Change.of(d, now)
                                .to(new ReleaseState.NeedsOperator(trouble, Wait.from(now, limits.operatorWithin())))
                                .because(why),
                        Milestone.Kind.NEEDS_OPERATOR,
                        why)
                .done();
    }

    Dossier ended(Dossier d, ReleasePhase end, Cause why, Instant now) {
        Change change =
                Change.of(d, now).to(new ReleaseState.Ended(end)).because(end == ReleasePhase.COMPLETED ? null : why);
        return milestone(change, kind(end), why).done();
    }

    Change milestone(Change change, Milestone.Kind kind, Cause why) {
        return change.milestone(kind, why, limits.milestonesMax());
    }

    static Cause completed(String text) {
        return Cause.of("completed", text);
    }

    /** How long an environment may stay where it says it is before that is overdue. */
    Duration progressWithin(Dossier d, RolloutStatus status) {
        if (status.phase() == RolloutStatus.Phase.WAITING) {
            return limits.queueWithin();
        } else if (status.paused()) {
            return limits.operatorWithin();
        } else if (status.phase() == RolloutStatus.Phase.STARTING) {
            return starting();
        }
        Policy.Environments.Production production = d.guide().environments().production();
        Canary canary = production.canary();
        Duration hold = production.steps().stream()
                .map(Step::hold)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        Duration step = hold.compareTo(canary.stepWithin()) > 0 ? hold : canary.stepWithin();
        return step.plus(canary.warmUp()).plus(limits.startWithin()).plus(limits.rolloutMargin());
    }

    Duration starting() {
        return limits.startWithin().plus(limits.rolloutMargin());
    }

    private static Duration longest(List<Gate> gates) {
        return gates.stream().map(Gate::within).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    private static Milestone.Kind kind(ReleasePhase end) {
        return switch (end) {
            case COMPLETED -> Milestone.Kind.COMPLETED;
            case REJECTED -> Milestone.Kind.REJECTED;
            case EXPIRED -> Milestone.Kind.EXPIRED;
            case ABORTED -> Milestone.Kind.ABORTED;
            case SUPERSEDED -> Milestone.Kind.SUPERSEDED;
            case ROLLED_BACK -> Milestone.Kind.ROLLED_BACK;
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
                    UNKNOWN -> throw new IllegalArgumentException(end + " is no end of a release");
        };
    }
}
