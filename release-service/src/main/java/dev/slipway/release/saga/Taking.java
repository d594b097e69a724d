package dev.slipway.release.saga;

import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Decision;
import dev.slipway.release.application.Freezes;
import dev.slipway.release.application.Hold;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.ReleaseInput.Abort;
import dev.slipway.release.saga.ReleaseInput.AnswerDuty;
import dev.slipway.release.saga.ReleaseInput.Approve;
import dev.slipway.release.saga.ReleaseInput.AskAgain;
import dev.slipway.release.saga.ReleaseInput.ConfirmWaiver;
import dev.slipway.release.saga.ReleaseInput.Fixed;
import dev.slipway.release.saga.ReleaseInput.FreezesChanged;
import dev.slipway.release.saga.ReleaseInput.HandOver;
import dev.slipway.release.saga.ReleaseInput.Heard;
import dev.slipway.release.saga.ReleaseInput.HoldChanged;
import dev.slipway.release.saga.ReleaseInput.Launched;
import dev.slipway.release.saga.ReleaseInput.MergeRefused;
import dev.slipway.release.saga.ReleaseInput.Merged;
import dev.slipway.release.saga.ReleaseInput.Pause;
import dev.slipway.release.saga.ReleaseInput.Promote;
import dev.slipway.release.saga.ReleaseInput.Request;
import dev.slipway.release.saga.ReleaseInput.Resolve;
import dev.slipway.release.saga.ReleaseInput.Resume;
import dev.slipway.release.saga.ReleaseInput.Retry;
import dev.slipway.release.saga.ReleaseInput.RevisionRead;
import dev.slipway.release.saga.ReleaseInput.RevisionRefused;
import dev.slipway.release.saga.ReleaseInput.SetDay;
import dev.slipway.release.saga.ReleaseInput.Superseded;
import dev.slipway.release.saga.ReleaseInput.TimedOut;
import dev.slipway.release.saga.ReleaseInput.Waive;
import dev.slipway.release.saga.ReleaseInput.WithdrawWaiver;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What each input does by itself, before it is looked at where the facts lead. */
final class Taking {
    /** The kind of cause of a release whose revision is not where releases are made any more. */
    static final String GONE = "revision-gone";

    private final Entering entering;
    private final Recording recording;
    private final Steering steering;
    private final Yielding yielding;
    private final Approving approving;
    private final Objecting objecting;
    private final Waiving waiving;
    private final DutyAnswering answering;
    private final HandingOver handing;
    private final NotesEditing notes;
    private final LookingBack lookingBack;
    private final GuideAdopting adopting;
    private final LineSaying lines;
    private final DaySetting daySetting;
    private final AnnouncementReviewing reviewing;
    private final Overdue overdue;
    private final Configurations configurations;
    private final SagaLimits limits;

    Taking(Entering entering, Questions questions, SagaLimits limits) {
        this.entering = entering;
        this.recording = new Recording(entering);
        this.steering = new Steering(entering, limits);
        this.yielding = new Yielding(entering, limits);
        this.approving = new Approving(limits);
        this.objecting = new Objecting(entering, limits);
        this.waiving = new Waiving(entering, limits);
        this.answering = new DutyAnswering(entering, limits);
        this.handing = new HandingOver(limits);
        this.notes = new NotesEditing(limits);
        this.lookingBack = new LookingBack(limits);
        this.adopting = new GuideAdopting(limits);
        this.lines = new LineSaying(limits);
        this.daySetting = new DaySetting(limits);
        this.reviewing = new AnnouncementReviewing(limits);
        this.overdue = new Overdue(entering, questions, limits);
        this.configurations = new Configurations(entering, limits);
        this.limits = limits;
    }

