package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Orders.WATCH;

import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.policy.WhenBad;
import dev.slipway.deployment.watch.Drift;
import dev.slipway.deployment.watch.MemoryGuard;
import dev.slipway.deployment.watch.Watch;
import dev.slipway.deployment.watch.WatchInput;
import dev.slipway.deployment.watch.WatchOrder;
import dev.slipway.deployment.watch.WatchRhythm;
import dev.slipway.deployment.watch.Watched;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is done about a version that is looked at and is bad. On its way it is worse, without statistics, and goes back at
 * once; once it is verified {@link Watch} decides, and the environment does as it says.
 */
final class Eyes {
    private static final String FALL_BACK = "fall-back/";

    private final Watch watch;
    private final Back back;
    private final Comings comings;
    private final Rhythm rhythm;

    Eyes(WatchRhythm patience, Back back, Comings comings, Rhythm rhythm) {
        this.watch = new Watch(patience);
        this.back = back;
        this.comings = comings;
        this.rhythm = rhythm;
    }

    Decision<Environment> gone(Environment environment, EnvironmentInput.ProcessGone gone, Instant now) {
        Trouble why = gone.why() == null ? Trouble.of("Its process is gone") : gone.why();
        if (!onItsWay(environment, gone.key())) {
            return ofVerified(environment, gone.key(), new WatchInput.Died(why), now);
        }
        Active active = active(environment);
        RolloutCause cause = cause("unhealthy", gone(environment), why);
        return Holding.isMeant(active)
                ? comings.died(environment, active, cause, now)
                : back.goBack(environment, active, cause, now);
    }

    private static String gone(Environment environment) {
        Canary canary = active(environment).plan().canary();
        return canary == null || canary.guardrails().restartsMax() == null
                ? "The new version is gone. "
                : "The new version is gone: guardrail restarts, it ended 1 time and may 0 times. ";
    }

    Decision<Environment> unready(Environment environment, EnvironmentInput.TurnedUnready unready, Instant now) {
        if (environment.traffic().away(unready.key())) {
            return Decision.stay(environment); // Slipway ended it, and it has all the time of a start
        }
        Trouble why = unready.why();
        return onItsWay(environment, unready.key())
                ? back.bad(environment, active(environment), cause("worse", "The new version is unready. ", why), now)
                : ofVerified(environment, unready.key(), new WatchInput.Unready(why), now);
    }

    Decision<Environment> hangs(Environment environment, EnvironmentInput.Hangs hangs, Instant now) {
        if (environment.traffic().away(hangs.key())) {
            return Decision.stay(environment);
        }
        Trouble why = hangs.why();
        return onItsWay(environment, hangs.key())
                ? back.bad(environment, active(environment), cause("worse", "The new version hangs. ", why), now)
                : ofVerified(environment, hangs.key(), new WatchInput.Hung(why), now);
    }

    /** Once it is verified its guardrails are over: they are the rollout's. */
    Decision<Environment> overLimit(Environment environment, EnvironmentInput.OverLimit over, Instant now) {
        MemoryGuard.Crossed crossed = over.crossed();
        RolloutCause cause = new RolloutCause(
                "worse",
                "The new version is worse: guardrail " + crossed.name() + ", " + crossed.text(),
                crossed.observed(),
                crossed.limit());
        return onItsWay(environment, over.key())
                ? back.bad(environment, active(environment), cause, now)
                : Decision.stay(environment);
    }

    private static boolean onItsWay(Environment environment, String key) {
        Active active = environment.active();
        return active != null && active.key().equals(key) && active.stage().watched();
    }

    private static Active active(Environment environment) {
        return Objects.requireNonNull(environment.active());
    }

    /** What is seen of a program, as the cause that a rollout goes back. */
    static RolloutCause cause(String kind, String beginning, Trouble why) {
        String log = why.log() == null ? "" : ". Its log: " + why.log();
        String remedy = why.remedy().isEmpty() ? "" : ". " + why.remedy();
        return new RolloutCause(kind, beginning + why.text() + log + remedy, String.join("\n", why.lastLines()), "");
    }

    /** Whether this version is verified and nobody is busy restoring it. */
    static boolean looksAfter(Environment environment, String key) {
        Snapshot verified = environment.verified();
        Active active = environment.active();
        boolean restoring = active != null && active.stage() instanceof Stage.Restoring;
        return verified != null && verified.key().equals(key) && !restoring;
    }

    /** Something about the verified version; nothing about any other. */
    Decision<Environment> ofVerified(Environment environment, String key, WatchInput input, Instant now) {
        return looksAfter(environment, key) ? watched(environment, input, now) : Decision.stay(environment);
    }

    /** Nothing is started for it: whoever changed it may mean it for the next start. */
    Decision<Environment> compared(Environment environment, EnvironmentInput.Compared compared, Instant now) {
        if (!looksAfter(environment, compared.key())) {
            return Decision.stay(environment);
        }
        Watched watched = known(environment);
        String application = environment.id().application().value();
        Watch.Next next = compared.changes().isEmpty()
                ? Drift.over(watched, "what it was started with and what is there agree again", now)
                : Drift.changed(
                        watched,
                        compared.changes(),
                        "It runs on with what it was started with, and gets what is there now when it is next started. To release that as it should be: ./slipway release create --config-only --application %s; else put it back"
                                .formatted(application),
                        now);
        return moved(environment, watched, next);
    }

    Decision<Environment> due(Environment environment, Instant now) {
        Watched watched = environment.watched();
        return watched == null
                ? Decision.stay(environment)
                : ofVerified(environment, watched.key(), new WatchInput.Due(), now);
    }

