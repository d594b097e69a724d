package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Orders.REPEAT;
import static dev.slipway.deployment.environment.Sequence.tell;
import static dev.slipway.deployment.environment.Sequence.then;

import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import dev.slipway.deployment.environment.Active.Deadline;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** The way back: traffic first, then proof that what serves is what served before. */
final class Back {
    private final Rhythm rhythm;
    private final Slot slot;

    Back(Rhythm rhythm, Slot slot) {
        this.rhythm = rhythm;
        this.slot = slot;
    }

    /** Bad news, of whatever kind: it goes back; or is held, where it may only go forward. */
    Decision<Environment> bad(Environment environment, Active active, RolloutCause cause, Instant now) {
        return Holding.isMeant(active)
                ? Holding.hold(environment, active, cause)
                : goBack(environment, active, cause, now);
    }

    /** Traffic goes back at once; then what was there before is verified. */
    Decision<Environment> goBack(Environment environment, Active active, RolloutCause cause, Instant now) {
        Environment without = Endings.withoutTraffic(environment, active, cause, rhythm, now);
        boolean tableChanged =
                without.traffic().counter() != environment.traffic().counter();
        List<Effect> table = tableChanged ? List.of(Orders.table(without, now)) : List.of();
        Active going = Endings.goingBack(active, cause, now);
        Snapshot verified = without.verified();
        Decision<Environment> next;
        if (verified == null) {
            Active gone = going.noting("nothing was verified here before, so there is nothing to go back to");
            next = slot.end(without.withActive(gone), gone, Phase.RESTORED, now);
        } else {
            Active restoring = going.until(Deadline.at(now.plus(rhythm.restoreWithin(verified.target()))));
            Environment back = without.withActive(restoring);
            next = tell(Decision.move(
                                    back,
                                    Effect.stopTimer(REPEAT),
                                    Orders.deadline(restoring),
                                    Orders.restore(restoring, verified))
                            .and(Drain.timerWithDue(back, now)))
                    .because(cause.kind() + ": " + cause.text());
        }
        return then(Decision.move(without).and(table).and(Orders.dropBringingUp(active)), next);
    }

    Decision<Environment> worse(Environment environment, Active active, Worse worse, Instant now) {
        return bad(environment, active, RolloutCause.judged(worse), now);
    }

    Decision<Environment> restored(Environment environment, Active active, Instance instance, Instant now) {
        Snapshot verified = Objects.requireNonNull(environment.verified());
        Decision<Environment> there = moved(environment, verified, instance, now);
        Active told = OtherSecrets.restored(active, verified, instance);
        return then(there, slot.end(there.state(), told, Phase.RESTORED, now));
    }

    Decision<Environment> restoreFailed(Environment environment, Active active, String text, Instant now) {
        int attempt = active.stage() instanceof Stage.Restoring(int _, int tried) ? tried : 1;
        Active noted = active.renoting(RolloutStatus.NOT_RESTORED, " after %d attempts: %s".formatted(attempt, text));
        Active waiting = calling(noted, attempt).until(Deadline.at(now.plus(rhythm.restorePause(attempt))));
        return tell(Decision.move(environment.withActive(waiting), Orders.deadline(waiting)));
    }

    /** A verified version is where it was, or somewhere else by now. */
    static Decision<Environment> moved(Environment environment, Snapshot verified, Instance instance, Instant now) {
        if (verified.instance().equals(instance) && !environment.traffic().away(verified.key())) {
            return Decision.move(environment);
        }
        Environment next = Endings.moved(environment, verified.at(instance));
        return next.traffic().equals(environment.traffic())
                ? Decision.move(next)
                : Decision.move(next, Orders.table(next, now));
    }

    /** Past so many attempts people see that it needs one of them; it is tried on, slowly, as success may still come. */
    private Active calling(Active active, int attempt) {
        return attempt < rhythm.restoreAttemptsMax()
                ? active
                : active.renoting(
                                "a person is needed",
                                ": what was there before does not come up; it is tried again every "
                                        + rhythm.restoreAgainMax().toSeconds() + " s, and resume tries at once")
                        .needingAPerson();
    }

    /** The next attempt, without end: there is nothing better to do. */
    Decision<Environment> again(Environment environment, Active active, Stage.Restoring restoring, Instant now) {
        int attempt = restoring.attempt() + 1;
        Snapshot verified = Objects.requireNonNull(environment.verified());
        Active next = calling(active.in(new Stage.Restoring(restoring.step(), attempt)), restoring.attempt())
                .until(Deadline.at(now.plus(rhythm.restoreWithin(verified.target()))));
        return tell(Decision.move(environment.withActive(next), Orders.deadline(next), Orders.restore(next, verified)));
    }
}
