package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Orders.DEADLINE;
import static dev.slipway.deployment.environment.Orders.REMIND;
import static dev.slipway.deployment.environment.Orders.REPEAT;
import static dev.slipway.deployment.environment.Sequence.then;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.deployment.environment.Active.Deadline;
import dev.slipway.deployment.environment.Environment.Waiting;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Who has the slot, who is next, and who never gets it. At most one rollout is active and at most one waits: the newest
 * by ordinal. What was admitted, queued or dropped once never starts again. What had to wait begins when its turn comes, or,
 * where its plan says so, once its release has been asked and says that it is still to begin. What repairs one that may only
 * go forward takes its slot ({@link Successor}). Commands about the one that waits and about those that never held the slot
 * are answered by {@link Queue}.
 */
final class Slot {
    private final Rhythm rhythm;

    Slot(Rhythm rhythm) {
        this.rhythm = rhythm;
    }

    Decision<Environment> asked(Environment environment, Plan plan, Instant now) {
        QuestionKey question = plan.question();
        Active active = environment.active();
        Waiting waiting = environment.waiting();
        if (active != null && environment.isActive(question)) {
            return again(environment, active, plan);
        }
        if (waiting != null && environment.isWaiting(question)) {
            boolean begins = active == null && !waiting.held() && !plan.asksFirst();
            if (begins) {
                return begin(environment, waiting, now);
            }
            boolean asksNow =
                    plan.asksFirst() && !waiting.plan().asksFirst(); // it was queued by one that knew no such word
            Waiting known = asksNow ? new Waiting(plan, waiting.held(), waiting.cause(), waiting.notes()) : waiting;
            Environment next = environment.withWaiting(known);
            return Decision.move(next, Statuses.send(Statuses.of(next, known)));
        }
        return environment
                .answerTo(question)
                .map(answer -> Decision.move(Memory.seen(environment, plan.rank()), Statuses.send(answer)))
                .orElseGet(() -> Memory.late(environment, plan.rank())
                        ? late(environment, plan)
                        : kept(environment, plan)
                                ? admitOrQueue(Memory.seen(environment, plan.rank()), plan, now)
                                : noSnapshot(environment, plan));
    }

    /** A rollout that began under a version of this service that knew no bake has one as soon as it is asked for again. */
    private static Decision<Environment> again(Environment environment, Active active, Plan asked) {
        boolean more = active.plan().bake().isZero() && !asked.bake().isZero();
        Environment next =
                more ? environment.withActive(active.following(active.plan().baking(asked.bake()))) : environment;
        return Decision.move(next, Statuses.send(Statuses.of(next, Objects.requireNonNull(next.active()))));
    }

    /** A rollback of a completed release goes to a kept snapshot only, DESIGN section 14, 3. */
    private static boolean kept(Environment environment, Plan plan) {
        return !plan.keptOnly() || environment.kept(plan).isPresent();
    }

    private Decision<Environment> noSnapshot(Environment environment, Plan plan) {
        RolloutCause cause = new RolloutCause(
                "no-snapshot",
                "%s keeps no snapshot of %s with its configuration to go back to"
                        .formatted(environment.id(), plan.version()),
                plan.artifact().digest().brief(),
                "one of the last " + rhythm.snapshotsKept() + " verified");
        RolloutStatus answer = Statuses.never(
                environment, plan.question(), Phase.NOT_ADMITTED, cause, "only a kept snapshot can be gone back to");
        return Decision.move(Memory.keep(environment, plan.rank(), answer, rhythm.answersKept()), Statuses.send(answer))
                .because(plan.question() + " has no snapshot");
    }

    /** A newer rollout has been seen, so this one never starts. */
    private Decision<Environment> late(Environment environment, Plan plan) {
        if (Memory.beyond(environment, plan.rank())) {
            return Decision.stay(environment).and(Statuses.send(unknown(environment, plan.question())));
        }
        return displace(environment, plan);
    }

