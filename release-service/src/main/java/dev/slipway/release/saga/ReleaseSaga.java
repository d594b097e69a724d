package dev.slipway.release.saga;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.ReleaseInput.Abort;
import dev.slipway.release.saga.ReleaseInput.Approve;
import dev.slipway.release.saga.ReleaseInput.AskAgain;
import dev.slipway.release.saga.ReleaseInput.Heard;
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
import dev.slipway.release.saga.ReleaseInput.Superseded;
import dev.slipway.release.saga.ReleaseInput.TimedOut;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The story of one release. Statuses are recorded first ({@link Recording}) and then looked at ({@link Advancing}), so that
 * an answer to another step changes nothing and bad news counts whenever it comes. Timers, tasks, repeated questions and
 * what is told to others follow from the state alone ({@link Consequences}).
 *
 * <p>Every state with every input, as the policy of the design has it; a test holds this list against the code. "recorded"
 * is written down without moving on, "asked again" repeats the open questions or tells the end again, "refused" is said to
 * whoever asked. A deadline that asks first is shown with what it does when nobody answers. Assessments and rollouts are
 * those that the state waits for.
 *
 * <pre>
 * UNHEARD
 *   PROPOSED                          Launched
 *   refused                           Approve, Abort, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Superseded, RevisionRead, RevisionRefused, Merged, MergeRefused, Assessed
 *                                     (others), RolloutChanged (others), WayBackChanged (others), Told, TimedOut,
 *                                     AskAgain
 * PROPOSED
 *   SUPERSEDED                        Superseded
 *   VALIDATING                        RevisionRead
 *   REJECTED                          RevisionRefused
 *   ABORTED                           Abort
 *   EXPIRED                           TimedOut
 *   recorded                          Assessed (others), RolloutChanged (others), WayBackChanged (others), Told
 *   refused                           Approve, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, Merged, MergeRefused, AskAgain
 * VALIDATING
 *   SUPERSEDED                        Superseded
 *   AWAITING_APPROVAL                 Assessed PASSED
 *   REJECTED                          Assessed FAILED
 *   EXPIRED                           Assessed INCONCLUSIVE, TimedOut
 *   ABORTED                           Abort
 *   recorded                          Assessed PENDING, RolloutChanged (others), WayBackChanged (others), Told
 *   asked again                       AskAgain
 *   refused                           Approve, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, RevisionRead, RevisionRefused, Merged, MergeRefused
 * AWAITING_APPROVAL, one missing
 *   SUPERSEDED                        Superseded
 *   STAGING ROLLING_OUT               Approve
 *   ABORTED                           Abort
 *   EXPIRED                           TimedOut
 *   recorded                          Assessed (others), RolloutChanged (others), WayBackChanged (others), Told
 *   refused                           Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, RevisionRead, RevisionRefused, Merged, MergeRefused, AskAgain
 * STAGING, rolling out
 *   RESTORING                         Superseded, RolloutChanged RESTORING, Abort, TimedOut
 *   STAGING VERIFYING                 RolloutChanged FULL
 *   CANDIDATE                         RolloutChanged VERIFIED
 *   REJECTED                          RolloutChanged RESTORED | NOT_ADMITTED | RESTORED to nothing
 *   SUPERSEDED                        RolloutChanged DISPLACED
 *   NEEDS_OPERATOR STAGING            RolloutChanged UNKNOWN
 *   recorded                          Assessed (others), RolloutChanged (others), WayBackChanged (others), Told
 *   asked again                       AskAgain
 *   refused                           Approve, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, RevisionRead, RevisionRefused, Merged, MergeRefused
 * STAGING, verifying
 *   RESTORING                         Superseded, Assessed FAILED | INCONCLUSIVE, RolloutChanged RESTORING, Abort,
 *                                     TimedOut
 *   STAGING CONFIRMING                Assessed PASSED
 *   CANDIDATE                         RolloutChanged VERIFIED
 *   REJECTED                          RolloutChanged RESTORED | NOT_ADMITTED | RESTORED to nothing
 *   SUPERSEDED                        RolloutChanged DISPLACED
 *   NEEDS_OPERATOR STAGING            RolloutChanged UNKNOWN
 *   recorded                          Assessed PENDING, RolloutChanged (others), WayBackChanged (others), Told
 *   asked again                       AskAgain
 *   refused                           Approve, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, RevisionRead, RevisionRefused, Merged, MergeRefused
 * STAGING, confirming
 *   RESTORING                         Superseded, RolloutChanged RESTORING, Abort, TimedOut
 *   CANDIDATE                         RolloutChanged VERIFIED
 *   REJECTED                          RolloutChanged RESTORED | NOT_ADMITTED | RESTORED to nothing
 *   SUPERSEDED                        RolloutChanged DISPLACED
 *   NEEDS_OPERATOR STAGING            RolloutChanged UNKNOWN
 *   recorded                          Assessed (others), RolloutChanged (others), WayBackChanged (others), Told
 *   asked again                       AskAgain
 *   refused                           Approve, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, RevisionRead, RevisionRefused, Merged, MergeRefused
 * CANDIDATE, way back proven
 *   SUPERSEDED                        Superseded
 *   ROLLING_OUT                       Assessed PASSED
 *   REJECTED                          Assessed FAILED, WayBackChanged not proven
 *   EXPIRED                           Assessed INCONCLUSIVE, TimedOut
 *   ABORTED                           Abort
 *   recorded                          Assessed PENDING, RolloutChanged (others), WayBackChanged proven, Told
 *   asked again                       AskAgain
 *   refused                           Approve, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, RevisionRead, RevisionRefused, Merged, MergeRefused
 * ROLLING_OUT
 *   BAKING ROLLING_OUT                RolloutChanged FULL
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLING_BACK                      RolloutChanged RESTORING, Abort, TimedOut
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   recorded                          Superseded, Assessed (others), RolloutChanged (others), WayBackChanged
 *                                     (others), Told, Pause, Resume, Promote
 *   asked again                       AskAgain
 *   refused                           Approve, Retry, Resolve
 *   nothing                           Launched, RevisionRead, RevisionRefused, Merged, MergeRefused
 * BAKING, watching
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLING_BACK                      RolloutChanged RESTORING, Abort
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   BAKING CONFIRMING                 TimedOut
 *   recorded                          Assessed (others), RolloutChanged (others), WayBackChanged (others), Told
 *   asked again                       AskAgain
 *   refused                           Approve, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, Superseded, RevisionRead, RevisionRefused, Merged, MergeRefused
 * BAKING, verifying
 *   BAKING CONFIRMING                 Assessed PASSED
 *   ROLLING_BACK                      Assessed FAILED | INCONCLUSIVE, RolloutChanged RESTORING, Abort, TimedOut
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   recorded                          Assessed PENDING, RolloutChanged (others), WayBackChanged (others), Told
 *   asked again                       AskAgain
 *   refused                           Approve, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, Superseded, RevisionRead, RevisionRefused, Merged, MergeRefused
 * BAKING, confirming
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLING_BACK                      RolloutChanged RESTORING, Abort
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   NEEDS_OPERATOR CONFIRMING         TimedOut
 *   recorded                          Assessed (others), RolloutChanged (others), WayBackChanged (others), Told
 *   asked again                       AskAgain
 *   refused                           Approve, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, Superseded, RevisionRead, RevisionRefused, Merged, MergeRefused
 * MERGING
 *   COMPLETED                         Merged, Abort
 *   NEEDS_OPERATOR MERGING            MergeRefused, TimedOut
 *   recorded                          Assessed (others), RolloutChanged (others), WayBackChanged (others), Told
 *   refused                           Approve, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, Superseded, RevisionRead, RevisionRefused, AskAgain
 * RESTORING
 *   REJECTED                          RolloutChanged VERIFIED | RESTORED | DISPLACED | NOT_ADMITTED | RESTORED to
 *                                     nothing
 *   NEEDS_OPERATOR STAGING            RolloutChanged UNKNOWN, TimedOut
 *   recorded                          Assessed (others), RolloutChanged (others), WayBackChanged (others), Told,
 *                                     Abort
 *   asked again                       AskAgain
 *   refused                           Approve, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, Superseded, RevisionRead, RevisionRefused, Merged, MergeRefused
 * ROLLING_BACK
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR PRODUCTION         RolloutChanged UNKNOWN, TimedOut
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   recorded                          Assessed (others), RolloutChanged (others), WayBackChanged (others), Told,
 *                                     Abort
 *   asked again                       AskAgain
 *   refused                           Approve, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, Superseded, RevisionRead, RevisionRefused, Merged, MergeRefused
 * NEEDS_OPERATOR, staging
 *   REJECTED                          RolloutChanged VERIFIED | RESTORED | DISPLACED | NOT_ADMITTED | RESTORED to
 *                                     nothing, Resolve
 *   ABORTED                           Abort
 *   RESTORING                         Retry
 *   recorded                          Assessed (others), RolloutChanged (others), WayBackChanged (others), Told,
 *                                     TimedOut
 *   refused                           Approve, Pause, Resume, Promote
 *   nothing                           Launched, Superseded, RevisionRead, RevisionRefused, Merged, MergeRefused,
 *                                     AskAgain
 * NEEDS_OPERATOR, production
 *   MERGING                           RolloutChanged VERIFIED
 *   ROLLED_BACK                       RolloutChanged RESTORED, Resolve
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   ROLLING_BACK                      Abort, Retry
 *   recorded                          Assessed (others), RolloutChanged (others), WayBackChanged (others), Told,
 *                                     TimedOut
 *   refused                           Approve, Pause, Resume, Promote
 *   nothing                           Launched, Superseded, RevisionRead, RevisionRefused, Merged, MergeRefused,
 *                                     AskAgain
 * NEEDS_OPERATOR, nothing to restore
 *   ROLLED_BACK                       Abort, Resolve
 *   recorded                          Assessed (others), RolloutChanged (others), WayBackChanged (others), Told,
 *                                     TimedOut
 *   refused                           Approve, Pause, Resume, Promote, Retry
 *   nothing                           Launched, Superseded, RevisionRead, RevisionRefused, Merged, MergeRefused,
 *                                     AskAgain
 * NEEDS_OPERATOR, confirming
 *   MERGING                           RolloutChanged VERIFIED, Resolve
 *   ROLLED_BACK                       RolloutChanged RESTORED
 *   SUPERSEDED                        RolloutChanged DISPLACED | NOT_ADMITTED
 *   NEEDS_OPERATOR NOTHING_TO_RESTORE RolloutChanged RESTORED to nothing
 *   ROLLING_BACK                      Abort
 *   BAKING CONFIRMING                 Retry
 *   recorded                          Assessed (others), RolloutChanged (others), WayBackChanged (others), Told,
 *                                     TimedOut
 *   refused                           Approve, Pause, Resume, Promote
 *   nothing                           Launched, Superseded, RevisionRead, RevisionRefused, Merged, MergeRefused,
 *                                     AskAgain
 * NEEDS_OPERATOR, merging
 *   COMPLETED                         Abort, Resolve
 *   MERGING                           Retry
 *   recorded                          Assessed (others), RolloutChanged (others), WayBackChanged (others), Told,
 *                                     TimedOut
 *   refused                           Approve, Pause, Resume, Promote
 *   nothing                           Launched, Superseded, RevisionRead, RevisionRefused, Merged, MergeRefused,
 *                                     AskAgain
 * ENDED
 *   recorded                          Told
 *   asked again                       TimedOut, AskAgain
 *   refused                           Approve, Abort, Pause, Resume, Promote, Retry, Resolve
 *   nothing                           Launched, Superseded, RevisionRead, RevisionRefused, Merged, MergeRefused,
 *                                     Assessed (others), RolloutChanged (others), WayBackChanged (others)
 * </pre>
 */
