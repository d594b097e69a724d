package dev.slipway.validation.simulation;

import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Ranges;
import java.time.Duration;

/**
 * Traffic of a baseline and a canary whose true rates are known.
 *
 * @param baseline the baseline's rate of errors, 0 to 1
 * @param canary the canary's rate of errors once its fault has begun, 0 to 1; before, it is the baseline's
 * @param latencyTimes how many times as long each of the canary's answers takes once its fault has begun, 0.1 to 100
 * @param sharePercent the canary's share, 1 to 100; at 100 the baseline has none
 * @param perSecond answers a second of both, 1 to 100,000
 * @param begins when the fault begins, counted from the first second of the share; 0 s to 24 h
 * @param watched how long is looked for it from then on, 1 s to 24 h
 * @param measured how long the baseline is measured before, 0 s to 1 h; with 0 s it is a first release that has none
 * @param gateways that the answers come by, 1 to 100
 * @param spread standard deviation of the logarithm of latencies, whose median is 50 ms; 0.05 to 3
 * @param rules of the policy
 * @param planned how long the rollout is planned to take, 1 s to 366 d
 */
public record Scenario(
        double baseline,
        double canary,
        double latencyTimes,
        int sharePercent,
        int perSecond,
        Duration begins,
        Duration watched,
        Duration measured,
        int gateways,
        double spread,
        Canary rules,
        Duration planned) {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration DAY = Duration.ofHours(24);

    public Scenario {
        requireRate("baseline", baseline);
        requireRate("canary", canary);
        Ranges.require("share", sharePercent, 1, 100);
        Ranges.require("rate", perSecond, 1, 100_000);
        Ranges.require("begins", begins, Duration.ZERO, DAY);
        Ranges.require("within", watched, SECOND, DAY);
        Ranges.require("measured", measured, Duration.ZERO, Duration.ofHours(1));
        Ranges.require("planned", planned, SECOND, DAY.multipliedBy(366));
        Ranges.require("gateways", gateways, 1, 100);
        if (!(latencyTimes >= 0.1 && latencyTimes <= 100)) {
            throw new IllegalArgumentException("p95-times must be 0.1 to 100, is " + latencyTimes);
        }
        if (!(spread >= 0.05 && spread <= 3)) {
            throw new IllegalArgumentException("spread must be 0.05 to 3, is " + spread);
        }
    }

    /**
     * The same without a fault.
     *
     * @param lasting how long the canary serves; below 1 s it is one, beyond a day it is a day
     */
    public Scenario withoutFault(Duration lasting) {
        Duration least = lasting.compareTo(SECOND) < 0 ? SECOND : lasting;
        return new Scenario(
                baseline,
                baseline,
                1,
                sharePercent,
                perSecond,
                Duration.ZERO,
                least.compareTo(DAY) > 0 ? DAY : least,
                measured,
                gateways,
                spread,
                rules,
                planned);
    }

    private static void requireRate(String what, double rate) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException(what + " must be a rate of 0 % to 100 %, is " + rate * 100 + " %");
        }
    }
}
