package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Orders.DEADLINE;
import static dev.slipway.deployment.environment.Orders.REMIND;
import static dev.slipway.deployment.environment.Orders.REPEAT;
import static dev.slipway.deployment.environment.Sequence.answer;
import static dev.slipway.deployment.environment.Sequence.tell;
import static dev.slipway.deployment.environment.Sequence.then;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.Phase;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import dev.slipway.deployment.environment.Environment.Waiting;
import dev.slipway.deployment.environment.EnvironmentInput.AboutActive;
import dev.slipway.deployment.environment.EnvironmentInput.Judged;
import dev.slipway.deployment.environment.EnvironmentInput.PromoteAsked;
import dev.slipway.deployment.environment.EnvironmentInput.RolloutAsked;
import dev.slipway.deployment.environment.EnvironmentInput.Started;
import dev.slipway.deployment.environment.EnvironmentInput.Steered;
import dev.slipway.deployment.watch.WatchInput;
import dev.slipway.deployment.watch.WatchRhythm;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an environment is moved to a version, step by step, and back.
 *
 * <p>The state of an environment is that of the rollout that holds its slot, IDLE if none does. Beside it at most one
 * rollout waits ({@link Slot}). Commands that are about another rollout than the slot's are answered by {@link Queue} and
 * change no stage; so are repeated ones. Every command is answered with a status, whose last note says why it changed
 * nothing ({@link Steering#why}). A command of a person counts once, however often its message arrives. What is not
 * listed leaves the state as it is.
 *
 * <pre>
 * state        input            becomes
 * IDLE         StartAsked       STARTING      the slot is free and its rank is above all before
 * IDLE         ResumeAsked      STARTING      it was held, and a person says that it may start
 * IDLE         PromoteAsked     STARTING      the same
 * STARTING     Started          WARMING_UP    judged: warm-up and the judge's question begin
 * STARTING     Started          FULL          not judged: all traffic at once
 * STARTING     StartFailed      RESTORING     no traffic has moved; what serves is verified all the same
 * STARTING     DeadlineDue      RESTORING     its worker may have died: another one has looked before, in vain
 * WARMING_UP   WarmedUp         STEPPING      if the baseline is ready, or there is none
 * WARMING_UP   Judged           STEPPING      baseline ready, and warm
 * WARMING_UP   PromoteAsked     STEPPING      a person does not wait for the baseline
 * WARMING_UP   ResumeAsked      STEPPING      if all is ready by now
 * STEPPING     Judged           STEPPING      the step has passed: next one
 * STEPPING     Judged           BAKING        the last step has passed
 * STEPPING     Judged           FULL          the same, and there is no bake
 * STEPPING     PromoteAsked     STEPPING      next step, or straight to 100 %
 * STEPPING     PromoteAsked     BAKING        from the last step
 * STEPPING     PromoteAsked     FULL          the same, and there is no bake
 * STEPPING     ResumeAsked      STEPPING      if the step has passed by now
 * STEPPING     ResumeAsked      BAKING        if the last one has
 * STEPPING     ResumeAsked      FULL          the same, and there is no bake
 * WARMING_UP   EndedByUs        STARTING      Slipway or its machine was stopped: it is started anew
 * BAKING       Judged           FULL          the bake has passed, by seconds that were seen
 * STEPPING     MetricsSeen      STEPPING      the step has passed, and what its own metrics lacked has come: next one
 * STEPPING     MetricsSeen      BAKING        the same, after the last step
 * STEPPING     MetricsSeen      FULL          the same, and there is no bake
 * BAKING       MetricsSeen      FULL          the bake has passed but for its own metrics, and they are as they should be
 * BAKING       PromoteAsked     FULL          a person ends it
 * BAKING       ResumeAsked      FULL          if it has passed by now
 * STARTING     RollBackAsked    RESTORING
 * STARTING     AbortAsked       RESTORING
 * WARMING_UP   Judged           RESTORING     worse: looked for before anything else, in the same decision
 * WARMING_UP   WarmedUp         RESTORING     blue-green: it does not answer its smoke requests as it should
 * WARMING_UP   ProcessGone      RESTORING
 * WARMING_UP   TurnedUnready    RESTORING     worse, without statistics
 * WARMING_UP   Hangs            RESTORING     the same
 * WARMING_UP   OverLimit        RESTORING     a guardrail on memory, or on its own metrics, is crossed
 * WARMING_UP   DeadlineDue      RESTORING     asked once more in vain, and onInconclusive says so; else it is paused
 * WARMING_UP   RollBackAsked    RESTORING
 * WARMING_UP   AbortAsked       RESTORING
 * STEPPING     Judged           RESTORING     worse
 * STEPPING     ProcessGone      RESTORING
 * STEPPING     TurnedUnready    RESTORING     worse, without statistics
 * STEPPING     Hangs            RESTORING     the same
 * STEPPING     OverLimit        RESTORING     a guardrail on memory, or on its own metrics, is crossed
 * STEPPING     DeadlineDue      RESTORING     as in WARMING_UP
 * STEPPING     RollBackAsked    RESTORING
 * STEPPING     AbortAsked       RESTORING
 * BAKING       Judged           RESTORING     worse
 * BAKING       ProcessGone      RESTORING
 * BAKING       TurnedUnready    RESTORING     worse, without statistics
 * BAKING       Hangs            RESTORING     the same
 * BAKING       OverLimit        RESTORING     a guardrail on memory, or on its own metrics, is crossed
 * BAKING       DeadlineDue      RESTORING     as in WARMING_UP: it is never verified because time has passed
 * BAKING       RollBackAsked    RESTORING
 * BAKING       AbortAsked       RESTORING
 * FULL         Judged           RESTORING     worse
 * FULL         ProcessGone      RESTORING
 * FULL         TurnedUnready    RESTORING     worse, without statistics
 * FULL         Hangs            RESTORING     the same
 * FULL         OverLimit        RESTORING     a guardrail on memory, or on its own metrics, is crossed
 * FULL         RollBackAsked    RESTORING
 * FULL         AbortAsked       RESTORING
 * STEPPING     StartFailed      RESTORING     Slipway ended it, and it does not come up again
 * STEPPING     WarmedUp         RESTORING     the same, and it does not answer its smoke requests as it should
 * BAKING       StartFailed      RESTORING     as in STEPPING
 * BAKING       WarmedUp         RESTORING     as in STEPPING
 * FULL         StartFailed      RESTORING     as in STEPPING
 * FULL         WarmedUp         RESTORING     as in STEPPING
 * FULL         DeadlineDue      RESTORING     the same, asked twice in vain
 * FULL         ConfirmAsked     IDLE          VERIFIED: snapshot and slot move together; the next one starts
 * RESTORING    Restored         IDLE          RESTORED
 * RESTORING    DeadlineDue      RESTORING     the next attempt, without end: there is nothing better to do
 * RESTORING    ResumeAsked      RESTORING     past some attempts it waits for a person, who has it tried at once
 * </pre>
 *
 * <p>A rollout that goes back to a kept snapshot ({@code keptOnly}) is admitted only if the snapshot is there, takes all
 * traffic in one step under guardrails alone, and leaves whoever waits held, as a rollback does.
 *
 * <p>A rollout that may only go forward ({@code forwardOnly}) does none of the lines above that lead to RESTORING but those
 * of RollBackAsked and AbortAsked: it stays where it is with the share that it has, paused for that cause ({@link Holding}),
 * until a person resumes or promotes it, has it go back, or proposes a version that repairs it ({@link Successor}).
 *
 * <p>What staging has verified is left again where its release does not complete ({@link Departing}); the state stays IDLE.
 *
 * <p>Where nothing was verified before, RESTORING is over at once: the traffic is taken away and the answer is RESTORED
 * with nothing running, so that the lines that lead there end in IDLE.
 */
public final class Rollout implements Core<Environment, EnvironmentInput> {
    private final Rhythm rhythm;
    private final Slot slot;
    private final Queue queue;
    private final WayBack wayBack;
    private final Back back;
    private final Forward forward;
    private final Steering steering;
    private final Deadlines deadlines;
    private final Comings comings;
    private final Removal removal;
    private final Eyes eyes;
    private final Departing departing;

    public Rollout(Rhythm rhythm, WatchRhythm patience) {
        this.rhythm = rhythm;
        this.slot = new Slot(rhythm);
        this.queue = new Queue(rhythm, slot);
        this.wayBack = new WayBack(rhythm);
        this.back = new Back(rhythm, slot);
        this.forward = new Forward(rhythm, back);
        this.deadlines = new Deadlines(rhythm, back);
        this.comings = new Comings(rhythm, back, forward);
        this.steering = new Steering(forward, back, new Holding(rhythm, forward));
        this.removal = new Removal(rhythm);
        this.eyes = new Eyes(patience, back, comings, rhythm);
        this.departing = new Departing(rhythm);
    }

    @Override
    public Environment initial(String id) {
        return Environment.empty(EnvironmentId.parse(id));
    }

    /** An environment has no end. */
    @Override
    public boolean finished(Environment environment) {
        return false;
    }

    @Override
    public Set<String> unjournaled() {
        return Set.of("judgement");
    }

    /** Asks the judge again. */
    public static final String ASKS_AGAIN = REPEAT;

    /** Acts on what was not heard. */
    public static final String GIVES_UP = DEADLINE;

    /** Whether a deadline acts on what the judge has not said, and not on what this service does itself. */
    public static boolean waitsForTheJudge(Environment environment) {
        Active active = environment.active();
        return active != null && active.stage().watched();
    }

    /** Whether the judge has answered about the rollout that is active. */
    public static boolean isAnswered(Environment environment) {
        Judgement judgement = environment.judgement();
        return judgement != null
                && environment.isActive(judgement.status().question())
                && judgement.status().baselineReady();
    }

    /** Whether a command may be heard ahead of what was said before it; else it waits its turn. */
    public static boolean mayOvertake(Environment environment, RolloutAsked asked) {
        return Queue.mayOvertake(environment, asked);
    }

    /** Which input a due timer becomes. */
    public static EnvironmentInput onTimer(String name) {
        return switch (name) {
            case REPEAT -> new EnvironmentInput.RepeatDue();
            case DEADLINE -> new EnvironmentInput.DeadlineDue();
            case REMIND -> new EnvironmentInput.RemindDue();
            case Orders.DRAIN -> new EnvironmentInput.DrainDue();
            case Orders.PROVE -> new EnvironmentInput.ProveDue();
            case Orders.WATCH -> new EnvironmentInput.WatchDue();
            default -> throw new IllegalArgumentException("No timer is called " + name);
        };
    }

    @Override
    public Decision<Environment> decide(Environment environment, EnvironmentInput input, Instant now) {
        return eyes.after(environment, decided(environment, input, now), now);
    }

    private Decision<Environment> decided(Environment environment, EnvironmentInput input, Instant now) {
        return switch (input) {
            case EnvironmentInput.StartAsked(Plan plan) -> slot.asked(environment, plan, now);
            case RolloutAsked asked -> whenAsked(environment, asked, now);
            case EnvironmentInput.WayBackAsked(var question) -> wayBack.asked(environment, question, now);
            case EnvironmentInput.WayBackTried tried -> wayBack.tried(environment, tried);
            case EnvironmentInput.ProveDue _ -> wayBack.overdue(environment, now);
            case EnvironmentInput.Stopped(String key) -> Drain.stopped(environment, key);
            case EnvironmentInput.DrainDue _ -> Drain.due(environment, now);
            case EnvironmentInput.TableDue _ -> sayTable(environment, now);
            case Started started -> whenStarted(environment, started, now);
            case EnvironmentInput.EndedByUs(List<String> keys) -> comings.ended(environment, keys, now);
            case EnvironmentInput.RemoveAsked asked -> removal.asked(environment, asked, now);
            case EnvironmentInput.ProcessGone gone -> eyes.gone(environment, gone, now);
            case EnvironmentInput.TurnedUnready unready -> eyes.unready(environment, unready, now);
            case EnvironmentInput.Hangs hangs -> eyes.hangs(environment, hangs, now);
            case EnvironmentInput.OverLimit over -> eyes.overLimit(environment, over, now);
            case EnvironmentInput.TurnedReady(String key) ->
                eyes.ofVerified(environment, key, new WatchInput.Ready(), now);
            case EnvironmentInput.WatchDue _ -> eyes.due(environment, now);
            case EnvironmentInput.Compared compared -> eyes.compared(environment, compared, now);
            case EnvironmentInput.StartFailed failed
            when Eyes.looksAfter(environment, failed.key()) ->
                eyes.ofVerified(environment, failed.key(), new WatchInput.StartFailed(seen(failed)), now);
            case EnvironmentInput.Restored restored
            when Eyes.isFallBack(restored.rollout()) -> eyes.fellBack(environment, restored, now);
            case EnvironmentInput.Restored restored
            when Departing.isDeparture(restored.rollout()) -> departing.restored(environment, restored, now);
            case EnvironmentInput.RestoreFailed failed
            when Departing.isDeparture(failed.rollout()) -> departing.failed(environment, failed, now);
            case EnvironmentInput.RemindDue _ -> remind(environment, now);
            case AboutActive about ->
                environment.active() == null
                        ? Decision.stay(environment) // its rollout is over
                        : whenActive(environment, environment.active(), about, now);
        };
    }

    private Decision<Environment> whenActive(Environment environment, Active active, AboutActive about, Instant now) {
        return switch (about) {
            case Judged judged -> whenJudged(environment, active, judged, now);
            case EnvironmentInput.StartFailed failed
            when failed.key().equals(active.key()) && active.stage() instanceof Stage.Starting ->
                back.bad(environment, active, Eyes.cause(failed.kind(), "", seen(failed)), now);
            case EnvironmentInput.StartFailed failed
            when environment.waitsToComeBack(failed.key()) -> comings.failed(environment, active, failed, now);
            case EnvironmentInput.WarmedUp warmed
            when warmed.key().equals(active.key()) && active.stage() instanceof Stage.WarmingUp ->
                whenWarm(environment, active.noting(warmed.text()), warmed.wrong(), now);
            case EnvironmentInput.WarmedUp warmed
            when environment.waitsToComeBack(warmed.key()) -> whenWarmAgain(environment, active, warmed.wrong(), now);
            case EnvironmentInput.CameBack came -> Comings.cameBack(environment, active, came);
            case EnvironmentInput.Restored(String key, Instance instance)
            when key.equals(active.key()) && active.stage() instanceof Stage.Restoring ->
                back.restored(environment, active, instance, now);
            case EnvironmentInput.RestoreFailed(String key, String text)
            when key.equals(active.key()) && active.stage() instanceof Stage.Restoring ->
                back.restoreFailed(environment, active, text, now);
            case EnvironmentInput.MetricsSeen seen
            when seen.key().equals(active.key()) -> whenMetricsSeen(environment, active, seen.missing(), now);
            case EnvironmentInput.RepeatDue _ -> repeat(environment, active, now);
            case EnvironmentInput.DeadlineDue _ -> deadlines.whenOverdue(environment, active, now);
            case EnvironmentInput.StartFailed _,
                    EnvironmentInput.WarmedUp _,
                    EnvironmentInput.MetricsSeen _,
                    EnvironmentInput.Restored _,
                    EnvironmentInput.RestoreFailed _ ->
                Decision.stay(environment); // the outcome of work that is not wanted any more
        };
    }

    private static Trouble seen(EnvironmentInput.StartFailed failed) {
        return failed.trouble() == null ? Trouble.of(failed.text()) : failed.trouble();
    }

    private Decision<Environment> whenWarm(
            Environment environment, Active active, @Nullable String wrong, Instant now) {
        return wrong == null
                ? forward.advance(environment.withActive(active.in(new Stage.WarmingUp(true))), now)
                : back.bad(environment, active, wrongly(wrong), now);
    }

    private Decision<Environment> whenWarmAgain(
            Environment environment, Active active, @Nullable String wrong, Instant now) {
        Instance instance = active.instance();
        return wrong == null && instance != null
                ? comings.isBack(environment, active, instance, now)
                : back.bad(environment, active, wrongly(wrong == null ? "" : wrong), now);
    }

    private static RolloutCause wrongly(String wrong) {
        return new RolloutCause(
                "unhealthy", "It does not answer as it should, and got no traffic", wrong, "its smoke requests");
    }

    private Decision<Environment> whenAsked(Environment environment, RolloutAsked asked, Instant now) {
        String message = asked instanceof Steered steered ? steered.message() : null;
        if (message != null && environment.heard().contains(message)) {
            return tellAbout(environment, asked); // once, however often it arrives
        }
        Optional<RolloutStatus> left = Departing.left(environment, asked);
        if (left.isPresent() && asked instanceof EnvironmentInput.RollBackAsked leave) {
            return departing.asked(environment, left.get(), leave, now);
        }
        Environment hearing = environment.hearing(message);
        Active active = environment.active();
        Waiting waiting = environment.waiting();
        if (active != null && environment.isActive(asked.question())) {
            return whenActiveAsked(hearing, active, asked, now);
        }
        return waiting != null && environment.isWaiting(asked.question())
                ? queue.askedWaiting(hearing, waiting, asked, now)
                : queue.askedOther(hearing, asked);
    }

    private Decision<Environment> tellAbout(Environment environment, RolloutAsked asked) {
        Waiting waiting = environment.waiting();
        if (environment.isActive(asked.question())) {
            return tell(Decision.stay(environment));
        }
        return waiting != null && environment.isWaiting(asked.question())
                ? Decision.stay(environment).and(Statuses.send(Statuses.of(environment, waiting)))
                : queue.askedOther(environment, asked);
    }

    private Decision<Environment> whenActiveAsked(
            Environment environment, Active active, RolloutAsked asked, Instant now) {
        boolean goingBack = active.stage() instanceof Stage.Restoring;
        return switch (asked) {
            case EnvironmentInput.ConfirmAsked _
            when active.stage() instanceof Stage.Full && !active.paused() -> confirm(environment, active, now);
            case EnvironmentInput.RollBackAsked _
            when !goingBack -> back.goBack(environment, active, said("rolled-back", asked), now);
            case EnvironmentInput.AbortAsked _
            when !goingBack -> back.goBack(environment, active, said("aborted", asked), now);
            case EnvironmentInput.PauseAsked _
            when Steering.pausable(active) && !active.paused() -> steering.pause(environment, active, asked);
            case EnvironmentInput.ResumeAsked _
            when active.stage() instanceof Stage.Restoring restoring && active.paused() ->
                back.again(environment, active, restoring, now); // somebody has looked at it
            case EnvironmentInput.ResumeAsked _
            when active.paused() -> steering.resume(environment, active, asked, now);
            case PromoteAsked _
            when active.stage() instanceof Stage.Full && active.paused() ->
                steering.resume(environment, active, asked, now); // held: there is no step after it
            case PromoteAsked promote
            when active.instance() != null && Steering.pausable(active) ->
                steering.promote(environment, active, active.instance(), promote, now);
            case EnvironmentInput.ConfirmAsked _,
                    EnvironmentInput.RollBackAsked _,
                    EnvironmentInput.AbortAsked _,
                    EnvironmentInput.WithdrawAsked _,
                    EnvironmentInput.PauseAsked _,
                    EnvironmentInput.ResumeAsked _,
                    PromoteAsked _ -> answer(environment, active, Steering.why(active, asked));
        };
    }

    private static RolloutCause said(String kind, RolloutAsked asked) {
        return new RolloutCause(kind, asked.reason() + " (" + asked.actor() + ")", "", "");
    }

    private Decision<Environment> whenStarted(Environment environment, Started started, Instant now) {
        Active active = environment.active();
        if (active != null && active.key().equals(started.key()) && active.stage() instanceof Stage.Starting) {
            Active there = OtherSecrets.noted(environment, active.at(started.instance()), started.instance());
            return forward.warmUp(environment, there, started.instance(), now);
        }
        if (active != null && environment.waitsToComeBack(started.key())) {
            return comings.started(environment, active, started.instance(), now);
        }
        Snapshot verified = environment.verified();
        if (verified == null || !verified.key().equals(started.key())) {
            return Decision.stay(environment); // not wanted any more, and its stop is on its way
        }
        Decision<Environment> moved = Back.moved(environment, verified, started.instance(), now);
        return then(moved, eyes.ofVerified(moved.state(), started.key(), new WatchInput.Started(), now));
    }

    private Decision<Environment> whenJudged(Environment environment, Active active, Judged judged, Instant now) {
        Judgement known = environment.judgement();
        Judgement latest = new Judgement(judged.source(), judged.sourceVersion(), judged.status());
        boolean older =
                known != null && known.newerThan(latest) && judged.status().worse() == null;
        if (!judged.status().question().equals(active.question()) || older) {
            return Decision.stay(environment);
        }
        if (!active.stage().watched()) { // nobody acts on it any more, but it belongs to the answer for good
            return known == null
                    ? Decision.stay(environment)
                    : Decision.move(environment.withJudgement(known.restingOn(latest)));
        }
        Decision<Environment> decided = forward.advance(environment.withJudgement(latest), now);
        boolean told = !decided.effects().isEmpty();
        boolean ready = known != null && known.status().baselineReady();
        return told || ready == judged.status().baselineReady() ? decided : tell(decided);
    }

    /** A step that has passed but for them goes on. */
    private Decision<Environment> whenMetricsSeen(Environment environment, Active active, String missing, Instant now) {
        boolean step = active.stage() instanceof Stage.Stepping || active.stage() instanceof Stage.Baking;
        if (!step || !active.plan().metered() || missing.equals(active.metrics())) {
            return Decision.stay(environment);
        }
        Decision<Environment> decided = forward.advance(environment.withActive(active.metered(missing)), now);
        return decided.effects().isEmpty() ? tell(decided) : decided;
    }

    private Decision<Environment> confirm(Environment environment, Active active, Instant now) {
        Worse worse = Holding.worse(environment, active);
        if (worse != null) {
            return back.worse(environment, active, worse, now);
        }
        Environment verified = Endings.verified(environment, active, rhythm, now);
        Decision<Environment> ended = slot.end(verified, active, Phase.VERIFIED, now);
        Snapshot before = environment.verified(); // a start of it that is still open must not outlive it
        List<Effect> dropped = before == null ? List.of() : List.of(Orders.dropStart(before.key()));
        return then(
                Decision.move(verified, Orders.table(verified, now))
                        .and(dropped)
                        .and(Comings.confirmed(verified)),
                ended);
    }

    private Decision<Environment> repeat(Environment environment, Active active, Instant now) {
        return Orders.asksJudge(active)
                ? tell(Decision.move(environment, Orders.repeat(rhythm, now)).and(Orders.judge(environment, active)))
                : Decision.stay(environment);
    }

    private Decision<Environment> remind(Environment environment, Instant now) {
        Waiting waiting = environment.waiting();
        if (environment.active() == null && waiting == null) {
            return Decision.stay(environment);
        }
        Decision<Environment> again =
                tell(Decision.move(environment, Effect.startTimer(REMIND, now.plus(rhythm.remindEvery()))));
        return waiting == null ? again : again.and(Statuses.send(Statuses.of(environment, waiting)));
    }

    private static Decision<Environment> sayTable(Environment environment, Instant now) {
        return environment.traffic().counter() == 0 || environment.traffic().removed()
                ? Decision.stay(environment)
                : Decision.stay(environment).and(Orders.table(environment, now));
    }
}