public final class ReleaseSaga implements Core<Dossier, ReleaseInput> {
    /** Timer of the present wait. */
    public static final String DEADLINE = "deadline";

    /** Timer of the questions that are open. */
    public static final String REPEAT = "repeat";

    private final Entering entering;
    private final Advancing advancing;
    private final Recording recording;
    private final Steering steering;
    private final Approving approving;
    private final Consequences consequences;
    private final Overdue overdue;

    public ReleaseSaga(SagaLimits limits) {
        this.entering = new Entering(limits);
        this.advancing = new Advancing(entering);
        this.recording = new Recording(entering);
        this.steering = new Steering(entering, limits);
        this.approving = new Approving(limits);
        Questions questions = new Questions(limits);
        this.consequences = new Consequences(questions, limits);
        this.overdue = new Overdue(entering, questions, limits);
    }

    /** The input that a due timer becomes. */
    public static ReleaseInput onTimer(String name) {
        return switch (name) {
            case DEADLINE -> new TimedOut();
            case REPEAT -> new AskAgain();
            default -> throw new IllegalArgumentException("A release has no timer " + name);
        };
    }

    @Override
    public Dossier initial(String id) {
        return Dossier.unheard(new ReleaseId(id));
    }

    @Override
    public boolean finished(Dossier d) {
        return Consequences.finished(d);
    }

