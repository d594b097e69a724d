package dev.slipway.release.saga;

import static dev.slipway.contracts.EnvironmentId.PRODUCTION;
import static dev.slipway.contracts.EnvironmentId.STAGING;

import dev.slipway.contracts.deployment.DeploymentTypes;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.application.Hold;
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
import org.jspecify.annotations.Nullable;

/**
 * What people may ask of a release in each of its states. What is taken leaves a note with the answer: what was done, or
 * why it changes nothing. What cannot be is refused with what can.
 */
final class Steering {
    static final String ABORTED = "aborted";

    private final Entering entering;
    private final SagaLimits limits;

    Steering(Entering entering, SagaLimits limits) {
        this.entering = entering;
        this.limits = limits;
    }

    /** What a person is told. */
    private record Answer(boolean done, String text) {
        static Answer done(String text) {
            return new Answer(true, text);
        }

        static Answer inVain(String text) {
            return new Answer(false, text);
        }
    }

    /** Abort is accepted in every state that is no end, and wins. */
    Decision<Dossier> abort(Dossier d, Abort abort, Instant now) {
        if (ForwardOnly.forbidsGoingBack(d) && abort.althoughForwardOnly() == null) {
            return Decision.refuse(d, ForwardOnly.refusal(d, "abort it"));
        }
        Cause why = Cause.of(
                ABORTED, "Aborted by %s%s%s".formatted(person(abort), said(abort.reason()), although(d, abort)));
        Change change = Change.of(d, now);
        return switch (d.state()) {
            case ReleaseState.Unheard _, ReleaseState.Ended _ -> notNow(d, "abort", null);
            case ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Candidate _ ->
                did(
                        abort,
                        Answer.done("Aborted. Production was not touched; the version can be proposed again."),
                        entering.giveUp(d, ReleasePhase.ABORTED, why, now),
                        now);
            case ReleaseState.Staging _ ->
                did(
                        abort,
                        Answer.done(
                                "Aborted. Staging goes back to what it ran before, if there was anything; production"
                                        + " was not touched."),
                        entering.giveUp(d, ReleasePhase.ABORTED, why, now),
                        now);
            case ReleaseState.RollingOut _, ReleaseState.Baking _ ->
                did(
                        abort,
                        Answer.done("Aborted. " + Telling.goingBack(d)),
                        entering.rollingBack(d, true, why, now),
                        now);
            case ReleaseState.Merging merging ->
                merging.looks()
                        ? did(abort, unlooked(d), unlooked(d, why, now), now)
                        : did(abort, mergeSkipped(d), mergeSkipped(d, why, now), now);
            case ReleaseState.Restoring _ ->
                did(
                        abort,
                        Answer.inVain("On record, but it changes nothing: staging goes back already."),
                        change.done(),
                        now);
            case ReleaseState.RollingBack _ ->
                did(
                        abort,
                        Answer.inVain("On record, but it changes nothing: production goes back already."),
                        change.done(),
                        now);
            case ReleaseState.NeedsOperator needs -> abortTrouble(d, needs, abort, why, now);
        };
    }

    private static String although(Dossier d, Abort abort) {
        String reason = abort.althoughForwardOnly();
        return reason == null || !ForwardOnly.isMeant(d)
                ? ""
                : ". It is taken back although it may only go forward (%s)%s"
                        .formatted(ForwardOnly.reason(d), said(reason));
    }

