package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Orders.DEADLINE;
import static dev.slipway.deployment.environment.Sequence.tell;
import static dev.slipway.deployment.environment.Sequence.then;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficTable.Probe;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The way forward: warm up, then share by share, then the bake. Which is the way of a canary; the other strategies have
 * one share, all traffic:
 *
 * <ul>
 *   <li>canary: warm-up, its steps beside the version before, of whose traffic a part is held back to the end of the bake
 *   <li>blue-green: warm-up, then its smoke requests must be answered as the policy expects before any user sees it; then
 *       all traffic in one table, judged by what the version before answered up to then
 *   <li>all-at-once: warm-up, then all traffic in one table, with nothing to compare with: guardrails alone judge
 * </ul>
 *
 * <p>In each the version before runs on until the new one is verified, so that the way back is one table.
 */
final class Forward {
    private final Rhythm rhythm;
    private final Back back;

    Forward(Rhythm rhythm, Back back) {
        this.rhythm = rhythm;
        this.back = back;
    }

    /** It runs: traffic at once where nothing judges, else warm-up and the question to the judge. */
    Decision<Environment> warmUp(Environment environment, Active active, Instance instance, Instant now) {
        Canary canary = active.plan().canary();
        if (canary == null) {
            return advance(environment.withActive(active.enter(new Stage.WarmingUp(true), now)), now);
        }
        boolean warm = canary.warmUp().isZero() && !active.plan().checkedBefore();
        Active warming = Deadlines.within(active.enter(new Stage.WarmingUp(warm), now), now);
        Traffic traffic = environment.traffic().watched(watch(active.plan()));
        boolean watching = !traffic.equals(environment.traffic()); // the baseline is measured before the first share
        Environment next = environment.withActive(warming).withTraffic(traffic);
        Decision<Environment> begun = tell(Decision.move(next, Orders.deadline(warming), Orders.repeat(rhythm, now))
                .and(watching ? List.of(Orders.table(next, now)) : List.of())
                .and(Orders.judge(next, warming))
                .and(warm ? List.of() : List.of(Orders.warmUp(warming, instance, canary.warmUp()))));
        return then(begun, advance(next, now));
    }

    /**
     * Whatever has come true by now. Bad news first: a judgement may say in one breath that a step has passed and that
     * the version is worse.
     */
    Decision<Environment> advance(Environment environment, Instant now) {
        Active active = Objects.requireNonNull(environment.active());
        Worse worse = Holding.worse(environment, active);
        if (worse != null) {
            return back.worse(environment, active, worse, now);
        }
        Instance instance = active.instance();
        if (active.paused() || instance == null || environment.traffic().anyAway()) {
            return Decision.move(environment);
        }
        JudgementStatus judgement = environment.judgementOf(active);
        return switch (active.stage()) {
            case Stage.WarmingUp(boolean warm)
            when warm && ready(active, judgement) -> give(environment, active, instance, 1, now);
            case Stage.Stepping(int step, long _)
            when passed(active, judgement, step) -> stepUp(environment, active, instance, step + 1, now);
            case Stage.Baking(int step, long _)
            when passed(active, judgement, step) -> full(environment, active, "the bake has passed", now);
            case Stage.Starting _,
                    Stage.WarmingUp _,
                    Stage.Stepping _,
                    Stage.Baking _,
                    Stage.Full _,
                    Stage.Restoring _ -> Decision.move(environment);
        };
    }

    private static boolean passed(Active active, @Nullable JudgementStatus judgement, int step) {
        return judgement != null && judgement.passedStep() >= step && active.waitsForMetrics() == null;
    }

    private Traffic.Watch watch(Plan plan) {
        Canary canary = plan.canary();
        Probe probe = plan.probed() ? new Probe(rhythm.probesPerSecond(), plan.probes()) : null;
        return canary == null ? Traffic.Watch.NONE : new Traffic.Watch(true, probe, canary.statuses());
    }

    private static boolean ready(Active active, @Nullable JudgementStatus judgement) {
        return !active.plan().judged() || (judgement != null && judgement.baselineReady());
    }

    /** The next step, the bake after the last of them, or the end. */
    Decision<Environment> stepUp(Environment environment, Active active, Instance instance, int step, Instant now) {
        Plan plan = active.plan();
        if (step <= plan.steps().size() || (step == plan.bakeStep() && plan.bakes())) {
            return give(environment, active, instance, step, now);
        }
        return full(environment, active, plan.bakes() ? "the bake is over" : "every step has passed", now);
    }

    /** Nothing is left to pass: the slot's holder says when it is verified. It is watched on until then. */
    private static Decision<Environment> full(Environment environment, Active active, String why, Instant now) {
        Stage.Full full = new Stage.Full(
                active.stage().stepNumber(), environment.traffic().counter());
        Environment next = environment.withActive(active.enter(full, now).until(null));
        return tell(Decision.move(next, Effect.stopTimer(DEADLINE)).because(why));
    }

    /** The share of a step or of the bake, in force as soon as the gateways read the table. */
    private Decision<Environment> give(
            Environment environment, Active active, Instance instance, int step, Instant now) {
        Plan plan = active.plan();
        int percent = plan.traffic(step);
        Traffic traffic = environment.traffic().split(plan, instance, percent, environment.verified(), watch(plan));
        boolean judged = plan.judged();
        Active stepping = judged
                ? Deadlines.within(active.enter(stage(plan, step, traffic), now), now)
                : active.enter(new Stage.Full(step, traffic.counter()), now).until(null);
        Environment next =
                Holding.relieved(environment.withTraffic(traffic).withActive(stepping), now.plus(rhythm.drain()));
        return tell(Decision.move(next, Orders.table(next, now))
                        .and(
                                judged
                                        ? List.of(Orders.deadline(stepping), Orders.repeat(rhythm, now))
                                        : List.of(Orders.deadline(stepping)))
                        .and(Orders.judge(next, stepping)))
                .and(Holding.drained(environment, next, now))
                .because((step > plan.steps().size() ? "bake" : "step " + step) + ": " + percent + " %");
    }

    private static Stage stage(Plan plan, int step, Traffic traffic) {
        return step > plan.steps().size()
                ? new Stage.Baking(step, traffic.counter())
                : new Stage.Stepping(step, traffic.counter());
    }
}