    Decision<Dossier> take(Dossier d, ReleaseInput input, Instant now) {
        return switch (input) {
            case Launched(Launch launch) -> Decision.move(launched(d, launch, now));
            case Superseded newer -> Decision.move(yielding.superseded(d, newer, now));
            case HoldChanged(Hold hold, long said) ->
                Decision.move(Recording.latest(
                        d, "hold by " + hold.by(), said, known -> yielding.held(known, hold, now), now));
            case Fixed fixed -> Decision.move(yielding.fixed(d, fixed, now));
            case FreezesChanged(Freezes freezes, long said) ->
                Decision.move(Recording.latest(d, "freezes", said, known -> yielding.frozen(known, freezes, now), now));
            case RevisionRead read -> told(d, read, Decision.move(read(d, read, now)));
            case RevisionRefused(String reason) -> Decision.move(refused(d, reason, now));
            case Merged(var mergedAs) ->
                Decision.move(
                        merges(d) ? merged(Change.of(d, now).mergedAs(mergedAs).done(), now) : d);
            case MergeRefused(String reason) ->
                Decision.move(
                        merges(d)
                                ? entering.needsOperator(
                                        d, ReleaseState.Trouble.MERGING, Cause.of("merge-refused", reason), now)
                                : d);
            case ReleaseInput.AnnouncementsWritten(List<Announced> texts) ->
                Decision.move(
                        Announcements.unwritten(d) ? ReviewAsking.written(d, texts, now, limits.milestonesMax()) : d);
            case Heard heard -> Decision.move(listens(d, heard) ? recording.heard(d, heard, now) : d);
            case Request request -> requested(d, request, now);
            case TimedOut _ -> Decision.move(overdue.timedOut(d, now));
            case AskAgain _ -> Decision.stay(d);
        };
    }

    /** That the guide's file is not the guide stands in the journal where it was found. */
    private static Decision<Dossier> told(Dossier d, RevisionRead read, Decision<Dossier> decision) {
        GuideFileView file = read.guideFile();
        return file == null || file.state() == GuideFileView.State.SAME || !(d.state() instanceof ReleaseState.Proposed)
                ? decision
                : decision.because(GuideFileTexts.words(d.id(), file));
    }

    private static boolean merges(Dossier d) {
        return d.state() instanceof ReleaseState.Merging merging && !merging.looks();
    }

    private Dossier merged(Dossier d, Instant now) {
        return Steps.arrival(d).isEmpty() ? entering.arrived(d, now) : entering.arriving(d, now);
    }

    private Dossier read(Dossier d, RevisionRead read, Instant now) {
        if (d.state() instanceof ReleaseState.Proposed) {
            Change change = Change.of(d, now)
                    .people(read.people(), read.unmatched())
                    .branches(read.branches())
                    .committed(read.committed())
                    .guideFile(read.guideFile())
                    .changed(read.changed());
            Optional<Cause> missing = Quorum.missing(d.release(), read.people(), read.changed());
            return missing.isPresent()
                    ? entering.giveUp(change.done(), ReleasePhase.REJECTED, missing.get(), now)
                    : entering.validating(change.done(), now);
        }
        return shown(d, now);
    }

    /** Production has its time to begin, whatever Git left. */
    private Dossier shown(Dossier d, Instant now) {
        if (!Work.looksAgain(d)) {
            return d; // what is asked for no longer is late
        }
        Change change = Change.of(d, now);
        if (d.state() instanceof ReleaseState.Candidate candidate) {
            change.to(new ReleaseState.Candidate(candidate.ahead(), candidate.waits(), true));
        } else if (d.state() instanceof ReleaseState.RollingOut queued) {
            change.to(queued.seen(true).waiting(Wait.from(now, entering.starting(d))));
        }
        return change.done();
    }

    /** What was approved may have been taken away meanwhile: a revision that is no longer there is not shipped. */
    private Dossier refused(Dossier d, String reason, Instant now) {
        if (d.state() instanceof ReleaseState.Proposed) {
            return entering.giveUp(d, ReleasePhase.REJECTED, Cause.of("revision-refused", reason), now);
        }
        Cause gone = Cause.of(GONE, "The revision was looked at once more before production. " + reason);
        if (!Work.looksAgain(d)) {
            return d;
        }
        return d.state() instanceof ReleaseState.RollingOut queued
                ? entering.leavingQueue(d, queued, ReleasePhase.REJECTED, gone, now)
                : entering.giveUp(d, ReleasePhase.REJECTED, gone, now);
    }

