package dev.slipway.release.saga;

import static dev.slipway.contracts.EnvironmentId.PRODUCTION;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.saga.ReleaseInput.Abort;
import dev.slipway.release.saga.ReleaseInput.Pause;
import dev.slipway.release.saga.ReleaseInput.Promote;
import dev.slipway.release.saga.ReleaseInput.Request;
import dev.slipway.release.saga.ReleaseInput.Resolve;
import dev.slipway.release.saga.ReleaseInput.Resume;
import dev.slipway.release.saga.ReleaseInput.Retry;
import dev.slipway.release.saga.ReleaseState.Trouble;
import java.time.Instant;
import java.util.Optional;

/** What people may ask of a release in each of its states. */
final class Steering {
    private final Entering entering;
    private final SagaLimits limits;

    Steering(Entering entering, SagaLimits limits) {
        this.entering = entering;
        this.limits = limits;
    }

    /** Abort is accepted in every state that is no end, and wins. */
    Decision<Dossier> abort(Dossier d, Abort abort, Instant now) {
        Cause why = Cause.of("aborted", "Aborted by %s%s".formatted(person(abort), said(abort.reason())));
        return switch (d.state()) {
            case ReleaseState.Unheard _, ReleaseState.Ended _ -> notNow(d, "abort");
            case ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Staging _,
                    ReleaseState.Candidate _ ->
                did(abort, "abort", entering.giveUp(d, ReleasePhase.ABORTED, why, now), now);
            case ReleaseState.RollingOut _, ReleaseState.Baking _ ->
                did(abort, "abort", entering.rollingBack(d, true, why, now), now);
            case ReleaseState.Merging _ -> did(abort, "abort", mergeSkipped(d, why, now), now);
            case ReleaseState.Restoring restoring ->
                did(
                        abort,
                        "abort",
                        Change.of(d, now)
                                .to(new ReleaseState.Restoring(ReleasePhase.ABORTED, restoring.waits()))
                                .because(why)
                                .done(),
                        now);
            case ReleaseState.RollingBack _ ->
                did(abort, "abort, which changes nothing: production goes back already", d, now);
            case ReleaseState.NeedsOperator needs -> did(abort, "abort", abortTrouble(d, needs, why, now), now);
        };
    }

    private Dossier abortTrouble(Dossier d, ReleaseState.NeedsOperator needs, Cause why, Instant now) {
        return switch (needs.trouble()) {
            case STAGING -> entering.ended(d, ReleasePhase.ABORTED, why, now);
            case NOTHING_TO_RESTORE -> entering.ended(d, ReleasePhase.ROLLED_BACK, why, now);
            case PRODUCTION, CONFIRMING -> entering.rollingBack(forgetting(d, now), true, why, now);
            case MERGING -> mergeSkipped(d, why, now);
        };
    }

    private Dossier mergeSkipped(Dossier d, Cause why, Instant now) {
        return entering.ended(
                d,
                ReleasePhase.COMPLETED,
                Entering.completed("It is in production; the merge was skipped. " + why.text()),
                now);
    }

    Decision<Dossier> pause(Dossier d, Pause pause, Instant now) {
        return command(d, pause, "pause", DeploymentTypes.PAUSE, pause.reason(), false, now);
    }

    Decision<Dossier> resume(Dossier d, Resume resume, Instant now) {
        return command(d, resume, "resume", DeploymentTypes.RESUME, resume.reason(), false, now);
    }

    Decision<Dossier> promote(Dossier d, Promote promote, Instant now) {
        return command(d, promote, "promote", DeploymentTypes.PROMOTE, promote.reason(), promote.full(), now);
    }

    private Decision<Dossier> command(
            Dossier d, Request request, String name, String type, String reason, boolean full, Instant now) {
        if (!(d.state() instanceof ReleaseState.RollingOut)) {
            return notNow(d, name);
        }
        return did(request, name + said(reason), d, now)
                .and(Questions.rolloutCommand(
                        d, PRODUCTION, type, reason.isBlank() ? name : reason, request.by(), full));
    }