    private Decision<Dossier> abortTrouble(
            Dossier d, ReleaseState.NeedsOperator needs, Abort abort, Cause why, Instant now) {
        return switch (needs.trouble()) {
            case STAGING ->
                did(
                        abort,
                        Answer.done("Aborted. Staging is asked once more to go back."),
                        restoring(d, ReleasePhase.ABORTED, why, now),
                        now);
            case NOTHING_TO_RESTORE ->
                did(
                        abort,
                        Answer.done("Aborted. There was nothing to go back to; nothing serves production's traffic."),
                        entering.ended(d, ReleasePhase.ROLLED_BACK, why, now),
                        now);
            case PRODUCTION, CONFIRMING ->
                did(
                        abort,
                        Answer.done("Aborted. " + Telling.goingBack(d)),
                        entering.rollingBack(forgetting(d, now), true, why, now),
                        now);
            case MERGING -> did(abort, mergeSkipped(d), mergeSkipped(d, why, now), now);
            case ARRIVING -> did(abort, unlooked(d), unlooked(d, why, now), now);
        };
    }

    private Dossier mergeSkipped(Dossier d, Cause why, Instant now) {
        return entering.ended(
                d,
                ReleasePhase.COMPLETED,
                Entering.completed("It is in production; the merge was skipped. " + why.text()),
                now);
    }

    private static Answer mergeSkipped(Dossier d) {
        return Answer.done(
                "The merge is skipped. Production has verified the version and keeps it. " + Entering.wayBack(d) + ".");
    }

    private Dossier unlooked(Dossier d, Cause why, Instant now) {
        return entering.ended(
                d,
                ReleasePhase.COMPLETED,
                Entering.completed("It is in production; what was published was not found before. " + why.text()),
                now);
    }

    private static Answer unlooked(Dossier d) {
        return Answer.done(
                "What was published is looked for no longer. Production has verified the version and keeps it. "
                        + Entering.wayBack(d) + ".");
    }

    Decision<Dossier> pause(Dossier d, Pause pause, Instant now) {
        if (!moving(d)) {
            return notNow(d, "pause", null);
        }
        RolloutStatus status = d.rollout(PRODUCTION).orElse(null);
        if (status != null && status.paused()) {
            return did(pause, Answer.inVain("It is paused already."), d, now);
        }
        if (status == null || status.phase() == Phase.WAITING) {
            return notNow(d, "pause", "It has no share of production yet, so there is nothing to keep.");
        }
        Answer answer = Answer.done("Production is asked to stay at %d %%. To go on: ./slipway release resume %s"
                .formatted(status.trafficPercent(), d.id()));
        return command(d, pause, answer, DeploymentTypes.PAUSE, pause.reason(), now);
    }

    /** Before production a resume lifts the hold of a rollback; in production it goes on with the steps. */
    Decision<Dossier> resume(Dossier d, Resume resume, Instant now) {
        Hold hold = d.hold();
        Optional<Cause> heldByGates = ForwardOnly.heldByGates(d);
        if (heldByGates.isPresent()) {
            return inSpiteOf(d, resume, heldByGates.get(), now);
        }
        Optional<Cause> heldByGit = ForwardOnly.heldByGit(d);
        if (heldByGit.isPresent()) {
            Answer answer = Answer.done("Production is asked to go on in spite of this: "
                    + heldByGit.get().text());
            return command(overruled(d, now), resume, answer, DeploymentTypes.RESUME, resume.reason(), now);
        }
        boolean rollingOut = moving(d);
        boolean begun = Yielding.begun(d);
        if (hold != null && hold.kind() == Hold.Kind.BLOCKED && !begun && before(d)) {
            return notNow(
                    d,
                    "resume",
                    "%s Deal with that one first: ./slipway release show %s, then retry, resolve or abort it; or propose a release that fixes it."
                            .formatted(Entering.held(hold).text(), hold.by()));
        }
        if (rollingOut) {
            boolean paused = d.rollout(PRODUCTION).filter(RolloutStatus::paused).isPresent();
            return paused
                    ? command(
                            Change.of(d, now).hold(null).done(),
                            resume,
                            Answer.done(goesOn(d)),
                            DeploymentTypes.RESUME,
                            resume.reason(),
                            now)
                    : did(resume, Answer.inVain("It is not paused."), d, now);
        }
        if (hold != null && before(d)) {
            Answer answer =
                    Answer.done("It is held no longer, and goes to production once everything before has passed.");
            return did(resume, answer, Change.of(d, now).hold(null).done(), now);
        }
        return notNow(d, "resume", null);
    }

