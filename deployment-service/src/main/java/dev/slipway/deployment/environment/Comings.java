package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Sequence.tell;
import static dev.slipway.deployment.environment.Sequence.then;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.deployment.environment.Active.Deadline;
import dev.slipway.deployment.environment.EnvironmentInput.CameBack;
import dev.slipway.deployment.environment.EnvironmentInput.StartFailed;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Slipway's own comings and goings are not a version's fault. What was ended because Slipway was stopped, or the machine
 * under it, is started anew, and a rollout goes on where it was: meanwhile the version gets no request, nobody counts, and
 * no deadline runs. A canary is warmed up again before it gets its share back, as a cold one is slower for no fault of its
 * own. Only a version that does not come up again goes back.
 */
final class Comings {
    private static final String AWAY = "ended with Slipway";

    private final Rhythm rhythm;
    private final Back back;
    private final Forward forward;

    Comings(Rhythm rhythm, Back back, Forward forward) {
        this.rhythm = rhythm;
        this.back = back;
        this.forward = forward;
    }

    Decision<Environment> ended(Environment environment, List<String> keys, Instant now) {
        Decision<Environment> all = Decision.stay(environment);
        for (String key : keys) {
            all = then(all, ended(all.state(), key, now));
        }
        return all;
    }

    private Decision<Environment> ended(Environment environment, String key, Instant now) {
        Active active = environment.active();
        if (active != null && active.key().equals(key)) {
            return again(environment, noting(active), now);
        }
        Snapshot verified = environment.verified();
        if (verified == null || !verified.key().equals(key)) {
            return Decision.stay(environment);
        }
        boolean restoring = active != null && active.stage() instanceof Stage.Restoring;
        Decision<Environment> without = without(environment, key, now);
        return restoring ? without : without.and(Orders.revive(verified));
    }

    private Decision<Environment> again(Environment environment, Active active, Instant now) {
        return switch (active.stage()) {
            case Stage.WarmingUp _ -> anew(environment, active, now);
            case Stage.Stepping _, Stage.Baking _, Stage.Full _ -> leave(environment, active, now);
            case Stage.Starting _, Stage.Restoring _ -> Decision.stay(environment); // its task starts or stops it
        };
    }

    /**
     * It ended by itself and may only go forward: a person is asked, and meanwhile it is started again, as a verified version
     * is. If it ends once more before anybody has said something, it waits for that.
     */
    Decision<Environment> died(Environment environment, Active active, RolloutCause cause, Instant now) {
        boolean twice = Holding.isHeldFor(active, cause);
        Decision<Environment> held = back.bad(environment, active, cause, now);
        Active waiting = Objects.requireNonNull(held.state().active());
        return twice
                ? then(held, without(held.state(), waiting.key(), now))
                : then(held, again(held.state(), waiting.noting("it is started again while a person is asked"), now));
    }

    /** It had no share yet: its start begins again, and with it the warm-up. */
    private Decision<Environment> anew(Environment environment, Active active, Instant now) {
        Active starting = active.enter(new Stage.Starting(), now).until(starting(active, now));
        return tell(Decision.move(environment.withActive(starting), Orders.deadline(starting))
                .and(Orders.dropBringingUp(active))
                .and(Orders.start(active.plan())));
    }

    private Decision<Environment> leave(Environment environment, Active active, Instant now) {
        if (environment.traffic().away(active.key())) {
            return Decision.stay(environment).and(Orders.start(active.plan())); // a task that runs already goes on
        }
        Active leaving = active.until(starting(active, now));
        Decision<Environment> without = without(environment.withActive(leaving), active.key(), now);
        return tell(without.and(List.of(Orders.deadline(leaving), Orders.start(active.plan()))));
    }

    private static Active noting(Active active) {
        return active.renoting(
                AWAY,
                ": its process was stopped with Slipway or its machine, is started anew, and is not judged for it");
    }

    private Deadline starting(Active active, Instant now) {
        return Deadline.at(now.plus(active.plan().startWithin()).plus(rhythm.startSlack()));
    }

    private static Decision<Environment> without(Environment environment, String key, Instant now) {
        Environment next = environment.withTraffic(environment.traffic().without(key));
        return next.traffic().equals(environment.traffic())
                ? Decision.move(environment)
                : Decision.move(next, Orders.table(next, now));
    }

    /** A canary that was away runs again, and is cold. */
    Decision<Environment> started(Environment environment, Active active, Instance instance, Instant now) {
        Active there = active.at(instance);
        Canary canary = active.plan().canary();
        return canary == null || canary.warmUp().isZero()
                ? isBack(environment, there, instance, now)
                : Decision.move(environment.withActive(there), Orders.warmUp(there, instance, canary.warmUp()));
    }

    /** It has its share again, with as much time for the step as one that has just begun. */
    Decision<Environment> isBack(Environment environment, Active active, Instance instance, Instant now) {
        Active noted = active.renoting(AWAY, ": it runs again, and the rollout goes on where it was");
        boolean timed = !active.paused() && !(active.stage() instanceof Stage.Full);
        Active going = timed ? Deadlines.within(noted, now) : noted.until(null);
        Environment next =
                environment.withActive(going).withTraffic(environment.traffic().back(active.key(), instance));
        Decision<Environment> said = tell(Decision.move(next, Orders.table(next, now), Orders.deadline(going))
                .and(Orders.judge(next, going)));
        return then(said, forward.advance(next, now));
    }

    /** What is confirmed while it is away comes back like any verified version: the warm-up of its rollout is over. */
    static List<Effect> confirmed(Environment environment) {
        Snapshot verified = environment.verified();
        return verified != null && environment.traffic().away(verified.key())
                ? List.of(Orders.revive(verified))
                : List.of();
    }

    /** What ran before does not come up again: that is its own fault. */
    Decision<Environment> failed(Environment environment, Active active, StartFailed failed, Instant now) {
        String text = "It does not come up again after Slipway was stopped: " + failed.text();
        return back.bad(environment, active, new RolloutCause(failed.kind(), text, "", ""), now);
    }

    /** While nobody looked no deadline ran. */
    static Decision<Environment> cameBack(Environment environment, Active active, CameBack came) {
        Deadline deadline = active.deadline();
        if (deadline == null) {
            return Decision.stay(environment);
        }
        Duration away = came.away();
        Active later = active.until(new Deadline(deadline.due().plus(away), false, deadline.restarted()))
                .renoting("Slipway was away", " for %s: its deadline is later by as much".formatted(Texts.words(away)));
        Effect timer = Orders.deadline(later);
        return tell(Decision.move(environment.withActive(later), timer));
    }
}
