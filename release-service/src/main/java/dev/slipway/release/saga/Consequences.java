package dev.slipway.release.saga;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseTypes;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.release.application.FixedBy;
import dev.slipway.release.application.Launch;
import dev.slipway.release.application.LocalTypes;
import dev.slipway.release.application.Moved;
import dev.slipway.release.application.Verified;
import dev.slipway.release.saga.ReleaseInput.AskAgain;
import dev.slipway.release.saga.ReleaseInput.TimedOut;
import dev.slipway.release.saga.ReleaseState.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What follows from where a release is: the work that it has done, its timers, its open questions, and what it tells. All of
 * it is derived from the state before and after, so that no transition can forget any.
 */
final class Consequences {
    private static final String STATUS_SLOT = "status";
    private static final String MOVED_SLOT = "moved";

    private final Questions questions;
    private final SagaLimits limits;

    Consequences(Questions questions, SagaLimits limits) {
        this.questions = questions;
        this.limits = limits;
    }

    /** Nothing is left to do of it, either; what is waived is, once that is over. */
    static boolean finished(Dossier d) {
        return settled(d) && AfterWork.unanswered(d).isEmpty();
    }

    /** At its end, and everyone who must be told has planned to. */
    static boolean settled(Dossier d) {
        return d.state() instanceof ReleaseState.Ended ended
                && ended.lettingGo() == null
                && (ended.phase() != ReleasePhase.COMPLETED || Questions.confirmed(d))
                && Announcements.settled(d)
                && Telling.told(d);
    }

    /** What follows from where the release is now, compared with where it was. */
    List<Effect> of(Dossier before, Dossier after, ReleaseInput input, Instant now) {
        List<Effect> effects = new ArrayList<>();
        work(before, after, input, effects);
        deadline(before, after, input, effects);
        freeze(before, after, now, effects);
        waiver(before, after, effects);
        timetable(before, after, effects);
        vote(before, after, effects);
        questions(before, after, input, now, effects);
        boolean again = input instanceof AskAgain && after.state() instanceof ReleaseState.Ended;
        if (again || before.launch() == null || !Telling.status(before).equals(Telling.status(after))) {
            effects.add(Effect.send(Message.status(
                    Topics.RELEASE_EVENTS,
                    after.id().value(),
                    ReleaseTypes.RELEASE_STATUS,
                    Telling.status(after),
                    after.id().value(),
                    STATUS_SLOT)));
        }
        moved(before, after, now, effects);
        fixing(before, after, effects);
        return effects;
    }

    private static void moved(Dossier before, Dossier after, Instant now, List<Effect> effects) {
        Moved moved = moved(after);
        boolean first = before.launch() == null;
        if (!first && moved.equals(moved(before))) {
            return;
        }
        ReleasePhase left = first || before.state().phase() == moved.phase()
                ? null
                : before.state().phase();
        Duration lasted = left == null ? null : Duration.between(before.since(), now);
        Moved said = new Moved(
                moved.release(),
                moved.phase(),
                moved.wentBack(),
                moved.blocks(),
                moved.verified(),
                left,
                lasted,
                moved.traffic(),
                moved.forwardOnly());
        effects.add(Effect.send(Message.status(
                Message.LOCAL,
                after.id().application().value(),
                LocalTypes.MOVED,
                said,
                after.id().value(),
                MOVED_SLOT)));
    }

    /** Where it is, and what that means for the other releases. */
    private static Moved moved(Dossier d) {
        return new Moved(
                d.id(),
                d.state().phase(),
                wentBack(d),
                blocks(d),
                verified(d),
                null,
                null,
                d.hadTraffic(),
                ForwardOnly.reason(d));
    }

    private static boolean wentBack(Dossier d) {
        boolean back = switch (d.state()) {
            case ReleaseState.RollingBack _ -> true;
            case ReleaseState.NeedsOperator needs ->
                needs.trouble() == Trouble.PRODUCTION || needs.trouble() == Trouble.NOTHING_TO_RESTORE;
            case ReleaseState.Ended ended ->
                ended.phase() == ReleasePhase.ROLLED_BACK
                        || (ended.phase() == ReleasePhase.COMPLETED && d.isRollback());
            case ReleaseState.Unheard _,
                    ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Staging _,
                    ReleaseState.Candidate _,
                    ReleaseState.RollingOut _,
                    ReleaseState.Baking _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _ -> false;
        };
        return back && !Advancing.why(d).kind().equals(Steering.ABORTED);
    }

    private static boolean blocks(Dossier d) {
        return ForwardOnly.held(d).isPresent()
                || (d.state() instanceof ReleaseState.NeedsOperator needs
                        && (needs.trouble() == Trouble.PRODUCTION || needs.trouble() == Trouble.CONFIRMING));
    }

    private static @Nullable Verified verified(Dossier d) {
        ReleasePhase phase = d.state().phase();
        boolean merges = d.state() instanceof ReleaseState.NeedsOperator needs
                && (needs.trouble() == Trouble.MERGING || needs.trouble() == Trouble.ARRIVING);
        if (phase != ReleasePhase.MERGING && phase != ReleasePhase.COMPLETED && !merges) {
            return null;
        }
        Launch.Rollback rollback = d.release().rollback();
        Target target = rollback == null ? d.guide().environments().production().target() : rollback.target();
        Policy.Environments.Production production = d.guide().environments().production();
        List<String> passed = rollback != null
                ? List.of()
                : Steps.preRelease(d.guide()).stream().map(Steps::mark).toList();
        return new Verified(
                d.id(),
                d.release().proposal(),
                target,
                rollback != null,
                production.front(),
                production.whenBad(),
                passed,
                rollback == null && Drifting.isMeant(d.guide())
                        ? d.guide().environments().staging().target()
                        : null,
                Drifting.fingerprints(d));
    }

