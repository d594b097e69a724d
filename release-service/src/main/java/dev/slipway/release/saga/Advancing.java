package dev.slipway.release.saga;

import static dev.slipway.contracts.EnvironmentId.PRODUCTION;
import static dev.slipway.contracts.EnvironmentId.STAGING;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.release.saga.ReleaseState.Trouble;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Where the facts lead. What was heard is recorded first and looked at here, so that a fact counts whenever it came: an
 * answer that was there before its state is found on entering it, and an answer to another step changes nothing.
 */
final class Advancing {
    private static final int MOVES_MAX = 20;

    private final Entering entering;
    private final Patience patience;
    private final DutyWaivers dutyWaivers;

    Advancing(Entering entering, Patience patience, DutyWaivers dutyWaivers) {
        this.entering = entering;
        this.patience = patience;
        this.dutyWaivers = dutyWaivers;
    }

    /** Moves on as far as the facts lead. */
    Dossier advance(Dossier dossier, Instant now) {
        Dossier d = patience.extended(Waivers.lapse(Waits.ended(dossier, entering, now), now), now);
        for (int moves = 0; moves < MOVES_MAX; moves++) {
            Dossier next = once(d, now);
            if (next.equals(d)) {
                return d;
            }
            d = next;
        }
        throw new IllegalStateException("Release " + dossier.id() + " moves in a circle at " + d.state());
    }

    private Dossier once(Dossier d, Instant now) {
        Optional<Waiver> missed = Waivers.watched(d) ? Waivers.missed(d) : Optional.empty();
        if (missed.isPresent()) {
            return entering.giveUp(d, Waivers.end(d, missed.get()), Waivers.over(d, missed.get()), now);
        }
        return switch (d.state()) {
            case ReleaseState.Unheard _, ReleaseState.Proposed _ -> d;
            case ReleaseState.Validating _ ->
                verdict(d, Steps.ASSESS_PRE_RELEASE, Steps.preRelease(d), entering::awaitingApproval, now);
            case ReleaseState.AwaitingApproval _ -> awaitingApproval(d, now);
            case ReleaseState.Staging staging -> staging(d, staging, now);
            case ReleaseState.Candidate candidate -> candidate(d, candidate, now);
            case ReleaseState.RollingOut rollingOut -> rollingOut(d, rollingOut, now);
            case ReleaseState.Baking baking -> baking(d, baking, now);
            case ReleaseState.Restoring restoring -> restoring(d, restoring, now);
            case ReleaseState.RollingBack rollingBack -> rollingBack(d, rollingBack.aborted(), now);
            case ReleaseState.Merging merging -> merging.looks() ? arriving(d, now) : merging(d, now);
            case ReleaseState.NeedsOperator needs -> lateAnswer(d, needs, now);
            case ReleaseState.Ended ended -> ended(d, ended, now);
        };
    }

    /** A gate that goes back from passed while people still think about it counts as well. */
    private Dossier awaitingApproval(Dossier d, Instant now) {
        Optional<AssessmentStatus> failed = d.assessment(Steps.ASSESS_PRE_RELEASE)
                .filter(status -> status.outcome() == AssessmentStatus.Outcome.FAILED)
                .flatMap(_ -> Waivers.assessment(d, Steps.ASSESS_PRE_RELEASE))
                .filter(status -> status.outcome() != AssessmentStatus.Outcome.PASSED);
        if (failed.isPresent()) {
            return entering.giveUp(d, ReleasePhase.REJECTED, cause("gate-failed", failed.get()), now);
        }
        Optional<Cause> stopped = Duties.stopped(d, Duty.Before.STAGING);
        if (stopped.isPresent()) {
            return entering.giveUp(d, ReleasePhase.REJECTED, stopped.get(), now);
        }
        Dossier people = dutiesWaived(d, now);
        if (!people.equals(d)) {
            return people;
        }
        Dossier counted = Votes.counted(d, now);
        return Votes.hasPassed(d, now) && Duties.awaited(d).isEmpty() ? entering.staging(counted, now) : counted;
    }

    /** Whoever is asked for something else has the time that they have, once no waiver is asked for. */
    private Dossier dutiesWaived(Dossier d, Instant now) {
        Dossier people = dutyWaivers.lookedAt(d, now);
        return DutyWaivers.asked(people).isPresent() ? people : patience.extended(people, now);
    }

