package dev.slipway.release.saga;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.VoteView;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.release.application.Hold;
import dev.slipway.release.saga.ReleaseState.Trouble;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What happens when a wait is over. A deadline that comes much too late is that of a machine that slept or of a clock that
 * jumped: the wait begins again, once. And it asks once more before it acts, wherever somebody or something is asked.
 */
final class Overdue {
    static final String KIND = "overdue";

    private static final String UNSEEN =
            "Git did not show in time, before production, whether the revision is still where releases are made.";

    private final Entering entering;
    private final Questions questions;
    private final SagaLimits limits;
    private final DutyWaivers dutyWaivers;

    Overdue(Entering entering, Questions questions, SagaLimits limits) {
        this.entering = entering;
        this.questions = questions;
        this.limits = limits;
        this.dutyWaivers = new DutyWaivers(limits);
    }

    Dossier timedOut(Dossier d, Instant now) {
        Wait wait = d.state().waits();
        if (wait == null) {
            return d;
        }
        boolean asks = !questions.open(d).isEmpty() || Work.of(d).isPresent();
        boolean late = now.isAfter(wait.until().plus(limits.sleepAfter()));
        boolean people = d.state() instanceof ReleaseState.AwaitingApproval
                || !Duties.awaited(d).isEmpty();
        if (late && !wait.restarted() && (asks || people)) {
            return Change.of(d, now).to(d.state().waiting(wait.restarted(now))).done();
        }
        if (asks && !wait.asked()) {
            return Change.of(d, now)
                    .to(d.state().waiting(wait.askedOnceMore(now, limits.answerGrace())))
                    .done();
        }
        return act(d, now);
    }

    private Dossier act(Dossier d, Instant now) {
        Optional<Cause> held = ForwardOnly.held(d).filter(_ -> !(d.state() instanceof ReleaseState.NeedsOperator));
        if (held.isPresent()) {
            return entering.reminded(d, Milestone.Kind.PAUSED, held.get(), now);
        }
        Optional<GateVerdict> unwaived = Waivers.awaited(d);
        if (unwaived.isPresent()) {
            return notWaived(d, unwaived.get(), now);
        }
        Optional<Duty> failed = DutyWaivers.stopped(d);
        if (failed.isPresent()) {
            return entering.giveUp(d, ReleasePhase.REJECTED, DutyWaivers.inVain(d, failed.get()), now);
        }
        List<Duty> unanswered = Duties.late(d, now);
        if (!unanswered.isEmpty()) {
            return unanswered(d, unanswered.getFirst(), now);
        }
        return switch (d.state()) {
            case ReleaseState.Unheard _, ReleaseState.Ended _ -> d;
            case ReleaseState.Proposed _ -> giveUp(d, "The revision could not be read from Git in time.", now);
            case ReleaseState.Validating _ -> giveUp(d, "The gates were not answered in time.", now);
            case ReleaseState.AwaitingApproval _ ->
                Votes.hasPassed(d, now) && Duties.awaited(d).isEmpty() ? d : notApproved(d, now);
            case ReleaseState.Staging _ -> giveUp(d, "Staging did not get there in time.", now);
            case ReleaseState.Candidate candidate -> candidate(d, candidate, now);
            case ReleaseState.RollingOut state -> rollingOut(d, state, now);
            case ReleaseState.Baking baking -> baking(d, baking, now);
            case ReleaseState.Merging merging ->
                merging.looks()
                        ? entering.needsOperator(
                                d,
                                Trouble.ARRIVING,
                                overdue("Nobody has said in time whether what was published is there."),
                                now)
                        : entering.needsOperator(d, Trouble.MERGING, overdue("Merging did not end in time."), now);
            case ReleaseState.Restoring _ ->
                entering.needsOperator(d, Trouble.STAGING, overdue("Staging does not say that it is restored."), now);
            case ReleaseState.RollingBack _ ->
                entering.needsOperator(
                        d, Trouble.PRODUCTION, overdue("Production does not say that it went back."), now);
            case ReleaseState.NeedsOperator _ ->
                entering.reminded(d, Milestone.Kind.NEEDS_OPERATOR, Advancing.why(d), now);
        };
    }