    private Dossier launched(Dossier d, Launch launch, Instant now) {
        if (d.launch() != null) {
            return d;
        }
        Change change = Change.of(d, now).launch(launch);
        Cause refused = launch.refused();
        if (refused != null) {
            return entering.ended(change.done(), ReleasePhase.REJECTED, refused, now);
        }
        Launch.Rollback rollback = launch.rollback();
        if (rollback != null) {
            return entering.rollback(change, launch, rollback, now);
        }
        change.leftOut(LeftOut.of(launch)).staff(Staff.of(launch)).schedule(Schedule.of(launch));
        Optional<Cause> missing = Staff.missing(launch)
                .or(() -> Quorum.missing(launch, List.of()))
                .or(() -> Schedule.over(launch));
        if (missing.isPresent()) {
            return entering.ended(change.done(), ReleasePhase.REJECTED, missing.get(), now);
        }
        Launch.Configured configured = launch.configured();
        if (configured != null) {
            return configurations.begun(change, launch, configured, now);
        }
        if (launch.blockedBy() != null) {
            change.hold(new Hold(launch.blockedBy(), Hold.Kind.BLOCKED, 0));
        }
        return entering.proposed(change, now);
    }

    /** An end listens only to what is still open about it. */
    private static boolean listens(Dossier d, Heard heard) {
        if (!(d.state() instanceof ReleaseState.Ended ended) || heard instanceof ReleaseInput.Told) {
            return true;
        }
        return switch (heard) {
            case ReleaseInput.RolloutChanged _ -> ended.lettingGo() != null || !Questions.confirmed(d);
            case ReleaseInput.Judged _ ->
                (ended.phase() == ReleasePhase.COMPLETED || d.disruption() != null) && !Consequences.settled(d);
            case ReleaseInput.Assessed _, ReleaseInput.WayBackChanged _, ReleaseInput.Told _ -> false;
        };
    }

    private Decision<Dossier> requested(Dossier d, Request request, Instant now) {
        String key = request.key();
        if (key != null && d.requests().contains(key)) {
            return Decision.stay(d);
        }
        return Refusals.noted(d, request, decided(d, request, now), now);
    }

    private Decision<Dossier> decided(Dossier d, Request request, Instant now) {
        return switch (request) {
            case Approve approve -> approving.approve(d, approve, now);
            case ReleaseInput.SayNo no -> objecting.sayNo(d, no, now);
            case Waive waive -> waiving.waive(d, waive, now);
            case ConfirmWaiver confirm -> waiving.confirm(d, confirm, now);
            case WithdrawWaiver withdraw -> waiving.withdraw(d, withdraw, now);
            case AnswerDuty answer -> answering.answer(d, answer, now);
            case ReleaseInput.ReviewAnnouncement review -> reviewing.review(d, review, now);
            case HandOver handOver -> handing.handOver(d, handOver, now);
            case ReleaseInput.EditNotes edit -> notes.edit(d, edit, now);
            case ReleaseInput.RaiseItem item -> lookingBack.raise(d, item, now);
            case ReleaseInput.CloseItem item -> lookingBack.close(d, item, now);
            case ReleaseInput.GiveFeedback given -> lookingBack.feedback(d, given, now);
            case ReleaseInput.AdoptGuide adopt -> adopting.adopt(d, adopt, now);
            case ReleaseInput.SayOfLine said -> lines.say(d, said, now);
            case SetDay day -> daySetting.set(d, day, now);
            case Abort abort -> steering.abort(d, abort, now);
            case Pause pause -> steering.pause(d, pause, now);
            case Resume resume -> steering.resume(d, resume, now);
            case Promote promote -> steering.promote(d, promote, now);
            case Retry retry -> steering.retry(d, retry, now);
            case Resolve resolve -> steering.resolve(d, resolve, now);
        };
    }
}