    /** Tells the release that it fixes when it needs its place. */
    private static void fixing(Dossier before, Dossier after, List<Effect> effects) {
        String fixes = after.release().proposal().fixes();
        if (fixes == null || before.state().phase() == after.state().phase()) {
            return;
        }
        String environment = after.state() instanceof ReleaseState.Staging
                ? EnvironmentId.STAGING
                : after.state() instanceof ReleaseState.RollingOut ? EnvironmentId.PRODUCTION : null;
        if (environment != null) {
            FixedBy fixed = new FixedBy(after.id(), environment);
            effects.add(Effect.send(
                    Message.local(fixes, LocalTypes.FIXED_BY, fixed, after.id().value())));
        }
    }

    /**
     * Work that is under way goes on; a deadline that asks before it acts has what was lost done again. At its turn in production's
     * queue it is so whenever production is asked again: an older instance, which knows no turn, may have heard of it.
     */
    private static void work(Dossier before, Dossier after, ReleaseInput input, List<Effect> effects) {
        Effect.StartTask had = before.launch() == null ? null : Work.of(before).orElse(null);
        Effect.StartTask has = Work.of(after).orElse(null);
        if (had != null && (has == null || !has.id().equals(had.id()))) {
            effects.add(new Effect.DropTask(had.id()));
        }
        boolean queued = after.state() instanceof ReleaseState.RollingOut && input instanceof AskAgain;
        if (has != null && (had == null || !had.id().equals(has.id()) || queued || input instanceof TimedOut)) {
            effects.add(has);
        }
    }

    private static void deadline(Dossier before, Dossier after, ReleaseInput input, List<Effect> effects) {
        Wait had = before.state().waits();
        Wait has = after.state().waits();
        if (has == null) {
            if (had != null) {
                effects.add(Effect.stopTimer(ReleaseSaga.DEADLINE));
            }
        } else if (had == null || !had.until().equals(has.until()) || input instanceof TimedOut) {
            effects.add(Effect.startTimer(ReleaseSaga.DEADLINE, has.until()));
        }
    }

    /** One that waits in production's queue is looked at again when the next freeze begins. */
    private static void freeze(Dossier before, Dossier after, Instant now, List<Effect> effects) {
        Optional<Instant> had = freeze(before, now);
        Optional<Instant> has = freeze(after, now);
        if (!has.equals(had)) {
            effects.add(has.map(at -> Effect.startTimer(ReleaseSaga.FREEZE, at))
                    .orElseGet(() -> Effect.stopTimer(ReleaseSaga.FREEZE)));
        }
    }

    private static Optional<Instant> freeze(Dossier d, Instant now) {
        boolean queued = d.state() instanceof ReleaseState.RollingOut rollingOut
                && !rollingOut.frozen()
                && !d.isRollback()
                && !Yielding.begun(d);
        return queued ? d.freezes().next(now) : Optional.empty();
    }

    /** One that goes without a gate or a duty is looked at when the waiver ends. */
    private static void waiver(Dossier before, Dossier after, List<Effect> effects) {
        Optional<Instant> had = before.launch() == null ? Optional.empty() : Waivers.nextEnd(before);
        Optional<Instant> has = Waivers.nextEnd(after);
        if (!has.equals(had)) {
            effects.add(has.map(at -> Effect.startTimer(ReleaseSaga.WAIVER, at))
                    .orElseGet(() -> Effect.stopTimer(ReleaseSaga.WAIVER)));
        }
    }

    /** One whose duties have a time is looked at when the next of them is due soon, late or escalated. */
    private static void timetable(Dossier before, Dossier after, List<Effect> effects) {
        Optional<Instant> had = before.launch() == null ? Optional.empty() : Timetable.next(before);
        Optional<Instant> has = Timetable.next(after);
        if (!has.equals(had)) {
            effects.add(has.map(at -> Effect.startTimer(ReleaseSaga.TIMETABLE, at))
                    .orElseGet(() -> Effect.stopTimer(ReleaseSaga.TIMETABLE)));
        }
    }

    /** One whose vote is open is looked at when it need not be any more. */
    private static void vote(Dossier before, Dossier after, List<Effect> effects) {
        Optional<Instant> had = before.launch() == null ? Optional.empty() : Votes.next(before);
        Optional<Instant> has = Votes.next(after);
        if (!has.equals(had)) {
            effects.add(has.map(at -> Effect.startTimer(ReleaseSaga.VOTE, at))
                    .orElseGet(() -> Effect.stopTimer(ReleaseSaga.VOTE)));
        }
    }

    private void questions(Dossier before, Dossier after, ReleaseInput input, Instant now, List<Effect> effects) {
        boolean again = input instanceof AskAgain || input instanceof TimedOut;
        List<Message> had = before.launch() == null ? List.of() : questions.open(before);
        List<Message> has = questions.open(after);
        has.stream()
                .filter(question -> again || !had.contains(question))
                .forEach(question -> effects.add(Effect.send(question)));
        boolean tells = after.state() instanceof ReleaseState.Ended && !settled(after);
        boolean told = before.state() instanceof ReleaseState.Ended && !settled(before);
        boolean ran = !had.isEmpty() || told;
        if (has.isEmpty() && !tells) {
            if (ran) {
                effects.add(Effect.stopTimer(ReleaseSaga.REPEAT));
            }
        } else if (again || !had.equals(has) || !ran) {
            effects.add(Effect.startTimer(
                    ReleaseSaga.REPEAT, now.plus(has.isEmpty() ? limits.tellEvery() : limits.askEvery())));
        }
    }
}