    /** A person goes on with what may only go forward, whatever was found of it when users had it. */
    private Decision<Dossier> inSpiteOf(Dossier d, Request request, Cause found, Instant now) {
        Answer answer = Answer.done(
                "It goes on in spite of this: %s Production is asked to confirm the version.".formatted(found.text()));
        Dossier going = entering.confirmingProduction(d, now);
        return d.rollout(PRODUCTION).filter(ForwardOnly::isHeld).isPresent()
                ? command(going, request, answer, DeploymentTypes.RESUME, request.reason(), now)
                : did(request, answer, going, now);
    }

    /** A person has it go on although Git does not show its revision. */
    private static Dossier overruled(Dossier d, Instant now) {
        return ForwardOnly.heldByGit(d).isPresent()
                ? Change.of(d, now).because(null).done()
                : d;
    }

    /** Whether production still has steps to take or a bake to pass, or holds what may only go forward. */
    private static boolean moving(Dossier d) {
        boolean held =
                d.state() instanceof ReleaseState.Baking && ForwardOnly.held(d).isPresent();
        return held
                || d.state() instanceof ReleaseState.RollingOut
                || (d.state() instanceof ReleaseState.Baking baking && baking.part() == ReleaseState.Part.ROLLING_OUT);
    }

    /** A rollout that is paused for want of answers only waits for them once more. */
    private static String goesOn(Dossier d) {
        boolean unknown = d.rollout(PRODUCTION)
                .map(RolloutStatus::cause)
                .filter(cause -> cause.kind().equals("inconclusive"))
                .isPresent();
        if (ForwardOnly.held(d).isPresent() && ForwardOnly.isJudged(d)) {
            return "Production is asked to go on. What the judge has found it says for good, so that no step passes by itself: ./slipway release promote "
                    + d.id();
        }
        return unknown
                ? "Production is asked to wait for answers once more. To go on without them: ./slipway release promote "
                        + d.id()
                : "Production is asked to go on.";
    }

    private static boolean before(Dossier d) {
        return switch (d.state()) {
            case ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Staging _,
                    ReleaseState.Candidate _,
                    ReleaseState.RollingOut _ -> true;
            case ReleaseState.Unheard _,
                    ReleaseState.Baking _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _,
                    ReleaseState.Ended _ -> false;
        };
    }

    Decision<Dossier> promote(Dossier d, Promote promote, Instant now) {
        Optional<Cause> heldByGates = ForwardOnly.heldByGates(d);
        if (heldByGates.isPresent()) {
            return inSpiteOf(d, promote, heldByGates.get(), now);
        }
        if (!moving(d)) {
            return notNow(d, "promote", null);
        }
        RolloutStatus status = d.rollout(PRODUCTION).orElse(null);
        if (status == null || status.phase() == Phase.WAITING || status.phase() == Phase.STARTING) {
            return notNow(d, "promote", "The version does not run in production yet; try again when it does.");
        }
        Answer answer = Answer.done(promoted(d, status, promote.full()));
        String reason = promote.reason().isBlank() ? "promote" : promote.reason();
        return did(promote, answer, overruled(d, now), now)
                .and(Questions.rolloutCommand(
                        d, PRODUCTION, DeploymentTypes.PROMOTE, reason, promote.by(), promote.full()));
    }

    private static String promoted(Dossier d, RolloutStatus status, boolean full) {
        if (status.phase() == Phase.FULL) {
            return "Production is asked to go on in spite of what it is held for.";
        }
        if (d.state() instanceof ReleaseState.Baking) {
            return "Production is asked to end the bake now, whatever was seen; bad news still counts until it is"
                    + " verified.";
        }
        return full
                ? "Production is asked to give it all traffic; guardrails still hold."
                : "Production is asked for the step after %d of %d.".formatted(status.step(), status.steps());
    }

