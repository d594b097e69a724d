package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Orders.DEADLINE;
import static dev.slipway.deployment.environment.Sequence.tell;
import static dev.slipway.deployment.environment.Sequence.then;

import dev.slipway.contracts.deployment.Promotion;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import dev.slipway.deployment.environment.EnvironmentInput.PromoteAsked;
import dev.slipway.deployment.environment.EnvironmentInput.RolloutAsked;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.time.Instant;

/**
 * What a person does to the rollout that holds the slot: pause, resume, promote. Bad news wins over all of it. Each
 * command is answered in each stage: by what it did, or by a last note that says why it changes nothing.
 */
final class Steering {
    private final Forward forward;
    private final Back back;
    private final Holding holding;

    Steering(Forward forward, Back back, Holding holding) {
        this.forward = forward;
        this.back = back;
        this.holding = holding;
    }

    /** Whether there is still something to pause or promote. */
    static boolean pausable(Active active) {
        return switch (active.stage()) {
            case Stage.Starting _, Stage.WarmingUp _, Stage.Stepping _, Stage.Baking _ -> true;
            case Stage.Full _, Stage.Restoring _ -> false;
        };
    }

    /** Why a command changes nothing at this stage. */
    static String why(Active active, RolloutAsked asked) {
        return switch (asked) {
            case EnvironmentInput.WithdrawAsked _ -> "withdraw: it is admitted, so it goes on";
            case EnvironmentInput.RollBackAsked _ -> "roll back: it is going back already";
            case EnvironmentInput.AbortAsked _ -> "abort: it is going back already, which ends it";
            case EnvironmentInput.ConfirmAsked _ ->
                "confirm: " + (Holding.isHeld(active) ? "it is held until a person says what is done" : notYet(active));
            case EnvironmentInput.PauseAsked _ -> "pause: " + (active.paused() ? "it is paused already" : no(active));
            case EnvironmentInput.ResumeAsked _ -> "resume: it is not paused";
            case PromoteAsked _ -> "promote: " + no(active);
        };
    }

    private static String notYet(Active active) {
        return switch (active.stage()) {
            case Stage.Starting _, Stage.WarmingUp _, Stage.Stepping _ -> "not every step has passed";
            case Stage.Baking _ -> "the bake has not passed";
            case Stage.Full _, Stage.Restoring _ -> no(active);
        };
    }

    private static String no(Active active) {
        return switch (active.stage()) {
            case Stage.Starting _ -> "it does not run yet";
            case Stage.WarmingUp _, Stage.Stepping _, Stage.Baking _ -> "nothing to do";
            case Stage.Full _ -> "every step and the bake have passed; it waits to be confirmed";
            case Stage.Restoring _ -> "it is going back";
        };
    }

    Decision<Environment> pause(Environment environment, Active active, RolloutAsked asked) {
        boolean starting = active.stage() instanceof Stage.Starting; // a start goes on to its own deadline
        Active next = active.pausedBy("paused: " + asked.reason() + " (" + asked.actor() + ")", starting);
        Decision<Environment> decision = Decision.move(environment.withActive(next));
        return tell(starting ? decision : decision.and(Effect.stopTimer(DEADLINE)));
    }

    Decision<Environment> resume(Environment environment, Active active, RolloutAsked asked, Instant now) {
        Active resumed = active.resumed().noting("resumed: " + asked.reason() + " (" + asked.actor() + ")");
        if (Holding.isHeld(active)) {
            return holding.resumed(environment, resumed, now);
        }
        Active next = active.stage() instanceof Stage.Starting ? resumed : Deadlines.within(resumed, now);
        Environment going = environment.withActive(next);
        Decision<Environment> said = tell(Decision.move(going, Orders.deadline(next)));
        return then(said, forward.advance(going, now));
    }

    Decision<Environment> promote(
            Environment environment, Active active, Instance instance, PromoteAsked asked, Instant now) {
        Worse worse = Holding.worse(environment, Holding.isHeld(active) ? active.resumed() : active);
        if (worse != null) {
            return back.worse(environment, active, worse, now);
        }
        int last = active.plan().steps().size();
        int next = active.stage().stepNumber() + 1;
        int to = asked.full() && next <= last ? last : next;
        Active noted = active.resumed().noting(promoted(active, to, asked));
        Active promoted = asked.full() ? toAll(noted) : ended(noted);
        Decision<Environment> stepped = forward.stepUp(environment.withActive(promoted), promoted, instance, to, now);
        boolean away = environment.traffic().away(active.key()); // by its warm-up it comes back, with the new share
        if (away && Holding.isHeld(active)) {
            return stepped.and(Orders.start(active.plan())); // a task that runs already goes on
        }
        return away ? stepped : stepped.and(new Effect.DropTask("warm-up/" + active.key()));
    }

    /** Whoever checks the release later asks for which steps a person answers. */
    private static String promoted(Active active, int to, PromoteAsked asked) {
        int first = Math.max(1, active.stage().stepNumber());
        return first < to
                ? new Promotion(first, to - 1).note(asked.reason(), asked.actor())
                : "promoted past the warm-up: %s (%s)".formatted(asked.reason(), asked.actor());
    }

    /** All traffic means all of it: who says so may have reason to leave the version before at once. */
    private static Active toAll(Active active) {
        int heldBack = active.plan().holdBack();
        boolean baking = active.stage() instanceof Stage.Baking;
        return heldBack == 0 || baking
                ? ended(active)
                : active.following(active.plan().holdingBack(0))
                        .noting(heldBack + " % are held back no longer: with nothing beside it, guardrails and what was"
                                + " seen before decide");
    }

    private static Active ended(Active active) {
        return active.stage() instanceof Stage.Baking
                ? active.noting("the bake was ended by a person, not by what was seen")
                : active;
    }
}
