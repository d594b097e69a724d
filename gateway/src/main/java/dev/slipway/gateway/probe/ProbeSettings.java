package dev.slipway.gateway.probe;

import dev.slipway.contracts.Texts;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Bounds of the probes.
 *
 * @param lookEvery how often it is looked which tables ask for probes, 10 ms to 1 s
 * @param perSecondMax probes a second of this gateway, for all environments together; asked for more, each gets less
 * @param inFlightMax probes under way at the same time; what would come beyond them is left out
 * @param connectWithin limit of making a connection to this gateway itself
 * @param answerWithin limit of a whole answer, above what a policy gives a first byte by default, so that a place is taken for as
 *     long as its request is
 */
@ConfigurationProperties("slipway.probe")
record ProbeSettings(
        Duration lookEvery, int perSecondMax, int inFlightMax, Duration connectWithin, Duration answerWithin) {
    private static final Duration LOOK_MIN = Duration.ofMillis(10);
    private static final Duration LOOK_MAX = Duration.ofSeconds(1);

    ProbeSettings {
        if (lookEvery.compareTo(LOOK_MIN) < 0 || lookEvery.compareTo(LOOK_MAX) > 0) {
            throw new IllegalArgumentException(
                    "slipway.probe.look-every must be 10 ms to 1 s, is " + Texts.words(lookEvery));
        }
        if (perSecondMax < 1 || inFlightMax < 1) {
            throw new IllegalArgumentException(
                    "slipway.probe.per-second-max and in-flight-max must be 1 or above, are %d and %d"
                            .formatted(perSecondMax, inFlightMax));
        }
    }
}
