package dev.slipway.release.saga;

import static dev.slipway.contracts.EnvironmentId.PRODUCTION;
import static dev.slipway.contracts.EnvironmentId.STAGING;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.application.Freezes;
import dev.slipway.release.application.Hold;
import dev.slipway.release.saga.ReleaseInput.Fixed;
import dev.slipway.release.saga.ReleaseInput.Superseded;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What other releases of the same application mean for this one: make room, hold on, hand over. */
final class Yielding {
    private final Entering entering;
    private final SagaLimits limits;

    Yielding(Entering entering, SagaLimits limits) {
        this.entering = entering;
        this.limits = limits;
    }

    /** Newest wins, unless production has begun; whether it has, only the environment can say. A way back stays. */
    Dossier superseded(Dossier d, Superseded newer, Instant now) {
        boolean ofAnotherRevision = d.isConfiguration() && newer.head() != null; // it brings none
        if (d.launch() == null || d.isRollback() || ownRevision(d, newer) || ofAnotherRevision) {
            return d;
        }
        if (newer.head() != null && !concerns(d, newer)) {
            return leaving(d, newer, now);
        }
        Cause why = Cause.of("superseded", why(newer));
        return switch (d.state()) {
            case ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Staging _,
                    ReleaseState.Candidate _ -> entering.giveUp(d, ReleasePhase.SUPERSEDED, why, now);
            case ReleaseState.RollingOut rollingOut ->
                begun(d)
                        ? d
                        : Change.of(d, now)
                                .to(rollingOut.withdrawingFor(by(newer)))
                                .done();
            case ReleaseState.Unheard _,
                    ReleaseState.Baking _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _,
                    ReleaseState.Ended _ -> d;
        };
    }

    /**
     * Whether the push leaves it on no branch whose head it is. Where its branches are not known yet, and releases are made of
     * several, reading the revision shows it.
     */
    private static boolean concerns(Dossier d, Superseded newer) {
        if (newer.branches().isEmpty()) {
            return true;
        }
        return d.branches().isEmpty()
                ? d.guide().source().isOneBranch() || !(d.state() instanceof ReleaseState.Proposed)
                : newer.branches().containsAll(d.branches());
    }

    private static Dossier leaving(Dossier d, Superseded newer, Instant now) {
        List<String> left = d.branches().stream()
                .filter(branch -> !newer.branches().contains(branch))
                .toList();
        boolean open = !(d.state() instanceof ReleaseState.Ended);
        return open && left.size() < d.branches().size()
                ? Change.of(d, now).branches(left).done()
                : d;
    }

    private static boolean ownRevision(Dossier d, Superseded newer) {
        Sha head = newer.head();
        return head != null && head.equals(d.release().proposal().sha());
    }

    private static String by(Superseded newer) {
        ReleaseId release = newer.by();
        Sha head = newer.head();
        return release != null ? release.value() : head != null ? head.value() : "";
    }

    private static String why(Superseded newer) {
        Sha head = newer.head();
        if (head != null) {
            return "The source branch has moved on to %s.".formatted(head.brief());
        }
        return newer.overtaken()
                ? "Production got traffic of %s meanwhile, which is a higher version. An operator can propose this one as a hotfix, with a reason."
                        .formatted(by(newer))
                : "Release %s is newer.".formatted(by(newer));
    }

    /** Whether the environment has said that it works on this rollout. */
    static boolean begun(Dossier d) {
        Optional<RolloutStatus> status = d.rollout(PRODUCTION);
        return status.isPresent() && status.get().phase() != RolloutStatus.Phase.WAITING;
    }

    /** Before production it is held, or no longer; once production has begun, its own judgement counts. */
    Dossier held(Dossier d, Hold hold, Instant now) {
        return switch (d.state()) {
            case ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Staging _,
                    ReleaseState.Candidate _ -> heldBefore(d, hold, now);
            case ReleaseState.RollingOut _ -> begun(d) ? d : heldBefore(d, hold, now);
            case ReleaseState.Unheard _,
                    ReleaseState.Baking _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _,
                    ReleaseState.Ended _ -> d;
        };
    }

    /**
     * When nothing begins production, the present policy says; a freeze never stops what has begun, and no way back. Whether
     * one that waits in production's queue is taken out of it follows from where it is.
     */
    Dossier frozen(Dossier d, Freezes freezes, Instant now) {
        return switch (d.state()) {
            case ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Staging _ -> Change.of(d, now).freezes(freezes).done();
            case ReleaseState.Candidate candidate -> {
                Dossier changed = Change.of(d, now).freezes(freezes).done();
                yield candidate.ahead() == ReleaseState.Ahead.FROZEN ? entering.ahead(changed, now) : changed;
            }
            case ReleaseState.RollingOut _ ->
                begun(d) || d.isRollback()
                        ? d
                        : Change.of(d, now).freezes(freezes).done();
            case ReleaseState.Unheard _,
                    ReleaseState.Baking _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _,
                    ReleaseState.Ended _ -> d;
        };
    }

    private static Dossier heldBefore(Dossier d, Hold hold, Instant now) {
        Change change = Change.of(d, now);
        if (hold.ordinal() > d.ordinal()) {
            change.rank(hold.ordinal());
        }
        Hold before = d.hold();
        return switch (hold.kind()) {
            case BLOCKED, HELD ->
                d.isRollback() || d.fixes(hold.by()) ? d : change.hold(hold).done();
            case LIFTED -> {
                boolean blocked = before != null
                        && before.kind() == Hold.Kind.BLOCKED
                        && before.by().equals(hold.by());
                yield blocked ? change.hold(null).done() : change.done();
            }
            case UNKNOWN -> d;
        };
    }

    /** A release that an operator proposed to fix this one needs its place: this one goes out of the way. */
    Dossier fixed(Dossier d, Fixed fixed, Instant now) {
        if (!(d.state() instanceof ReleaseState.NeedsOperator needs)) {
            return d;
        }
        Cause before = Advancing.why(d);
        Cause why = new Cause(
                before.kind(),
                "%s Release %s fixes it.".formatted(before.text(), fixed.by()),
                before.observed(),
                before.limit());
        boolean production = fixed.environment().equals(PRODUCTION);
        boolean staging = fixed.environment().equals(STAGING);
        return switch (needs.trouble()) {
            case STAGING -> staging ? restoring(d, why, now) : d;
            case PRODUCTION, CONFIRMING ->
                production && !ForwardOnly.forbidsGoingBack(d) // else production hands its place over by itself
                        ? entering.rollingBack(Steering.forgetting(d, now), false, why, now)
                        : d;
            case NOTHING_TO_RESTORE -> production ? entering.ended(d, ReleasePhase.ROLLED_BACK, why, now) : d;
            case MERGING, ARRIVING ->
                production
                        ? entering.ended(
                                d,
                                ReleasePhase.COMPLETED,
                                Entering.completed("It is in production; %s is left to %s, which fixes it."
                                        .formatted(
                                                needs.trouble() == ReleaseState.Trouble.MERGING
                                                        ? "the merge"
                                                        : "what was published",
                                                fixed.by())),
                                now)
                        : d;
        };
    }

    private Dossier restoring(Dossier d, Cause why, Instant now) {
        return Change.of(Steering.forgetting(d, now), now)
                .to(new ReleaseState.Restoring(ReleasePhase.REJECTED, Wait.from(now, limits.restoreWithin())))
                .because(why)
                .done();
    }
}