    private Decision<Dossier> command(
            Dossier d, Request request, Answer answer, String type, String reason, Instant now) {
        String why = reason.isBlank() ? verb(request) : reason;
        return did(request, answer, d, now)
                .and(Questions.rolloutCommand(d, PRODUCTION, type, why, request.by(), false));
    }

    Decision<Dossier> retry(Dossier d, Retry retry, Instant now) {
        if (!(d.state() instanceof ReleaseState.NeedsOperator needs)) {
            return notNow(d, "retry", null);
        }
        return switch (needs.trouble()) {
            case MERGING ->
                did(retry, Answer.done("Merging and tagging are tried again."), entering.merging(d, null, now), now);
            case ARRIVING ->
                did(
                        retry,
                        Answer.done("What was published is looked for again."),
                        entering.arriving(Change.of(d, now).because(null).done(), now),
                        now);
            case CONFIRMING ->
                did(
                        retry,
                        Answer.done("Production is asked again to confirm the version."),
                        entering.confirmingProduction(d, now),
                        now);
            case PRODUCTION ->
                ForwardOnly.forbidsGoingBack(d)
                        ? Decision.refuse(d, ForwardOnly.refusal(d, "have production asked again to go back"))
                        : did(
                                retry,
                                Answer.done("Production is asked again to go back."),
                                entering.rollingBack(forgetting(d, now), false, Advancing.why(d), now),
                                now);
            case STAGING ->
                did(
                        retry,
                        Answer.done("Staging is asked again to go back."),
                        restoring(d, ReleasePhase.REJECTED, Advancing.why(d), now),
                        now);
            case NOTHING_TO_RESTORE ->
                notNow(
                        d,
                        "retry",
                        "There is nothing to go back to: release a version that works, or resolve this one.");
        };
    }

    private Dossier restoring(Dossier d, ReleasePhase end, Cause why, Instant now) {
        return Change.of(forgetting(d, now), now)
                .to(new ReleaseState.Restoring(end, Wait.from(now, limits.restoreWithin())))
                .because(why)
                .done();
    }

    /** The environment that has not let go is asked on until it has: no ended release keeps a slot. */
    Decision<Dossier> resolve(Dossier d, Resolve resolve, Instant now) {
        if (!(d.state() instanceof ReleaseState.NeedsOperator needs)) {
            return notNow(d, "resolve", null);
        }
        Cause why = Cause.of("resolved", "Resolved by %s%s".formatted(person(resolve), said(resolve.reason())));
        return switch (needs.trouble()) {
            case MERGING, ARRIVING ->
                did(
                        resolve,
                        Answer.done("It counts as completed."),
                        entering.ended(d, ReleasePhase.COMPLETED, why, now),
                        now);
            case CONFIRMING ->
                did(
                        resolve,
                        Answer.done("It counts as verified and is merged; production is still asked to confirm it."),
                        entering.merging(d, null, now),
                        now);
            case NOTHING_TO_RESTORE ->
                did(
                        resolve,
                        Answer.done("It counts as rolled back."),
                        entering.ended(d, ReleasePhase.ROLLED_BACK, why, now),
                        now);
            case PRODUCTION ->
                did(
                        resolve,
                        Answer.done("It counts as rolled back; production is still asked to let go of it."),
                        entering.ended(
                                Change.of(forgetting(d, now), now)
                                        .traffic(true)
                                        .done(), // nobody can say that it had none
                                new ReleaseState.Ended(ReleasePhase.ROLLED_BACK, PRODUCTION),
                                why,
                                now),
                        now);
            case STAGING ->
                did(
                        resolve,
                        Answer.done("It counts as rejected; staging is still asked to let go of it."),
                        entering.ended(
                                forgetting(d, now), new ReleaseState.Ended(ReleasePhase.REJECTED, STAGING), why, now),
                        now);
        };
    }