    private Decision<Environment> admitOrQueue(Environment environment, Plan plan, Instant now) {
        Waiting before = environment.waiting();
        Decision<Environment> room = before == null ? Decision.stay(environment) : displace(environment, before.plan());
        Environment freed = room.state().withWaiting(null);
        Waiting waiting = Waiting.of(plan);
        Active holder = freed.active();
        if (holder == null) {
            return then(room, admit(freed, waiting, now));
        }
        if (Successor.takesOver(holder, plan)) {
            Decision<Environment> left = Successor.displaced(freed, holder, plan, rhythm);
            Decision<Environment> begun = admit(left.state(), Successor.waiting(freed, holder, plan), now);
            return then(room, then(left, Successor.keeping(begun, holder, now)));
        }
        Environment queued = freed.withWaiting(waiting);
        return then(room, Decision.move(queued, Statuses.send(Statuses.of(queued, waiting)), remind(now)));
    }

    private static boolean faulty(Active before, Phase phase) {
        boolean aborted = before.cause() != null && before.cause().kind().equals("aborted");
        return phase == Phase.RESTORED ? !aborted : before.plan().keptOnly();
    }

    private Decision<Environment> displace(Environment environment, Plan plan) {
        RolloutCause cause = new RolloutCause("displaced", "A newer release took its place", "", "");
        RolloutStatus answer = Statuses.never(
                environment, plan.question(), Phase.DISPLACED, cause, "a newer release was asked for: newest wins");
        return Decision.move(
                Memory.keep(environment, plan.rank(), answer, rhythm.answersKept()), Statuses.send(answer));
    }

    /** The slot goes to this rollout, and its work begins. */
    private Decision<Environment> admit(Environment environment, Waiting waiting, Instant now) {
        Plan asked = waiting.plan();
        if (!kept(environment, asked)) { // another one was verified while it waited
            return noSnapshot(environment, asked);
        }
        List<String> notes = new ArrayList<>(waiting.notes());
        Plan plan = course(environment, asked, notes);
        Deadline deadline = Deadline.at(now.plus(plan.startWithin()).plus(rhythm.startSlack()));
        Active active = new Active(plan, new Stage.Starting(), null, false, null, deadline, notes, now, null);
        Environment next =
                Drain.endInspections(environment, now).withActive(active).withJudgement(null);
        Decision<Environment> admitted = Decision.move(
                        next,
                        Orders.start(plan),
                        Effect.startTimer(DEADLINE, deadline.due()),
                        remind(now),
                        Statuses.send(Statuses.of(next, active)))
                .and(Drain.timerWithDue(next, now));
        return (Orders.asksJudge(active) ? then(admitted, counting(next, active, now)) : admitted)
                .because(plan.question() + " has the slot");
    }

    /** What users have of the version that is left counts from now on (ADR 70). */
    private Decision<Environment> counting(Environment environment, Active active, Instant now) {
        Canary rules = Objects.requireNonNull(active.plan().canary());
        Environment next =
                environment.withTraffic(environment.traffic().watched(new Traffic.Watch(true, null, rules.statuses())));
        boolean changed = next.traffic().counter() != environment.traffic().counter();
        return Decision.move(next, Orders.repeat(rhythm, now))
                .and(changed ? List.of(Orders.table(next, now)) : List.of())
                .and(Orders.judge(next, active));
    }

