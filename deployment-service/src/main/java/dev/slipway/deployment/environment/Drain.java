package dev.slipway.deployment.environment;

import static dev.slipway.deployment.environment.Orders.DRAIN;

import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Versions that serve no more run on for a while, for the requests that they still answer; then they are stopped. */
final class Drain {
    private Drain() {}

    static Decision<Environment> due(Environment environment, Instant now) {
        List<Effect> stops = new ArrayList<>();
        for (Retired retired : environment.retired()) {
            if (retired.stopAt() != null && !retired.stopAt().isAfter(now)) {
                stops.add(Orders.stop(retired.key())); // a task that runs already goes on
            }
        }
        return Decision.stay(environment).and(stops).and(timer(environment, now));
    }

    static Decision<Environment> stopped(Environment environment, String key) {
        return Decision.move(environment.withRetired(environment.retired().stream()
                .filter(retired -> !retired.key().equals(key))
                .toList()));
    }

    /** What was left for inspection has been looked at by the time the next rollout starts. */
    static Environment endInspections(Environment environment, Instant now) {
        return environment.withRetired(environment.retired().stream()
                .map(retired -> retired.stopAt() == null ? new Retired(retired.key(), now) : retired)
                .toList());
    }

    /** The timer for the next one; due at once for what is due. */
    static List<Effect> timer(Environment environment, Instant now) {
        return next(environment, now, false);
    }

    /** The same, after retired versions were added, some of which may be due now. */
    static List<Effect> timerWithDue(Environment environment, Instant now) {
        return next(environment, now, true);
    }

    private static List<Effect> next(Environment environment, Instant now, boolean due) {
        return environment.retired().stream()
                .map(Retired::stopAt)
                .filter(Objects::nonNull)
                .filter(stopAt -> due || stopAt.isAfter(now))
                .min(Comparator.naturalOrder())
                .map(at -> List.of(Effect.startTimer(DRAIN, at)))
                .orElseGet(List::of);
    }
}