    @Override
    public Set<String> unjournaled() {
        return Set.of("judgement", "heard");
    }

    @Override
    public Decision<Dossier> decide(Dossier d, ReleaseInput input, Instant now) {
        Decision<Dossier> decision = take(d, input, now);
        if (decision.refusal() != null || decision.state().launch() == null) {
            return decision;
        }
        Dossier after = advancing.advance(decision.state(), now);
        List<Effect> effects = new ArrayList<>(decision.effects());
        effects.addAll(consequences.of(d, after, input, now));
        String move = reason(d, after);
        String said = decision.reason();
        String reason = said == null || move == null ? (said == null ? move : said) : said + ", " + move;
        return new Decision<>(after, effects, reason, null);
    }

    private Decision<Dossier> take(Dossier d, ReleaseInput input, Instant now) {
        return switch (input) {
            case Launched(Launch launch) -> Decision.move(launched(d, launch, now));
            case Superseded(ReleaseId by) -> Decision.move(steering.superseded(d, by, now));
            case RevisionRead read ->
                Decision.move(
                        d.state() instanceof ReleaseState.Proposed
                                ? entering.validating(
                                        Change.of(d, now).people(read.people()).done(), now)
                                : d);
            case RevisionRefused(String reason) ->
                Decision.move(
                        d.state() instanceof ReleaseState.Proposed
                                ? entering.giveUp(d, ReleasePhase.REJECTED, Cause.of("revision-refused", reason), now)
                                : d);
            case Merged(var mergedAs) ->
                Decision.move(
                        d.state() instanceof ReleaseState.Merging
                                ? entering.ended(
                                        Change.of(d, now).mergedAs(mergedAs).done(),
                                        ReleasePhase.COMPLETED,
                                        Entering.completed("It is in production, merged and tagged."),
                                        now)
                                : d);
            case MergeRefused(String reason) ->
                Decision.move(
                        d.state() instanceof ReleaseState.Merging
                                ? entering.needsOperator(
                                        d, ReleaseState.Trouble.MERGING, Cause.of("merge-refused", reason), now)
                                : d);
            case Heard heard ->
                Decision.move(
                        d.state() instanceof ReleaseState.Ended && !(heard instanceof ReleaseInput.Told)
                                ? d
                                : recording.heard(d, heard, now));
            case Request request -> requested(d, request, now);
            case TimedOut _ -> Decision.move(overdue.timedOut(d, now));
            case AskAgain _ -> Decision.stay(d);
        };
    }

