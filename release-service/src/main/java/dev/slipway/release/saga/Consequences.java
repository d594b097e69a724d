package dev.slipway.release.saga;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.release.ReleaseTypes;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import dev.slipway.release.application.LocalTypes;
import dev.slipway.release.application.Moved;
import dev.slipway.release.saga.ReleaseInput.AskAgain;
import dev.slipway.release.saga.ReleaseInput.TimedOut;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

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

    /** At its end, and everyone who must be told has planned to. */
    static boolean finished(Dossier d) {
        return d.state() instanceof ReleaseState.Ended && Telling.told(d);
    }

    /** What follows from where the release is now, compared with where it was. */
    List<Effect> of(Dossier before, Dossier after, ReleaseInput input, Instant now) {
        List<Effect> effects = new ArrayList<>();
        work(before, after, effects);
        deadline(before, after, input, effects);
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
        if (before.launch() == null || before.state().phase() != after.state().phase()) {
            effects.add(Effect.send(Message.status(
                    Message.LOCAL,
                    after.id().application().value(),
                    LocalTypes.MOVED,
                    new Moved(after.id(), after.state().phase()),
                    after.id().value(),
                    MOVED_SLOT)));
        }
        return effects;
    }

    private static void work(Dossier before, Dossier after, List<Effect> effects) {
        Effect.StartTask had = before.launch() == null ? null : Work.of(before).orElse(null);
        Effect.StartTask has = Work.of(after).orElse(null);
        if (had != null && (has == null || !has.id().equals(had.id()))) {
            effects.add(new Effect.DropTask(had.id()));
        }
        if (has != null && (had == null || !had.id().equals(has.id()))) {
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

    private void questions(Dossier before, Dossier after, ReleaseInput input, Instant now, List<Effect> effects) {
        boolean again = input instanceof AskAgain || input instanceof TimedOut;
        List<Message> had = before.launch() == null ? List.of() : questions.open(before);
        List<Message> has = questions.open(after);
        has.stream()
                .filter(question -> again || !had.contains(question))
                .forEach(question -> effects.add(Effect.send(question)));
        boolean tells = after.state() instanceof ReleaseState.Ended && !finished(after);
        boolean ran = !had.isEmpty() || (before.state() instanceof ReleaseState.Ended && !finished(before));
        if (has.isEmpty() && !tells) {
            if (ran) {
                effects.add(Effect.stopTimer(ReleaseSaga.REPEAT));
            }
        } else if (again || !had.equals(has) || !ran) {
            effects.add(
                    Effect.startTimer(ReleaseSaga.REPEAT, now.plus(tells ? limits.tellEvery() : limits.askEvery())));
        }
    }
}