    /** After what another part has decided: a version that was restored is well, and one that was left is watched no more. */
    Decision<Environment> after(Environment before, Decision<Environment> decided, Instant now) {
        Environment environment = decided.state();
        Watched watched = environment.watched();
        Snapshot verified = environment.verified();
        if (watched == null || before.verified() == null) {
            return decided;
        }
        Snapshot left = before.verified();
        if (verified == null) {
            return leaving(decided, left, watched, null, "Its application was removed", now);
        }
        if (left.key().equals(verified.key())) {
            return restored(before, environment)
                    ? beside(decided, ofVerified(environment, verified.key(), new WatchInput.Started(), now))
                    : decided;
        }
        Watched well = Watched.well(verified.key(), now, watched.incidents());
        return leaving(decided, left, watched, well, verified.version() + " serves instead of it", now);
    }

    /** The version that was watched serves no more: an incident that is open is over. */
    private Decision<Environment> leaving(
            Decision<Environment> decided,
            Snapshot left,
            Watched watched,
            @Nullable Watched then,
            String ending,
            Instant now) {
        List<WatchOrder> orders = new ArrayList<>(
                watch.decide(watched, new WatchInput.Left(ending), false, now).orders());
        orders.addAll(Drift.over(watched, ending, now).orders());
        Environment next = decided.state().withWatched(then);
        return beside(decided, Decision.move(next).and(effects(next, left, orders)));
    }

    /** For the reason of the first. */
    private static Decision<Environment> beside(Decision<Environment> first, Decision<Environment> second) {
        return new Decision<>(second.state(), first.effects(), first.reason(), first.refusal()).and(second.effects());
    }

    /** A rollout that went back is over, so that what is verified was seen to be well. */
    private static boolean restored(Environment before, Environment after) {
        Active active = before.active();
        return active != null && active.stage() instanceof Stage.Restoring && !after.isActive(active.question());
    }

    private Decision<Environment> watched(Environment environment, WatchInput input, Instant now) {
        Snapshot verified = Objects.requireNonNull(environment.verified());
        Watched watched = known(environment);
        return moved(environment, watched, watch.decide(watched, input, mayGoBack(environment, verified), now));
    }

    private static Watched known(Environment environment) {
        Snapshot verified = Objects.requireNonNull(environment.verified());
        Watched known = environment.watched();
        return known == null || !known.key().equals(verified.key())
                ? Watched.well(verified.key(), verified.verifiedAt(), known == null ? 0 : known.incidents())
                : known;
    }

    private static Decision<Environment> moved(Environment environment, Watched watched, Watch.Next next) {
        if (next.orders().isEmpty() && next.state().equals(watched)) {
            return Decision.stay(environment);
        }
        Environment after = environment.withWatched(next.state().plain() ? null : next.state());
        return Decision.move(after).and(effects(after, Objects.requireNonNull(environment.verified()), next.orders()));
    }

    private static boolean mayGoBack(Environment environment, Snapshot verified) {
        Care care = verified.cared();
        return care.whenBad() == WhenBad.ROLL_BACK
                && environment.snapshots().size() > 1
                && environment.active() == null;
    }

    private static List<Effect> effects(Environment environment, Snapshot version, List<WatchOrder> orders) {
        List<Effect> effects = new ArrayList<>();
        for (WatchOrder order : orders) {
            switch (order) {
                case WatchOrder.Restart(boolean stopFirst) ->
                    effects.add(stopFirst ? Orders.restart(version) : Orders.revive(version));
                case WatchOrder.Tell tell -> effects.add(Statuses.send(Statuses.of(environment, version, tell)));
                case WatchOrder.GoBack _ -> effects.addAll(goBack(environment, version));
                case WatchOrder.WakeAt(Instant at) ->
                    effects.add(at == null ? Effect.stopTimer(WATCH) : Effect.startTimer(WATCH, at));
            }
        }
        return effects;
    }

    /** In production a release of kind ROLLBACK does it, once release-service hears of it; staging knows no such release. */
    private static List<Effect> goBack(Environment environment, Snapshot version) {
        Watched watched = Objects.requireNonNull(environment.watched());
        Watched.Incident incident = Objects.requireNonNull(watched.incident());
        Effect said = Statuses.send(
                Statuses.of(environment, version, new WatchOrder.Tell(incident, watched.restarts(), null, null)));
        return environment.id().isProduction()
                ? List.of(said)
                : List.of(
                        said,
                        Orders.fallBack(
                                FALL_BACK + version.key(),
                                environment.snapshots().get(1)));
    }

    private static String backText(Snapshot bad, Snapshot to, Instance instance) {
        List<SettingChange> changes = instance.secretsChangedFrom(to.instance());
        String secrets = changes.isEmpty() ? "" : "; " + OtherSecrets.text(to, changes);
        return bad.version() + " is bad, and " + to.version() + " is back" + secrets;
    }

    static boolean isFallBack(String rollout) {
        return rollout.startsWith(FALL_BACK);
    }

    /** The version before runs again: it takes the place of the bad one, unless something else has happened since. */
    Decision<Environment> fellBack(Environment environment, EnvironmentInput.Restored restored, Instant now) {
        List<Snapshot> kept = environment.snapshots();
        boolean still = kept.size() > 1
                && restored.rollout().equals(FALL_BACK + kept.getFirst().key())
                && environment.active() == null;
        if (!still) {
            return Decision.stay(environment);
        }
        Snapshot bad = kept.getFirst();
        Snapshot before = kept.get(1);
        Environment next = Endings.replaced(environment, before.at(restored.instance()), rhythm, now);
        return Decision.move(next, Orders.table(next, now), Orders.dropStart(bad.key()))
                .and(Drain.timerWithDue(next, now))
                .because(backText(bad, before, restored.instance()));
    }
}
