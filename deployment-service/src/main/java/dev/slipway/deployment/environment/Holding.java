package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Sequence.tell;
import static dev.slipway.deployment.environment.Sequence.then;

import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import dev.slipway.deployment.environment.Active.Deadline;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a rollout that may only go forward where another one goes back (ADR 69): it keeps its stage and its share,
 * and waits for a person. Going back by itself would bring users to a version that may not be able to read what this one wrote.
 */
final class Holding {
    private static final int OVERRULED_MAX = 20;
    private static final String JUDGED = "The new version is worse: ";

    private final Rhythm rhythm;
    private final Forward forward;

    Holding(Rhythm rhythm, Forward forward) {
        this.rhythm = rhythm;
        this.forward = forward;
    }

    /** Whether it is held instead of going back. */
    static boolean isMeant(Active active) {
        return active.plan().forwardOnly() != null;
    }

    /** Whether it waits for a person because of bad news; one that a person paused, or that goes back by their word, does not. */
    static boolean isHeld(Active active) {
        return isMeant(active)
                && active.paused()
                && active.cause() != null
                && !(active.stage() instanceof Stage.Restoring);
    }

    /** Whether a person is asked about news of this kind already. */
    static boolean isHeldFor(Active active, RolloutCause cause) {
        RolloutCause held = active.cause();
        return isHeld(active) && held != null && held.kind().equals(cause.kind());
    }

    /** A person is asked once about each kind of bad news, and of what the judge has found for good never again. */
    static Decision<Environment> hold(Environment environment, Active active, RolloutCause cause) {
        if (isHeldFor(active, cause) || active.overruled().contains(what(cause))) {
            return Decision.move(environment);
        }
        int percent = environment.traffic().percentOf(active.key());
        Active held = active.pausedFor(cause)
                .noting("held at %d %%, as it may only go forward (%s): %s"
                        .formatted(percent, active.plan().forwardOnly(), cause.text()));
        return tell(Decision.move(environment.withActive(held), Orders.deadline(held)))
                .because("held, as it may only go forward: " + cause.text());
    }

    /** Why the judge calls it worse, unless it goes on in spite of that. */
    static @Nullable Worse worse(Environment environment, Active active) {
        Worse worse = environment.worse();
        return worse == null || active.overruled().contains(what(RolloutCause.judged(worse))) ? null : worse;
    }

    /** What it goes on in spite of once a person has said that it does. */
    static List<String> overruled(Active active) {
        RolloutCause cause = active.cause();
        if (!isHeld(active) || cause == null || !cause.text().startsWith(JUDGED)) {
            return active.overruled();
        }
        List<String> all = new ArrayList<>(active.overruled());
        all.remove(what(cause));
        all.add(what(cause));
        return all.subList(Math.max(0, all.size() - OVERRULED_MAX), all.size());
    }

    /** Names a finding without its numbers, which are others at each look. */
    private static String what(RolloutCause cause) {
        int numbers = cause.text().indexOf(',');
        return numbers < 0 ? cause.text() : cause.text().substring(0, numbers);
    }

    /** A person has it go on from where it is held; what does not run is started again. */
    Decision<Environment> resumed(Environment environment, Active active, Instant now) {
        return switch (active.stage()) {
            case Stage.Starting _ -> starting(environment, active, now);
            case Stage.WarmingUp _ -> starting(environment, active.enter(new Stage.Starting(), now), now);
            case Stage.Stepping _, Stage.Baking _, Stage.Full _
            when environment.traffic().away(active.key()) -> starting(environment, active, now);
            case Stage.Full _ -> goingOn(environment, active.until(null), now);
            case Stage.Stepping _, Stage.Baking _, Stage.Restoring _ ->
                goingOn(environment, Deadlines.within(active, now), now);
        };
    }

    private static Decision<Environment> told(Environment environment, Active active) {
        return tell(Decision.move(environment.withActive(active), Orders.deadline(active)));
    }

    private Decision<Environment> goingOn(Environment environment, Active active, Instant now) {
        Decision<Environment> said = told(environment, active);
        return then(said, forward.advance(said.state(), now));
    }

    /** What runs already is found, and warmed up again. */
    private Decision<Environment> starting(Environment environment, Active active, Instant now) {
        Instant due = now.plus(active.plan().startWithin()).plus(rhythm.startSlack());
        return told(environment, active.until(Deadline.at(due))).and(Orders.start(active.plan()));
    }

    /** What was kept for a successor's sake, and serves no more, is stopped after its last requests. */
    static Environment relieved(Environment environment, Instant stopAt) {
        return environment.withRetired(environment.retired().stream()
                .map(retired ->
                        retired.stopAt() == null && !environment.traffic().serves(retired.key())
                                ? new Retired(retired.key(), stopAt)
                                : retired)
                .toList());
    }

    /** The timer for that, where there is any. */
    static List<Effect> drained(Environment before, Environment after, Instant now) {
        return before.retired().equals(after.retired()) ? List.of() : Drain.timerWithDue(after, now);
    }
}