    Decision<Dossier> retry(Dossier d, Retry retry, Instant now) {
        if (!(d.state() instanceof ReleaseState.NeedsOperator needs)) {
            return notNow(d, "retry");
        }
        return switch (needs.trouble()) {
            case MERGING -> did(retry, "retry", entering.merging(d, null, now), now);
            case CONFIRMING -> did(retry, "retry", entering.confirmingProduction(d, now), now);
            case PRODUCTION ->
                did(retry, "retry", entering.rollingBack(forgetting(d, now), false, Advancing.why(d), now), now);
            case STAGING ->
                did(
                        retry,
                        "retry",
                        Change.of(forgetting(d, now), now)
                                .to(new ReleaseState.Restoring(
                                        ReleasePhase.REJECTED, Wait.from(now, limits.restoreWithin())))
                                .done(),
                        now);
            case NOTHING_TO_RESTORE -> notNow(d, "retry");
        };
    }

    Decision<Dossier> resolve(Dossier d, Resolve resolve, Instant now) {
        if (!(d.state() instanceof ReleaseState.NeedsOperator needs)) {
            return notNow(d, "resolve");
        }
        Cause why = Cause.of("resolved", "Resolved by %s%s".formatted(person(resolve), said(resolve.reason())));
        return did(
                resolve,
                "resolve" + said(resolve.reason()),
                switch (needs.trouble()) {
                    case MERGING -> entering.ended(d, ReleasePhase.COMPLETED, why, now);
                    case CONFIRMING -> entering.merging(d, null, now);
                    case PRODUCTION, NOTHING_TO_RESTORE -> entering.ended(d, ReleasePhase.ROLLED_BACK, why, now);
                    case STAGING -> entering.ended(d, ReleasePhase.REJECTED, why, now);
                },
                now);
    }

    /** Newest wins, unless production has begun; whether it has, only the environment can say. */
    Dossier superseded(Dossier d, ReleaseId by, Instant now) {
        Cause why = Cause.of("superseded", "Release " + by + " is newer.");
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
                                .to(new ReleaseState.RollingOut(rollingOut.waits(), by))
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

    private static boolean begun(Dossier d) {
        Optional<RolloutStatus> status = d.rollout(PRODUCTION);
        return status.isPresent() && status.get().phase() != RolloutStatus.Phase.WAITING;
    }

    /** An answer for good that was no answer: asking again only helps if it is not found again at once. */
    private static Dossier forgetting(Dossier d, Instant now) {
        return Change.of(d, now).withoutUnknownRollouts().done();
    }

    private Decision<Dossier> did(Request request, String what, Dossier after, Instant now) {
        Dossier noted = Change.of(after, now)
                .note(request.by(), what, limits.notesMax())
                .request(request.key(), limits.requestsRemembered())
                .done();
        return Decision.move(noted).because(what + ", by " + person(request));
    }

    private static Decision<Dossier> notNow(Dossier d, String what) {
        return Decision.refuse(
                d,
                new Refusal(
                        "not-now",
                        "Release %s is %s, where %s is not possible. Possible: %s."
                                .formatted(d.id(), d.state().phase(), what, possible(d))));
    }

    private static String possible(Dossier d) {
        return switch (d.state()) {
            case ReleaseState.Unheard _, ReleaseState.Ended _ -> "nothing, it has ended; propose a higher version";
            case ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.Staging _,
                    ReleaseState.Candidate _,
                    ReleaseState.Baking _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _ -> "abort";
            case ReleaseState.AwaitingApproval _ -> "approvals, abort";
            case ReleaseState.RollingOut _ -> "pause, resume, promote, abort";
            case ReleaseState.NeedsOperator needs ->
                needs.trouble() == Trouble.NOTHING_TO_RESTORE ? "resolve, abort" : "retry, resolve, abort";
        };
    }

    private static String person(Request request) {
        return request.by().startsWith("user:") ? request.by().substring("user:".length()) : request.by();
    }

    private static String said(String reason) {
        return reason.isBlank() ? "" : ": " + reason.strip();
    }
}