    /** Goes on if the assessment passed; gives the release up if it did not. */
    private Dossier verdict(
            Dossier d, String step, List<Gate> asked, BiFunction<Dossier, Instant, Dossier> passed, Instant now) {
        if (asked.isEmpty()) {
            return passed.apply(d, now);
        }
        Optional<AssessmentStatus> status = Waivers.assessment(d, step);
        if (status.isEmpty()) {
            return d;
        }
        return switch (status.get().outcome()) {
            case PENDING, UNKNOWN -> entering.awaitingWaiver(d, Waivers.awaited(d, step), now);
            case PASSED -> Steps.allPassed(status.get(), asked) ? passed.apply(Entering.waived(d, now), now) : d;
            case FAILED -> entering.giveUp(d, ReleasePhase.REJECTED, cause("gate-failed", status.get()), now);
            case INCONCLUSIVE ->
                entering.giveUp(d, ReleasePhase.EXPIRED, cause("gate-inconclusive", status.get()), now);
        };
    }

    private Dossier staging(Dossier d, ReleaseState.Staging state, Instant now) {
        Optional<RolloutStatus> status = d.rollout(STAGING);
        if (status.isEmpty()) {
            return d;
        }
        RolloutStatus rollout = status.get();
        return switch (rollout.phase()) {
            case WAITING, STARTING, WARMING_UP, STEPPING, BAKING -> d;
            case FULL -> verifyingStaging(d, state, now);
            case VERIFIED -> entering.candidate(d, now);
            case RESTORING -> entering.giveUp(d, ReleasePhase.REJECTED, cause("staging", rollout), now);
            case RESTORED, NOT_ADMITTED -> entering.ended(d, ReleasePhase.REJECTED, cause("staging", rollout), now);
            case DISPLACED -> entering.ended(d, ReleasePhase.SUPERSEDED, cause("staging", rollout), now);
            case UNKNOWN -> entering.needsOperator(d, Trouble.STAGING, forgotten(rollout), now);
        };
    }

    private Dossier verifyingStaging(Dossier d, ReleaseState.Staging state, Instant now) {
        return switch (state.part()) {
            case ROLLING_OUT -> entering.verifyingStaging(d, now);
            case VERIFYING ->
                verdict(d, Steps.ASSESS_STAGING, d.guide().gates(Stage.STAGING), entering::confirmingStaging, now);
            case CONFIRMING -> d;
        };
    }

    private Dossier candidate(Dossier d, ReleaseState.Candidate state, Instant now) {
        Optional<Cause> stopped = Duties.stopped(d, Duty.Before.PRODUCTION);
        if (stopped.isPresent()) {
            return entering.giveUp(d, ReleasePhase.REJECTED, stopped.get(), now);
        }
        Dossier people = dutiesWaived(d, now);
        if (!people.equals(d)) {
            return people;
        }
        return switch (state.ahead()) {
            case HELD -> d.hold() == null ? entering.ahead(d, now) : d;
            case FROZEN -> d.hold() != null || Entering.free(d, now) ? entering.ahead(d, now) : d;
            case STAYING -> d.hold() != null || Stay.rest(d, now).isEmpty() ? entering.ahead(d, now) : d;
            case VERIFYING -> Duties.awaited(d).isEmpty() ? verifyingCandidate(d, state, now) : d;
        };
    }

    private Dossier verifyingCandidate(Dossier d, ReleaseState.Candidate state, Instant now) {
        WayBackStatus wayBack = d.wayBack();
        if (wayBack != null && !wayBack.proven()) {
            Cause why = new Cause(
                    "no-way-back", "The way back is not proven: " + wayBack.detail(), wayBack.kind(), "proven");
            return entering.giveUp(d, ReleasePhase.REJECTED, why, now);
        }
        boolean ready = Steps.fitForProduction(d) && state.seen();
        BiFunction<Dossier, Instant, Dossier> through = Entering.free(d, now) ? entering::rollingOut : entering::ahead;
        BiFunction<Dossier, Instant, Dossier> passed = ready ? through : (same, _) -> same;
        return verdict(d, Steps.ASSESS_CANDIDATE, Steps.candidate(d), passed, now);
    }

