package dev.slipway.deployment.watch;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.Health;
import dev.slipway.contracts.deployment.IncidentStatus.Kind;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.deployment.watch.WatchInput.Died;
import dev.slipway.deployment.watch.WatchInput.Due;
import dev.slipway.deployment.watch.WatchInput.Hung;
import dev.slipway.deployment.watch.WatchInput.Left;
import dev.slipway.deployment.watch.WatchInput.Ready;
import dev.slipway.deployment.watch.WatchInput.StartFailed;
import dev.slipway.deployment.watch.WatchInput.Started;
import dev.slipway.deployment.watch.WatchInput.Unready;
import dev.slipway.deployment.watch.WatchOrder.GoBack;
import dev.slipway.deployment.watch.WatchOrder.Restart;
import dev.slipway.deployment.watch.WatchOrder.Tell;
import dev.slipway.deployment.watch.WatchOrder.WakeAt;
import dev.slipway.deployment.watch.Watched.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is done about a verified version that goes bad. It is UP, UNREADY, or RESTARTING from its end until it is ready
 * again. The first time that it goes bad an incident begins, of which people hear at once; it lasts until the version has
 * been UP for a while, or serves no more, and of that they hear too. What happens in between changes the incident and is
 * told to nobody, so that a crash loop is one piece of news. The while doubles with each time that it went bad, which is
 * remembered beyond the incident: one that goes bad every few minutes ends up in one that lasts.
 *
 * <p>It is started again as long as it ends, after a pause that doubles with each end. Whether the version before it comes
 * back is for its policy to say; that happens once an incident is more than a single end: a crash loop, or a version that
 * runs and is not ready.
 *
 * <p>Every pair of state and input that does anything, as a test holds it against the code:
 *
 * <pre>
 * state       input         becomes      orders
 * UP          Died          RESTARTING   Tell WakeAt          the first time; its start waits for its pause
 * UP          Hung          RESTARTING   Tell WakeAt          the same, and it is stopped before it is started
 * UP          Unready       UNREADY      Tell WakeAt
 * UP again    Died          RESTARTING   WakeAt               the incident goes on
 * UP again    Hung          RESTARTING   WakeAt
 * UP again    Unready       UNREADY      WakeAt
 * UP again    Due           UP           Tell WakeAt          well for long enough: the incident is over
 * UP again    Left          UP           Tell WakeAt          it serves no more: over as well
 * UNREADY     Died          RESTARTING   WakeAt
 * UNREADY     Hung          RESTARTING   WakeAt
 * UNREADY     Ready         UP again     WakeAt
 * UNREADY     Started       UP again     WakeAt               what restored it has seen it ready
 * UNREADY     Left          UP           Tell WakeAt
 * RESTARTING  Due           RESTARTING   Restart WakeAt       its pause is over
 * RESTARTING  Started       UP again     WakeAt
 * RESTARTING  StartFailed   RESTARTING   WakeAt               the next pause is longer
 * RESTARTING  Left          UP           Tell WakeAt
 * </pre>
 *
 * Where the policy wants the version before back, {@code GoBack} comes with the input that makes it so.
 */
public final class Watch {
    private final WatchRhythm rhythm;

    public Watch(WatchRhythm rhythm) {
        this.rhythm = rhythm;
    }

    /** A state, and what is to be done. */
    public record Next(Watched state, List<WatchOrder> orders) {
        public Next {
            orders = List.copyOf(orders);
        }
    }

