package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Sequence.tell;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.deployment.environment.Active.Deadline;
import dev.slipway.messaging.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** What happens when a stage takes too long. A deadline asks before it acts, and forgives one sleep of the machine. */
final class Deadlines {
    private final Rhythm rhythm;
    private final Back back;

    Deadlines(Rhythm rhythm, Back back) {
        this.rhythm = rhythm;
        this.back = back;
    }

    Decision<Environment> whenOverdue(Environment environment, Active active, Instant now) {
        Deadline deadline = active.deadline();
        if (deadline == null) {
            return Decision.stay(environment);
        }
        if (!deadline.restarted() && now.isAfter(deadline.due().plus(rhythm.clockJump()))) {
            Active again = active.until(new Deadline(now.plus(length(active)), deadline.asked(), true))
                    .noting("the machine slept or its clock jumped: the deadline begins again, once");
            return tell(Decision.move(environment.withActive(again), Orders.deadline(again)));
        }
        boolean starts = environment.waitsToComeBack(active.key());
        if (starts && deadline.asked()) {
            return back.bad(environment, active, late(active), now);
        }
        if (starts) {
            return askTheTarget(environment, active, deadline, now);
        }
        return switch (active.stage()) {
            case Stage.Starting _ when !deadline.asked() -> askTheTarget(environment, active, deadline, now);
            case Stage.Starting _ -> back.bad(environment, active, late(active), now);
            case Stage.WarmingUp _, Stage.Stepping _, Stage.Baking _ ->
                inconclusive(environment, active, deadline, now);
            case Stage.Full _ -> Decision.stay(environment);
            case Stage.Restoring restoring -> back.again(environment, active, restoring, now);
        };
    }

    /** Its worker may have died: another one finds what runs, or starts it. One that is still at it goes on. */
    private static Decision<Environment> askTheTarget(
            Environment environment, Active active, Deadline deadline, Instant now) {
        Active asked = active.until(new Deadline(now.plus(active.plan().startWithin()), true, deadline.restarted()));
        return Decision.move(environment.withActive(asked), Orders.deadline(asked), Orders.start(active.plan()));
    }

    /** Asks once more before it acts: the answer may have been lost. */
    private Decision<Environment> inconclusive(Environment environment, Active active, Deadline deadline, Instant now) {
        if (!deadline.asked()) {
            Active asked = active.until(new Deadline(now.plus(rhythm.askWithin()), true, deadline.restarted()));
            Environment next = environment.withActive(asked);
            return Decision.move(next, Orders.deadline(asked)).and(Orders.judge(next, asked));
        }
        Canary canary = Objects.requireNonNull(active.plan().canary());
        JudgementStatus judgement = Metered.shown(environment, active);
        String missing = judgement == null ? "no judgement came" : judgement.waitingFor();
        RolloutCause cause = new RolloutCause(
                "inconclusive",
                "We cannot know whether it is good",
                missing,
                "within " + Texts.words(active.plan().within(active.stage().stepNumber())));
        return switch (canary.onInconclusive()) {
            case HOLD -> tell(Decision.move(environment.withActive(active.pausedFor(cause))));
            case ROLL_BACK -> back.bad(environment, active, cause, now);
        };
    }

    /** The same with the deadline of a judged step or of the bake; without one where nothing judges. */
    static Active within(Active active, Instant now) {
        Plan plan = active.plan();
        return plan.judged()
                ? active.until(Deadline.at(now.plus(plan.within(active.stage().stepNumber()))))
                : active.until(null);
    }

    private Duration length(Active active) {
        Plan plan = active.plan();
        return switch (active.stage()) {
            case Stage.Starting _ -> plan.startWithin().plus(rhythm.startSlack());
            case Stage.WarmingUp _, Stage.Stepping _, Stage.Baking _, Stage.Full _ ->
                plan.judged() ? plan.within(active.stage().stepNumber()) : rhythm.restoreWithin();
            case Stage.Restoring _ -> rhythm.restoreWithin(plan.target());
        };
    }

    private static RolloutCause late(Active active) {
        return new RolloutCause(
                "start-failed",
                "It was not healthy in time",
                "no answer",
                "within " + Texts.words(active.plan().startWithin()));
    }
}