    private Dossier rollingOut(Dossier d, ReleaseState.RollingOut state, Instant now) {
        Optional<RolloutStatus> status = d.rollout(PRODUCTION);
        if (status.isEmpty()) {
            return freezing(d, state, now);
        }
        return switch (status.get().phase()) {
            case WAITING -> waiting(d, state, status.get(), now);
            case STARTING, WARMING_UP, STEPPING -> admitted(d, state, now);
            case BAKING, FULL ->
                state.end() != null || ForwardOnly.heldByGit(d).isPresent()
                        ? admitted(d, state, now)
                        : entering.baking(d, status.get(), now);
            case VERIFIED -> entering.merging(d, null, now);
            case RESTORING, RESTORED, UNKNOWN -> goneWrong(d, status.get(), now);
            case DISPLACED -> displaced(d, status.get(), now);
            case NOT_ADMITTED -> notAdmitted(d, state, status.get(), now);
        };
    }

    /** What Git showed when it had its turn counts for that turn alone: a person may have held it since. */
    private static Dossier waiting(Dossier d, ReleaseState.RollingOut state, RolloutStatus status, Instant now) {
        return state.seen() && !status.atTurn()
                ? Change.of(d, now).to(state.seen(false)).done()
                : freezing(d, state, now);
    }

    /** A freeze holds what has not begun. Whether it has, only production can say, so it is asked to let it out. */
    private static Dossier freezing(Dossier d, ReleaseState.RollingOut state, Instant now) {
        boolean begins =
                !state.frozen() && !d.isRollback() && d.freezes().at(now).isPresent();
        return begins ? Change.of(d, now).to(state.freezing()).done() : d;
    }

    /** A rollback is not admitted where production keeps no snapshot of what it would go back to. */
    private Dossier notAdmitted(Dossier d, ReleaseState.RollingOut state, RolloutStatus status, Instant now) {
        ReleasePhase gone = state.end();
        if (gone != null) {
            return entering.ended(d, gone, why(d), now);
        }
        if (state.frozen() && state.withdrawnFor() == null) {
            return entering.takenOut(d, now);
        }
        ReleasePhase end = d.isRollback() ? ReleasePhase.REJECTED : ReleasePhase.SUPERSEDED;
        return entering.ended(d, end, cause("production", status), now);
    }

    /**
     * Answer to Withdraw: production has begun, so the newer release waits, and the freeze stops nothing. What Git does not show
     * any more is taken back; or it is held, where it may only go forward.
     */
    private Dossier admitted(Dossier d, ReleaseState.RollingOut state, Instant now) {
        if (state.end() != null) {
            return entering.unshown(d, now);
        }
        return state.withdraws()
                ? Change.of(d, now)
                        .to(new ReleaseState.RollingOut(state.waits()))
                        .done()
                : d;
    }

    private Dossier baking(Dossier d, ReleaseState.Baking state, Instant now) {
        Optional<RolloutStatus> status = d.rollout(PRODUCTION);
        if (status.isEmpty()) {
            return d;
        }
        return switch (status.get().phase()) {
            case WAITING, STARTING, WARMING_UP, STEPPING, BAKING -> d; // it passes by what production sees, not by time
            case FULL ->
                switch (state.part()) {
                    case ROLLING_OUT -> entering.baked(d, now);
                    case CONFIRMING -> d;
                    case VERIFYING -> productionVerdict(d, now);
                };
            case VERIFIED -> entering.merging(d, null, now);
            case RESTORING, RESTORED, UNKNOWN -> goneWrong(d, status.get(), now);
            case DISPLACED, NOT_ADMITTED -> displaced(d, status.get(), now);
        };
    }

    private Dossier productionVerdict(Dossier d, Instant now) {
        Optional<Cause> stopped = Duties.stopped(d, Duty.Before.END).or(() -> notPassedInProduction(d));
        if (stopped.isPresent()) {
            return entering.wrong(d, stopped.get(), now);
        }
        return Steps.passedInProduction(d) && Duties.awaited(d).isEmpty() ? entering.confirmingProduction(d, now) : d;
    }

    private static Optional<Cause> notPassedInProduction(Dossier d) {
        return d.assessment(Steps.ASSESS_PRODUCTION).flatMap(status -> switch (status.outcome()) {
            case PENDING, UNKNOWN, PASSED -> Optional.empty();
            case FAILED -> Optional.of(cause("gate-failed", status));
            case INCONCLUSIVE -> Optional.of(cause("gate-inconclusive", status));
        });
    }

    /** Bad news is never late: the environment goes back, or has gone back, by itself. */
    private Dossier goneWrong(Dossier d, RolloutStatus status, Instant now) {
        return status.phase() == RolloutStatus.Phase.UNKNOWN
                ? entering.needsOperator(d, Trouble.PRODUCTION, forgotten(status), now)
                : entering.rollingBack(d, false, cause("production", status), now);
    }

