package dev.slipway.gateway.samples;

import dev.slipway.contracts.Texts;
import java.time.Duration;

/**
 * Bounds of the counting.
 *
 * @param cutOff how long after its end a second waits for its answers; later ones count when they come; 1 s to 60 s
 * @param settle for how long after seconds that no table stands for, which tell none, no latencies are told; 0 to 60 s, as
 *     whole seconds
 * @param secondsMax seconds kept for one environment, above the cut-off, up to 3,600; what a jump of the clock would add
 *     beyond them is lost
 */
public record SampleLimits(Duration cutOff, Duration settle, int secondsMax) {
    public SampleLimits {
        if (cutOff.compareTo(Duration.ofSeconds(1)) < 0 || cutOff.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("cut-off must be 1 s to 60 s, is " + Texts.words(cutOff));
        }
        if (settle.isNegative() || settle.compareTo(Duration.ofSeconds(60)) > 0) {
            throw new IllegalArgumentException("settle must be 0 to 60 s, is " + Texts.words(settle));
        }
        if (secondsMax <= cutOff.toSeconds() + 1 || secondsMax > 3600) {
            throw new IllegalArgumentException(
                    "seconds-max must be above the cut-off and at most 3600, is " + secondsMax);
        }
    }
}