    /** @param mayGoBack whether the policy wants the version before back, and there is one and room for that */
    public Next decide(Watched state, WatchInput input, boolean mayGoBack, Instant now) {
        return switch (input) {
            case Died(Trouble why) when state.health() != Health.RESTARTING -> ended(state, why, false, mayGoBack, now);
            case Hung(Trouble why) when state.health() != Health.RESTARTING -> ended(state, why, true, mayGoBack, now);
            case StartFailed(Trouble why)
            when state.health() == Health.RESTARTING && state.nextStartAt() == null ->
                ended(state, why, state.hung(), mayGoBack, now);
            case Unready(Trouble why) when state.health() == Health.UP -> unready(state, why, mayGoBack, now);
            case Ready _ when state.health() == Health.UNREADY -> waking(state.is(Health.UP, now), List.of());
            case Started _ when state.health() != Health.UP -> waking(state.is(Health.UP, now), List.of());
            case Due _ -> due(state, now);
            case Left(String ending) -> left(state, ending, now);
            case Died _, Hung _, StartFailed _, Unready _, Ready _, Started _ -> new Next(state, List.of());
        };
    }

    private Next ended(Watched state, Trouble why, boolean hung, boolean mayGoBack, Instant now) {
        Watched fallen = fallen(state, 1, now);
        Kind kind = fallen.deaths() >= rhythm.loopFrom() ? Kind.CRASH_LOOP : hung ? Kind.UNREADY : Kind.DIED;
        Watched waiting = fallen.is(Health.RESTARTING, now).waiting(now.plus(rhythm.pause(fallen.deaths())), hung);
        return incident(waiting, kind, why, mayGoBack && kind == Kind.CRASH_LOOP, now);
    }

    private Next unready(Watched state, Trouble why, boolean mayGoBack, Instant now) {
        return incident(fallen(state, 0, now).is(Health.UNREADY, now), Kind.UNREADY, why, mayGoBack, now);
    }

    private Watched fallen(Watched state, int deaths, Instant now) {
        Instant well = state.wellSince();
        boolean forgotten = state.incident() == null && well != null && now.isAfter(well.plus(rhythm.rememberedFor()));
        return forgotten ? state.fallen(1, deaths) : state.fallen(state.falls() + 1, state.deaths() + deaths);
    }

    /** Begins, or goes on; what it was worse before it stays. */
    private Next incident(Watched state, Kind kind, Trouble why, boolean goesBack, Instant now) {
        Incident before = state.incident();
        if (before == null) {
            Incident begun = new Incident(state.incidents() + 1, kind, now, why, goesBack);
            return waking(
                    state.in(begun),
                    goesBack ? List.of(tell(state, begun), new GoBack()) : List.of(tell(state, begun)));
        }
        Kind worst = before.kind() == Kind.CRASH_LOOP ? before.kind() : kind;
        Incident next = new Incident(before.number(), worst, before.begun(), why, before.goesBack() || goesBack);
        return waking(state.in(next), goesBack && !before.goesBack() ? List.of(new GoBack()) : List.of());
    }

    private static Tell tell(Watched state, Incident incident) {
        return new Tell(incident, state.restarts(), null, null);
    }

    private Next due(Watched state, Instant now) {
        Instant start = state.nextStartAt();
        if (start != null && !start.isAfter(now)) {
            return waking(state.starting(), List.of(new Restart(state.hung())));
        }
        Instant well = wellAt(state);
        return well != null && !well.isAfter(now)
                ? over(state, "it has been well for " + Texts.words(Duration.between(state.since(), now)), now)
                : start == null && well == null ? new Next(state, List.of()) : waking(state, List.of());
    }

    private Next left(Watched state, String ending, Instant now) {
        return state.incident() == null ? new Next(state, List.of()) : over(state.is(Health.UP, now), ending, now);
    }

    private Next over(Watched state, String ending, Instant now) {
        Incident incident = Objects.requireNonNull(state.incident());
        return waking(state.over(now), List.of(new Tell(incident, state.restarts(), now, ending)));
    }

    private Next waking(Watched state, List<WatchOrder> orders) {
        List<WatchOrder> all = new ArrayList<>(orders);
        Instant start = state.nextStartAt();
        all.add(new WakeAt(start == null ? wellAt(state) : start));
        return new Next(state, all);
    }

    private @Nullable Instant wellAt(Watched state) {
        return state.incident() == null || state.health() != Health.UP
                ? null
                : state.since().plus(rhythm.well(state.falls()));
    }
}
