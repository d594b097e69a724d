package dev.slipway.deployment.environment;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Filling;
import dev.slipway.contracts.traffic.TrafficTypes;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.StopJudging;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.deployment.environment.Environment.Proving;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Effect.DropTask;
import dev.slipway.messaging.Effect.StartTask;
import dev.slipway.messaging.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What an environment has others do: the judge, the gateways, its own workers. */
final class Orders {
    static final String REPEAT = "repeat";
    static final String DEADLINE = "deadline";
    static final String REMIND = "remind";
    static final String DRAIN = "drain";
    static final String PROVE = "prove";
    static final String WATCH = "watch";

    private static final String JUDGE_SLOT = "judge";

    private Orders() {}

    /** The question to the judge as it is at this stage; nothing where nothing judges. */
    static List<Effect> judge(Environment environment, Active active) {
        Plan plan = active.plan();
        Canary rules = plan.canary();
        if (rules == null || !asksJudge(active)) {
            return List.of();
        }
        int step = active.stage().stepNumber();
        Snapshot baseline = plan.compared() ? environment.verified() : null;
        Snapshot left = plan.keptOnly() ? environment.verified() : null;
        long counter = switch (active.stage()) {
            case Stage.Stepping(int _, long tableCounter) -> tableCounter;
            case Stage.Baking(int _, long tableCounter) -> tableCounter;
            case Stage.Full(int _, long tableCounter) -> tableCounter;
            case Stage.Starting _, Stage.WarmingUp _, Stage.Restoring _ ->
                environment.traffic().counter();
        };
        Judge question = new Judge(
                plan.question(),
                environment.id(),
                plan.key(),
                baseline == null ? null : baseline.key(),
                step,
                step == 0 ? 0 : plan.traffic(step),
                step == 0 ? Duration.ZERO : plan.hold(step),
                counter,
                rules,
                plan.planned(),
                left == null ? null : left.key());
        return List.of(
                Effect.send(toJudge(active, ValidationTypes.JUDGE, question).asQuestion()));
    }

    /** What is left is looked at from the beginning of its leaving on, long before the kept version runs. */
    static boolean asksJudge(Active active) {
        return active.plan().judged()
                && (active.stage().watched()
                        || (active.stage() instanceof Stage.Starting
                                && active.plan().keptOnly()));
    }

    static List<Effect> stopJudging(Environment environment, Active active) {
        return active.plan().judged()
                ? List.of(Effect.send(toJudge(
                        active, ValidationTypes.STOP_JUDGING, new StopJudging(active.question(), environment.id()))))
                : List.of();
    }

    /** The newest question is enough, and the word to stop replaces it. */
    private static Message toJudge(Active active, String type, Object body) {
        String release = active.question().release().value();
        return Message.status(Topics.VALIDATION_COMMANDS, release, type, body, release, JUDGE_SLOT);
    }

    static Effect table(Environment environment, Instant now) {
        String id = environment.id().toString();
        return Effect.send(Message.status(
                Topics.TRAFFIC,
                id,
                TrafficTypes.TABLE,
                environment.traffic().table(environment.id(), now),
                environment.active() == null
                        ? id
                        : environment.active().question().release().value(),
                "traffic"));
    }

    static Effect start(Plan plan) {
        return new StartTask("start/" + plan.key(), Work.START, Work.Start.of(plan));
    }

    /** The same work for a verified version that is gone. */
    static Effect revive(Snapshot snapshot) {
        return new StartTask("start/" + snapshot.key(), Work.START, Work.Start.of(snapshot));
    }

    /** The same for one that still runs, and hangs. */
    static Effect restart(Snapshot snapshot) {
        return new StartTask("start/" + snapshot.key(), Work.RESTART, Work.Start.of(snapshot));
    }

    static Effect warmUp(Active active, Instance instance, Duration longest) {
        Plan plan = active.plan();
        Filling filling = instance.filling();
        return new StartTask(
                "warm-up/" + plan.key(),
                Work.WARM_UP,
                new Work.WarmUp(
                        plan.key(),
                        instance.address(),
                        filling.path(plan.target().health()),
                        filling.requests(plan.warmUpRequests()),
                        longest,
                        plan.checkedBefore(),
                        plan.target().http2()));
    }

    static List<Effect> dropBringingUp(Active active) {
        return List.of(new DropTask("start/" + active.key()), new DropTask("warm-up/" + active.key()));
    }

    static Effect restore(Active active, Snapshot verified) {
        return new StartTask(
                "restore/" + active.key(), Work.RESTORE, new Work.Restore(active.key(), Work.Start.of(verified)));
    }

    /** The version before comes back without a rollout. */
    static Effect fallBack(String id, Snapshot to) {
        return new StartTask(id, Work.RESTORE, new Work.Restore(id, Work.Start.of(to)));
    }

    static Effect stop(String key) {
        return new StartTask("stop/" + key, Work.STOP, new Work.Stop(key));
    }

    static Effect prove(Proving proving) {
        return new StartTask(
                "prove/" + proving.question(),
                Work.PROVE_WAY_BACK,
                new Work.ProveWayBack(proving.question(), proving.to().version(), Work.Start.of(proving.to())));
    }

    static Effect dropProof(Proving proving) {
        return new DropTask("prove/" + proving.question());
    }

    /** Nobody starts it again. */
    static Effect dropStart(String key) {
        return new DropTask("start/" + key);
    }

    /** The timer of the present deadline, stopped where there is none. */
    static Effect deadline(Active active) {
        return active.deadline() == null
                ? Effect.stopTimer(DEADLINE)
                : Effect.startTimer(DEADLINE, active.deadline().due());
    }

    static Effect repeat(Rhythm rhythm, Instant now) {
        return Effect.startTimer(REPEAT, now.plus(rhythm.repeatEvery()));
    }
}
