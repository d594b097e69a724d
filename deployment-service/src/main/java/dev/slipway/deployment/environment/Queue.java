package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Orders.REMIND;

import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.deployment.environment.Environment.Waiting;
import dev.slipway.deployment.environment.EnvironmentInput.RolloutAsked;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commands about rollouts that do not hold the slot: the one that waits, those that are over, and those never heard of.
 *
 * <pre>
 * WAITING    Withdraw, Abort, RollBack   NOT_ADMITTED, for good
 * WAITING    Pause                       held for a person, also when the slot is free
 * WAITING    Resume                      held: starts if the slot is free, else waits its turn; not held: says so
 * WAITING    Promote                     held and the slot is free: starts; else says what it waits for
 *                                        (where its plan says so, its release is asked before it starts)
 * WAITING    Confirm                     says that nothing can be confirmed yet
 * over       any                         its answer, the same for good
 * unheard    Withdraw, Abort, RollBack   NOT_ADMITTED, for good: the command to start it may still be on its way
 * unheard    the others                  UNKNOWN
 * forgotten  any                         UNKNOWN, for a person to decide
 * </pre>
 */
final class Queue {
    private final Rhythm rhythm;
    private final Slot slot;

    Queue(Rhythm rhythm, Slot slot) {
        this.rhythm = rhythm;
        this.slot = slot;
    }

    /** A command about the rollout that waits. */
    Decision<Environment> askedWaiting(Environment environment, Waiting waiting, RolloutAsked asked, Instant now) {
        boolean free = environment.active() == null;
        String said = ": " + asked.reason() + " (" + asked.actor() + ")";
        return switch (asked) {
            case EnvironmentInput.WithdrawAsked _, EnvironmentInput.AbortAsked _, EnvironmentInput.RollBackAsked _ ->
                drop(environment.withWaiting(null), waiting.plan().rank(), asked)
                        .and(free ? List.of(Effect.stopTimer(REMIND)) : List.of());
            case EnvironmentInput.PauseAsked _
            when !waiting.held() -> tell(environment, waiting.held(null, "paused" + said));
            case EnvironmentInput.ResumeAsked _
            when waiting.held() && free -> begin(environment, waiting.free("resumed" + said), now);
            case EnvironmentInput.ResumeAsked _
            when waiting.held() -> tell(environment, waiting.free("resumed" + said));
            case EnvironmentInput.PromoteAsked _
            when waiting.held() && free -> begin(environment, waiting.free("promoted" + said), now);
            case EnvironmentInput.PauseAsked _ -> answer(environment, waiting, "pause: it is held already");
            case EnvironmentInput.ResumeAsked _ -> answer(environment, waiting, "resume: it is not held");
            case EnvironmentInput.PromoteAsked _ ->
                answer(
                        environment,
                        waiting,
                        "promote: it has no share yet, as "
                                + (free
                                        ? "its release is asked whether it is still to begin"
                                        : "another rollout holds the slot"));
            case EnvironmentInput.ConfirmAsked _ ->
                answer(environment, waiting, "confirm: it has not started, so nothing can be confirmed");
        };
    }

    private Decision<Environment> begin(Environment environment, Waiting waiting, Instant now) {
        return waiting.plan().asksFirst() ? tell(environment, waiting) : slot.begin(environment, waiting, now);
    }

    private static Decision<Environment> tell(Environment environment, Waiting waiting) {
        Environment next = environment.withWaiting(waiting);
        return Decision.move(next, Statuses.send(Statuses.of(next, waiting)));
    }

    private static Decision<Environment> answer(Environment environment, Waiting waiting, String why) {
        return Decision.move(environment, Statuses.send(Statuses.of(environment, waiting, why)));
    }

    /**
     * Whether a command may be heard before what was said earlier. Not where the command to start its rollout may still be
     * on its way and the answer would depend on that.
     */
    static boolean mayOvertake(Environment environment, RolloutAsked asked) {
        if (environment.isActive(asked.question()) || environment.isWaiting(asked.question())) {
            return true;
        }
        boolean drops = asked instanceof EnvironmentInput.AbortAsked || asked instanceof EnvironmentInput.RollBackAsked;
        return drops && environment.forgotten() == null;
    }

    /** A command about a rollout that is neither active nor waiting. */
    Decision<Environment> askedOther(Environment environment, RolloutAsked asked) {
        return environment
                .answerTo(asked.question())
                .map(answer -> Decision.move(environment, Statuses.send(answer)))
                .orElseGet(() -> askedUnheard(environment, asked));
    }

    /** The command to start it may still be on its way; once dropped, it never starts. */
    private Decision<Environment> askedUnheard(Environment environment, RolloutAsked asked) {
        return switch (asked) {
            case EnvironmentInput.WithdrawAsked _, EnvironmentInput.AbortAsked _, EnvironmentInput.RollBackAsked _ ->
                drop(environment, null, asked);
            case EnvironmentInput.ConfirmAsked _,
                    EnvironmentInput.PauseAsked _,
                    EnvironmentInput.ResumeAsked _,
                    EnvironmentInput.PromoteAsked _ ->
                Decision.move(environment, Statuses.send(slot.unknown(environment, asked.question())));
        };
    }

    private Decision<Environment> drop(Environment environment, @Nullable Rank rank, RolloutAsked asked) {
        boolean perhapsForgotten = rank == null && environment.forgotten() != null;
        RolloutCause cause = asked instanceof EnvironmentInput.WithdrawAsked
                ? null
                : new RolloutCause("aborted", asked.reason() + " (" + asked.actor() + ")", "", "");
        RolloutStatus answer = perhapsForgotten
                ? slot.unknown(environment, asked.question())
                : Statuses.never(
                        environment,
                        asked.question(),
                        Phase.NOT_ADMITTED,
                        cause,
                        "dropped before it started: " + asked.reason());
        return Decision.move(Memory.keep(environment, rank, answer, rhythm.answersKept()), Statuses.send(answer))
                .because(asked.question() + " never starts");
    }
}
