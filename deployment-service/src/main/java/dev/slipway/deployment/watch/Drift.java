package dev.slipway.deployment.watch;

import dev.slipway.contracts.deployment.IncidentStatus.Kind;
import dev.slipway.contracts.deployment.Trouble;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.deployment.watch.WatchOrder.Tell;
import dev.slipway.deployment.watch.Watched.Incident;
import java.time.Instant;
import java.util.List;

/**
 * What is done about a verified version of which something was changed behind Slipway's back: a secret's file, or what was
 * released. Nothing is started for it, and nothing goes back. It is an incident of its own, as the version may be well with
 * it, or bad for other reasons. People hear that it began and that it is over; what else is changed meanwhile is kept in the
 * incident and told to nobody.
 *
 * <p>Every pair of state and look that does anything, as a test holds it against the code:
 *
 * <pre>
 * state       look          becomes      orders
 * AS STARTED  changes       CHANGED      Tell
 * CHANGED     others        CHANGED                    the incident goes on with them
 * CHANGED     none          AS STARTED   Tell          put back, or started with it since: over
 * CHANGED     left          AS STARTED   Tell          the version serves no more: over as well
 * </pre>
 */
public final class Drift {
    private Drift() {}

    /** @param remedy what a person can do, in one sentence */
    public static Watch.Next changed(Watched state, List<SettingChange> changes, String remedy, Instant now) {
        Incident before = state.changed();
        if (before != null && before.changes().equals(changes)) {
            return new Watch.Next(state, List.of());
        }
        Trouble why = new Trouble(
                "Changed since it was started: " + SettingChange.texts(changes),
                null,
                null,
                null,
                List.of(),
                null,
                remedy);
        if (before != null) {
            Incident next = new Incident(before.number(), Kind.CHANGED, before.begun(), why, false, changes);
            return new Watch.Next(state.changed(next), List.of());
        }
        Incident begun = new Incident(state.incidents() + 1, Kind.CHANGED, now, why, false, changes);
        return new Watch.Next(state.changed(begun), List.of(new Tell(begun, state.restarts(), null, null)));
    }

    /** @param ending why it is over, in one sentence */
    public static Watch.Next over(Watched state, String ending, Instant now) {
        Incident before = state.changed();
        return before == null
                ? new Watch.Next(state, List.of())
                : new Watch.Next(state.changed(null), List.of(new Tell(before, state.restarts(), now, ending)));
    }
}
