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

/** The way forward: warm up, then share by share. */
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
        boolean warm = canary.warmUp().isZero();
        Active warming = Deadlines.within(active.enter(new Stage.WarmingUp(warm), now), now);
        Traffic traffic = environment.traffic().probed(probe(active.plan()));
        boolean probing = !traffic.equals(environment.traffic()); // the baseline is measured before the first share
        Environment next = environment.withActive(warming).withTraffic(traffic);
        Decision<Environment> begun = tell(Decision.move(next, Orders.deadline(warming), Orders.repeat(rhythm, now))
                .and(probing ? List.of(Orders.table(next, now)) : List.of())
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
        Worse worse = environment.worse();
        if (worse != null) {
            return back.worse(environment, active, worse, now);
        }
        Instance instance = active.instance();
        if (active.paused() || instance == null) {
            return Decision.move(environment);
        }
        JudgementStatus judgement = environment.judgementOf(active);
        return switch (active.stage()) {
            case Stage.WarmingUp(boolean warm)
            when warm && ready(active, judgement) -> give(environment, active, instance, 1, now);
            case Stage.Stepping(int step, long _)
            when judgement != null && judgement.passedStep() >= step ->
                stepUp(environment, active, instance, step + 1, now);
            case Stage.Starting _, Stage.WarmingUp _, Stage.Stepping _, Stage.Full _, Stage.Restoring _ ->
                Decision.move(environment);
        };
    }

    private @Nullable Probe probe(Plan plan) {
        return plan.probed() ? new Probe(rhythm.probesPerSecond(), plan.probes()) : null;
    }

    private static boolean ready(Active active, @Nullable JudgementStatus judgement) {
        return !active.plan().judged() || (judgement != null && judgement.baselineReady());
    }

    /** The next step, or the end of them. */
    Decision<Environment> stepUp(Environment environment, Active active, Instance instance, int step, Instant now) {
        if (step <= active.plan().steps().size()) {
            return give(environment, active, instance, step, now);
        }
        Stage.Full full = new Stage.Full(step - 1, environment.traffic().counter());
        Environment next = environment.withActive(active.enter(full, now).until(null));
        return tell(Decision.move(next, Effect.stopTimer(DEADLINE)).because("every step has passed"));
    }

    /** The share of a step, in force as soon as the gateways read the table. */
    private Decision<Environment> give(
            Environment environment, Active active, Instance instance, int step, Instant now) {
        int percent = active.plan().step(step).traffic();
        Traffic traffic = environment
                .traffic()
                .split(active.plan(), instance, percent, environment.verified(), probe(active.plan()));
        boolean judged = active.plan().judged();
        Active stepping = judged
                ? Deadlines.within(active.enter(new Stage.Stepping(step, traffic.counter()), now), now)
                : active.enter(new Stage.Full(step, traffic.counter()), now).until(null);
        Environment next = environment.withTraffic(traffic).withActive(stepping);
        return tell(Decision.move(next, Orders.table(next, now))
                        .and(
                                judged
                                        ? List.of(Orders.deadline(stepping), Orders.repeat(rhythm, now))
                                        : List.of(Orders.deadline(stepping)))
                        .and(Orders.judge(next, stepping)))
                .because("step " + step + ": " + percent + " %");
    }
}
