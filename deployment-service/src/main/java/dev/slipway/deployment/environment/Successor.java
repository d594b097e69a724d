package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Orders.DEADLINE;
import static dev.slipway.deployment.environment.Orders.REPEAT;

import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.deployment.environment.Environment.Waiting;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What repairs a rollout that may only go forward takes its place, and no traffic moves back for it: the version that is
 * repaired keeps its share until the new one takes that, begins with no less, and may itself only go forward.
 */
final class Successor {
    private Successor() {}

    /** Whether this plan repairs the rollout that has the slot, which may not go back to make room. */
    static boolean takesOver(@Nullable Active active, Plan plan) {
        return active != null
                && Holding.isMeant(active)
                && !(active.stage() instanceof Stage.Restoring)
                && active.question().release().equals(plan.fixes());
    }

    /** The one that is repaired has its answer for good. */
    static Decision<Environment> displaced(Environment environment, Active active, Plan by, Rhythm rhythm) {
        RolloutCause held = active.cause();
        RolloutCause why = new RolloutCause(
                "displaced",
                "%s, which repairs it, takes its place and its share of traffic%s"
                        .formatted(by.version(), held == null ? "" : "; it was held: " + held.text()),
                held == null ? "" : held.observed(),
                held == null ? "" : held.limit());
        RolloutStatus answer = Statuses.last(environment, active.because(why), Phase.DISPLACED);
        Environment left = Memory.keep(environment, active.plan().rank(), answer, rhythm.answersKept())
                .withActive(null)
                .withJudgement(null);
        return Decision.move(left, Effect.stopTimer(REPEAT), Effect.stopTimer(DEADLINE), Statuses.send(answer))
                .and(Orders.stopJudging(environment, active))
                .and(Orders.dropBringingUp(active));
    }

    /** How it goes on from where the other one is. */
    static Waiting waiting(Environment environment, Active active, Plan asked) {
        String reason = Objects.requireNonNullElse(
                asked.forwardOnly(), Objects.requireNonNull(active.plan().forwardOnly()));
        int percent = environment.traffic().percentOf(active.key());
        return new Waiting(
                asked.onlyForward(reason).from(percent),
                false,
                null,
                List.of(
                        "it repairs %s, which may only go forward: it takes its place at %d %%, and may only go forward too"
                                .formatted(active.question().release(), percent)));
    }

    /** What has a share runs on until the table is another; what has none is stopped. */
    static Decision<Environment> keeping(Decision<Environment> admitted, Active active, Instant now) {
        Environment state = admitted.state();
        boolean serves = state.traffic().serves(active.key());
        Environment next = state.retiring(new Retired(active.key(), serves ? null : now));
        return new Decision<>(next, admitted.effects(), admitted.reason(), admitted.refusal())
                .and(Drain.timerWithDue(next, now));
    }
}