    private Dossier launched(Dossier d, Launch launch, Instant now) {
        if (d.launch() != null) {
            return d;
        }
        Change change = Change.of(d, now).launch(launch);
        Cause refused = launch.refused();
        return refused == null
                ? entering.proposed(change, now)
                : entering.ended(change.done(), ReleasePhase.REJECTED, refused, now);
    }

    private Decision<Dossier> requested(Dossier d, Request request, Instant now) {
        String key = request.key();
        if (key != null && d.requests().contains(key)) {
            return Decision.stay(d);
        }
        return switch (request) {
            case Approve approve -> approving.approve(d, approve, now);
            case Abort abort -> steering.abort(d, abort, now);
            case Pause pause -> steering.pause(d, pause, now);
            case Resume resume -> steering.resume(d, resume, now);
            case Promote promote -> steering.promote(d, promote, now);
            case Retry retry -> steering.retry(d, retry, now);
            case Resolve resolve -> steering.resolve(d, resolve, now);
        };
    }

    /** For the journal: the move and its cause. */
    private static @Nullable String reason(Dossier before, Dossier after) {
        ReleasePhase from = before.state().phase();
        ReleasePhase to = after.state().phase();
        Cause cause = after.cause();
        String why = cause == null || cause.equals(before.cause()) ? "" : cause.text();
        if (from == to) {
            return why.isEmpty() ? null : why;
        }
        return "%s to %s%s".formatted(from, to, why.isEmpty() ? "" : ": " + why);
    }
}