    /** An answer for good that was no answer: asking again only helps if it is not found again at once. */
    static Dossier forgetting(Dossier d, Instant now) {
        return Change.of(d, now).withoutUnknownRollouts().done();
    }

    private Decision<Dossier> did(Request request, Answer answer, Dossier after, Instant now) {
        String what = verb(request) + said(request.reason());
        Dossier.Note note = new Dossier.Note(now, request.by(), what, answer.done(), answer.text(), request.key());
        Dossier noted = Change.of(after, now)
                .note(note, limits.notesMax())
                .request(request.key(), limits.requestsRemembered())
                .done();
        String journal = "%s, by %s%s".formatted(what, person(request), answer.done() ? "" : ". " + answer.text());
        return Decision.move(noted).because(journal);
    }

    static String verb(Request request) {
        return switch (request) {
            case Abort _ -> "abort";
            case Pause _ -> "pause";
            case Resume _ -> "resume";
            case Promote promote -> promote.full() ? "promote to 100 %" : "promote";
            case Retry _ -> "retry";
            case Resolve _ -> "resolve";
            case ReleaseInput.Approve _ -> "approve";
            case ReleaseInput.SayNo _ -> "object";
            case ReleaseInput.Waive _ -> "waive";
            case ReleaseInput.ConfirmWaiver _ -> "confirm a waiver";
            case ReleaseInput.WithdrawWaiver _ -> "take back a waiver";
            case ReleaseInput.ReviewAnnouncement _ -> "review an announcement";
            case ReleaseInput.AnswerDuty _, ReleaseInput.HandOver _, ReleaseInput.SetDay _ -> HandingOver.verb(request);
            case ReleaseInput.EditNotes _ -> "edit the notes";
            case ReleaseInput.RaiseItem _ -> "raise an item";
            case ReleaseInput.CloseItem _ -> "close an item";
            case ReleaseInput.GiveFeedback _ -> "give feedback";
            case ReleaseInput.AdoptGuide _ -> "adopt a guide";
            case ReleaseInput.SayOfLine _ -> "speak on a line of the guide";
        };
    }

    private static Decision<Dossier> notNow(Dossier d, String what, @Nullable String because) {
        String detail = "Release %s is %s, where %s is not possible.%s Possible: %s."
                .formatted(d.id(), d.state().phase(), what, because == null ? "" : " " + because, possible(d));
        return Decision.refuse(d, new Refusal("not-now", detail));
    }

    private static String possible(Dossier d) {
        return switch (d.state()) {
            case ReleaseState.Unheard _, ReleaseState.Ended _ ->
                d.state().phase() == ReleasePhase.COMPLETED
                        ? "./slipway app rollback %s --reason WHY".formatted(d.id().application())
                        : ended(d);
            case ReleaseState.Proposed _, ReleaseState.Validating _, ReleaseState.Staging _, ReleaseState.Candidate _ ->
                d.hold() == null ? "abort" : "resume, abort";
            case ReleaseState.Baking _ when moving(d) -> "pause, resume, promote, abort";
            case ReleaseState.Baking _, ReleaseState.Merging _, ReleaseState.Restoring _, ReleaseState.RollingBack _ ->
                "abort";
            case ReleaseState.AwaitingApproval _ -> "approvals, abort";
            case ReleaseState.RollingOut _ -> "pause, resume, promote, abort";
            case ReleaseState.NeedsOperator needs ->
                needs.trouble() == Trouble.NOTHING_TO_RESTORE ? "resolve, abort" : "retry, resolve, abort";
        };
    }

    private static String ended(Dossier d) {
        String next = Telling.next(d);
        return next == null ? "nothing, it has ended" : "it has ended; " + next;
    }

    private static String person(Request request) {
        return request.by().startsWith("user:") ? request.by().substring("user:".length()) : request.by();
    }

    private static String said(String reason) {
        return reason.isBlank() ? "" : ": " + reason.strip();
    }
}