    private Dossier displaced(Dossier d, RolloutStatus status, Instant now) {
        return entering.ended(d, ReleasePhase.SUPERSEDED, cause("production", status), now);
    }

    private Dossier restoring(Dossier d, ReleaseState.Restoring state, Instant now) {
        return d.rollout(STAGING)
                .map(status -> switch (status.phase()) {
                    case WAITING, STARTING, WARMING_UP, STEPPING, BAKING, FULL, RESTORING -> d;
                    case RESTORED, DISPLACED, NOT_ADMITTED -> entering.ended(d, state.end(), why(d), now);
                    case VERIFIED -> entering.ended(d, state.end(), why(d), now); // staging leaves it after that
                    case UNKNOWN -> entering.needsOperator(d, Trouble.STAGING, forgotten(status), now);
                })
                .orElse(d);
    }

    private Dossier rollingBack(Dossier d, boolean aborted, Instant now) {
        return d.rollout(PRODUCTION)
                .map(status -> switch (status.phase()) {
                    case WAITING, STARTING, WARMING_UP, STEPPING, BAKING, FULL, RESTORING -> d;
                    case RESTORED -> restored(d, status, now);
                    case VERIFIED -> entering.merging(d, tooLate(d), now);
                    case DISPLACED -> displaced(d, status, now);
                    case NOT_ADMITTED -> entering.ended(d, neverBegan(d, aborted), why(d), now);
                    case UNKNOWN -> entering.needsOperator(d, Trouble.PRODUCTION, forgotten(status), now);
                })
                .orElse(d);
    }

    private static ReleasePhase neverBegan(Dossier d, boolean aborted) {
        if (aborted) {
            return ReleasePhase.ABORTED;
        }
        return switch (why(d).kind()) {
            case Overdue.KIND -> ReleasePhase.EXPIRED;
            case Taking.GONE -> ReleasePhase.REJECTED;
            default -> ReleasePhase.SUPERSEDED;
        };
    }

    /** A person took production's word for given; if it says otherwise after all, that counts. */
    private Dossier merging(Dossier d, Instant now) {
        Optional<RolloutStatus> back = d.rollout(PRODUCTION)
                .filter(status -> status.phase() == RolloutStatus.Phase.RESTORING
                        || status.phase() == RolloutStatus.Phase.RESTORED);
        return back.isPresent() ? goneWrong(d, back.get(), now) : entering.regressed(d, now);
    }

    /** What is not found takes nothing back: an operator is asked. Bad news of production comes first. */
    private Dossier arriving(Dossier d, Instant now) {
        Dossier told = merging(d, now);
        if (!told.equals(d)) {
            return told;
        }
        return look(d).map(status -> switch (status.outcome()) {
                    case PENDING, UNKNOWN -> d;
                    case PASSED -> Steps.allPassed(status, Steps.arrival(d)) ? entering.arrived(d, now) : d;
                    case FAILED -> entering.needsOperator(d, Trouble.ARRIVING, cause("not-arrived", status), now);
                    case INCONCLUSIVE ->
                        entering.needsOperator(d, Trouble.ARRIVING, cause("arrival-inconclusive", status), now);
                })
                .orElse(d);
    }

    /** What the present look for what was published has come to. */
    private static Optional<AssessmentStatus> look(Dossier d) {
        return d.assessment(Steps.ASSESS_ARRIVAL)
                .filter(status -> status.question().equals(d.question(Steps.ASSESS_ARRIVAL)));
    }

    private Dossier ended(Dossier d, ReleaseState.Ended state, Instant now) {
        String environment = state.lettingGo();
        if (environment != null && Questions.settled(d, environment)) {
            return Change.of(d, now).to(new ReleaseState.Ended(state.phase())).done();
        }
        if (environment == null && leavesStaging(d, state)) {
            return Change.of(d, now)
                    .to(new ReleaseState.Ended(state.phase(), STAGING))
                    .done();
        }
        boolean stays = state.phase() == ReleasePhase.COMPLETED && !Consequences.settled(d);
        return stays ? entering.regressed(d, now) : d;
    }

    /** Staging has verified it and is not to keep it: asked after the end, for which nobody has to wait longer (ADR 32). */
    private static boolean leavesStaging(Dossier d, ReleaseState.Ended state) {
        boolean verified = d.rollout(STAGING)
                .filter(status -> status.phase() == RolloutStatus.Phase.VERIFIED)
                .isPresent();
        return state.phase() != ReleasePhase.COMPLETED && verified && !Questions.settled(d, STAGING);
    }