    /** How it is moved, by its strategy and by what is verified now. */
    private static Plan course(Environment environment, Plan asked, List<String> notes) {
        Snapshot verified = environment.verified();
        if (asked.keptOnly()) {
            notes.add("goes back to a kept snapshot: all at once, and guardrails alone judge");
            return asked.allAtOnce();
        }
        Canary canary = asked.canary();
        if (canary == null) {
            return asked.allAtOnce();
        }
        if (verified == null) {
            notes.add("first release of " + environment.id() + ": no baseline, so the only share is 100 %, earlier"
                    + " steps are skipped and guardrails alone judge");
            return asked.allAtOnce();
        }
        return switch (asked.strategy()) {
            case CANARY -> heldBack(asked, canary.holdBack(), verified, notes);
            case BLUE_GREEN -> {
                notes.add("blue-green: warmed up and checked without traffic, then all of it in one switch; "
                        + verified.version() + " runs on beside it until it is verified");
                yield asked.allAtOnce();
            }
            case ALL_AT_ONCE -> {
                notes.add("all at once: nothing to compare with, so guardrails alone judge; " + verified.version()
                        + " runs on beside it until it is verified");
                yield asked.allAtOnce();
            }
        };
    }

    private static Plan heldBack(Plan asked, int percent, Snapshot verified, List<String> notes) {
        if (percent > 0) {
            notes.add("%d %% of traffic stay on %s until it is verified, to compare with"
                    .formatted(percent, verified.version()));
        }
        return asked.holdingBack(percent);
    }

    /** The holder of the slot gets its answer for good, and whoever waits is next. */
    Decision<Environment> end(Environment environment, Active active, Phase phase, Instant now) {
        RolloutStatus answer = Statuses.last(environment, active, phase);
        Environment kept = Memory.keep(environment, active.plan().rank(), answer, rhythm.answersKept())
                .withActive(null)
                .withJudgement(null);
        Decision<Environment> ended = Decision.move(
                        kept, Effect.stopTimer(REPEAT), Effect.stopTimer(DEADLINE), Statuses.send(answer))
                .and(Orders.stopJudging(environment, active))
                .and(Drain.timerWithDue(kept, now))
                .because(active.question() + " is " + phase);
        return then(ended, next(kept, active, phase, now)).because(active.question() + " is " + phase);
    }

    /**
     * After production was rolled back for its own faults, or left for a kept snapshot, the next release is held for a
     * person: it probably contains the same ones. In staging it is just tried; and a way back is never held.
     */
    private Decision<Environment> next(Environment environment, Active before, Phase phase, Instant now) {
        Waiting waiting = environment.waiting();
        if (waiting == null) {
            return Decision.move(environment, Effect.stopTimer(REMIND));
        }
        boolean suspicious = environment.id().isProduction()
                && faulty(before, phase)
                && !waiting.plan().keptOnly();
        if (!suspicious && !waiting.held()) {
            return waiting.plan().asksFirst() ? turn(environment, waiting, now) : begin(environment, waiting, now);
        }
        Waiting held = suspicious
                ? waiting.held(
                        new RolloutCause(
                                "held",
                                "The rollout before it was rolled back, and this one may contain the same fault",
                                "",
                                ""),
                        "held after a rollback: resume or promote starts it, withdraw or abort drops it")
                : waiting;
        Environment next = environment.withWaiting(held);
        return Decision.move(next, Statuses.send(Statuses.of(next, held)), remind(now));
    }

    /** What was looked at before it began to wait may be otherwise by now: its release is asked. */
    private Decision<Environment> turn(Environment environment, Waiting waiting, Instant now) {
        return Decision.move(environment, Statuses.send(Statuses.of(environment, waiting)), remind(now));
    }

    /** The slot is free, and goes to the rollout that waits. */
    Decision<Environment> begin(Environment environment, Waiting waiting, Instant now) {
        Decision<Environment> begun = admit(environment.withWaiting(null), waiting, now);
        return begun.state().active() == null ? begun.and(Effect.stopTimer(REMIND)) : begun;
    }

    RolloutStatus unknown(Environment environment, QuestionKey question) {
        return Statuses.never(
                environment,
                question,
                Phase.UNKNOWN,
                null,
                "beyond memory, which holds the last " + rhythm.answersKept()
                        + " answers; look at the environment and decide by hand");
    }

    private Effect remind(Instant now) {
        return Effect.startTimer(REMIND, now.plus(rhythm.remindEvery()));
    }
}