    /** Who may waive it is asked first; production goes back for what nobody may waive there. */
    private Dossier unanswered(Dossier d, Duty duty, Instant now) {
        if (d.state() instanceof ReleaseState.Baking) {
            return entering.wrong(d, Duties.late(d, duty), now);
        }
        boolean asks = DutyWaivers.isWaivable(d, duty)
                && DutyWaivers.asked(d).filter(duty::equals).isEmpty();
        return asks
                ? dutyWaivers.late(d, duty, now)
                : entering.giveUp(d, ReleasePhase.EXPIRED, Duties.late(d, duty), now);
    }

    private Dossier candidate(Dossier d, ReleaseState.Candidate state, Instant now) {
        return switch (state.ahead()) {
            case HELD -> {
                Hold hold = d.hold();
                yield hold == null ? d : entering.reminded(d, Milestone.Kind.PAUSED, Entering.held(hold), now);
            }
            case FROZEN, STAYING -> entering.ahead(d, now);
            case VERIFYING ->
                giveUp(
                        d,
                        Work.looksAgain(d) ? UNSEEN : "What is looked at before production was not answered in time.",
                        now);
        };
    }

    /** What leaves production's queue goes back by its reason to leave; where it may only go forward, people are asked. */
    private Dossier rollingOut(Dossier d, ReleaseState.RollingOut state, Instant now) {
        if (Work.looksAgain(d)) {
            return entering.leavingQueue(d, state, ReleasePhase.EXPIRED, overdue(UNSEEN), now);
        }
        if (state.end() == null) {
            return rollingOut(d, "Production did not get further in time.", now);
        }
        Cause why = Advancing.why(d);
        return ForwardOnly.isMeant(d)
                ? entering.reminded(d, Milestone.Kind.PAUSED, why, now)
                : entering.rollingBack(d, false, why, now);
    }

    /** A rollout that waits for a person goes on waiting: they are told again. */
    private Dossier rollingOut(Dossier d, String late, Instant now) {
        return d.rollout(EnvironmentId.PRODUCTION)
                .filter(RolloutStatus::paused)
                .map(paused -> entering.reminded(d, Milestone.Kind.PAUSED, Recording.paused(paused), now))
                .orElseGet(() -> ForwardOnly.isMeant(d)
                        ? entering.reminded(d, Milestone.Kind.PAUSED, overdue(late), now)
                        : entering.rollingBack(d, false, overdue(late), now));
    }

    private Dossier baking(Dossier d, ReleaseState.Baking state, Instant now) {
        return switch (state.part()) {
            case ROLLING_OUT -> rollingOut(d, "Production does not say that the bake has passed.", now);
            case VERIFYING -> entering.wrong(d, overdue("The production gates were not answered in time."), now);
            case CONFIRMING ->
                entering.needsOperator(
                        d, Trouble.CONFIRMING, overdue("Production does not confirm what it runs."), now);
        };
    }

    private Dossier giveUp(Dossier d, String text, Instant now) {
        return entering.giveUp(d, ReleasePhase.EXPIRED, overdue(text), now);
    }

    /** It ends as it would have without people being asked. */
    private Dossier notWaived(Dossier d, GateVerdict gate, Instant now) {
        boolean failed = gate.verdict() == GateVerdict.Verdict.FAILED;
        Cause why = new Cause(
                failed ? "gate-failed" : "gate-inconclusive",
                "Gate %s: %s Nobody has waived it in time.".formatted(gate.gate(), gate.cause()),
                gate.observed(),
                gate.rule());
        return entering.giveUp(d, failed ? ReleasePhase.REJECTED : ReleasePhase.EXPIRED, why, now);
    }

    private Dossier notApproved(Dossier d, Instant now) {
        List<String> missing = Approvers.missing(d);
        Cause why = new Cause(
                "expired",
                "Not enough people approved it in time."
                        + (missing.isEmpty() ? "" : " Nobody did for: %s.".formatted(String.join(", ", missing))),
                Integer.toString(d.approvals().size()),
                Integer.toString(d.guide().approvals().required()));
        Dossier counted = Votes.hasPassed(d, now)
                ? d
                : Change.of(d, now)
                        .ballot(Ballot.of(d).decided(Votes.tally(d, VoteView.Outcome.EXPIRED, now)))
                        .done();
        return entering.giveUp(counted, ReleasePhase.EXPIRED, why, now);
    }

    private static Cause overdue(String text) {
        return Cause.of(KIND, text);
    }
}