    private Dossier restored(Dossier d, RolloutStatus status, Instant now) {
        if (status.running() == null) {
            Cause before = why(d);
            Cause nothing = new Cause(
                    before.kind(),
                    Texts.sentence(before.text())
                            + " There was nothing to go back to: production answers 503, the process is left for"
                            + " inspection.",
                    before.observed(),
                    before.limit());
            return entering.needsOperator(d, Trouble.NOTHING_TO_RESTORE, Disruptions.told(d, nothing), now);
        }
        return entering.ended(d, ReleasePhase.ROLLED_BACK, why(d), now);
    }

    /** An operator is needed, but the answer may still come. */
    private Dossier lateAnswer(Dossier d, ReleaseState.NeedsOperator state, Instant now) {
        return switch (state.trouble()) {
            case MERGING -> merging(d, now);
            case ARRIVING ->
                look(d).filter(status -> status.outcome() == AssessmentStatus.Outcome.PASSED
                                && Steps.allPassed(status, Steps.arrival(d)))
                        .map(_ -> entering.arrived(d, now))
                        .orElseGet(() -> merging(d, now));
            case NOTHING_TO_RESTORE -> d;
            case STAGING ->
                d.rollout(STAGING)
                        .filter(status -> switch (status.phase()) {
                            case RESTORED, DISPLACED, NOT_ADMITTED, VERIFIED -> true;
                            case WAITING, STARTING, WARMING_UP, STEPPING, BAKING, FULL, RESTORING, UNKNOWN -> false;
                        })
                        .map(_ -> entering.ended(d, ReleasePhase.REJECTED, why(d), now))
                        .orElse(d);
            case PRODUCTION, CONFIRMING ->
                d.rollout(PRODUCTION)
                        .map(status -> switch (status.phase()) {
                            case WAITING, STARTING, WARMING_UP, STEPPING, BAKING, FULL, RESTORING, UNKNOWN -> d;
                            case RESTORED -> restored(d, status, now);
                            case VERIFIED -> entering.merging(d, null, now);
                            case DISPLACED, NOT_ADMITTED -> displaced(d, status, now);
                        })
                        .orElse(d);
        };
    }

    static Cause why(Dossier d) {
        Cause cause = d.cause();
        return cause == null ? Cause.of("errored", "No cause is on record.") : cause;
    }

    private static Cause tooLate(Dossier d) {
        Cause before = why(d);
        return new Cause(
                "too-late",
                "Going back came too late, production had verified it already. It was: %s %s"
                        .formatted(Texts.sentence(before.text()), Entering.wayBack(d)),
                before.observed(),
                before.limit());
    }

    private static Cause forgotten(RolloutStatus status) {
        return Cause.of(
                "unknown",
                "Environment %s does not know this rollout any more. Look at what runs there, then retry or resolve."
                        .formatted(status.environment()));
    }

    /** The first gate that did not pass. */
    private static Cause cause(String kind, AssessmentStatus status) {
        return status.gates().stream()
                .filter(gate -> gate.complete()
                        && gate.verdict() != GateVerdict.Verdict.PASSED
                        && gate.verdict() != GateVerdict.Verdict.WAIVED)
                .findFirst()
                .map(gate -> new Cause(
                        kind, "Gate %s: %s".formatted(gate.gate(), gate.cause()), gate.observed(), gate.rule()))
                .orElse(Cause.of(kind, "The gates did not pass."));
    }

    private static Cause cause(String where, RolloutStatus status) {
        RolloutStatus.RolloutCause cause = status.cause();
        if (cause != null) {
            return new Cause(cause.kind(), cause.text(), cause.observed(), cause.limit());
        }
        return switch (status.phase()) {
            case DISPLACED -> Cause.of("displaced", "A newer rollout took its place in the queue of " + where + ".");
            case NOT_ADMITTED ->
                Cause.of("withdrawn", "It withdrew from the queue of " + where + " for a newer release.");
            case RESTORING, RESTORED -> Cause.of("rolled-back", "The environment " + where + " went back.");
            case WAITING, STARTING, WARMING_UP, STEPPING, BAKING, FULL, VERIFIED, UNKNOWN ->
                Cause.of("errored", "The rollout in " + where + " stopped.");
        };
    }
}
