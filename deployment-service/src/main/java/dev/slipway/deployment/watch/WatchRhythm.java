package dev.slipway.deployment.watch;

import dev.slipway.contracts.policy.Ranges;
import java.time.Duration;

/**
 * How patiently a verified version is looked after, {@code slipway.watch.*}.
 *
 * @param restartAfter pause before it is started again, 100 ms to 1 min; doubles with each time that it ended
 * @param restartAfterMax longest such pause, 100 ms to 1 h
 * @param loopFrom from how many ends on it is a crash loop, 2 to 100
 * @param wellFor how long it must be well before an incident is over, 1 s to 1 h; doubles with each time that it went bad,
 *     so that one that goes bad again and again is one incident and not many
 * @param wellForMax longest such time, 1 s to 1 d
 * @param rememberedFor how long after an incident it is remembered how often the version went bad, 1 min to 7 d
 */
public record WatchRhythm(
        Duration restartAfter,
        Duration restartAfterMax,
        int loopFrom,
        Duration wellFor,
        Duration wellForMax,
        Duration rememberedFor) {
    public WatchRhythm {
        Duration tenth = Duration.ofMillis(100);
        Duration second = Duration.ofSeconds(1);
        Duration hour = Duration.ofHours(1);
        Ranges.require("slipway.watch.restart-after", restartAfter, tenth, Duration.ofMinutes(1));
        Ranges.require("slipway.watch.restart-after-max", restartAfterMax, tenth, hour);
        Ranges.require("slipway.watch.loop-from", loopFrom, 2, 100);
        Ranges.require("slipway.watch.well-for", wellFor, second, hour);
        Ranges.require("slipway.watch.well-for-max", wellForMax, second, Duration.ofDays(1));
        Ranges.require("slipway.watch.remembered-for", rememberedFor, Duration.ofMinutes(1), Duration.ofDays(7));
    }

    /** The pause after so many ends, from 1. */
    Duration pause(int deaths) {
        return doubled(restartAfter, deaths, restartAfterMax);
    }

    /** How long it must be well after so many times that it went bad, from 1. */
    Duration well(int falls) {
        return doubled(wellFor, falls, wellForMax);
    }

    private static Duration doubled(Duration first, int times, Duration max) {
        Duration next = first;
        for (int i = 1; i < times && next.compareTo(max) < 0; i++) {
            next = next.multipliedBy(2);
        }
        return next.compareTo(max) < 0 ? next : max;
    }
}
