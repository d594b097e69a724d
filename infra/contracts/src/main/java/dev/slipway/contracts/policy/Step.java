package dev.slipway.contracts.policy;

import java.time.Duration;
import java.util.List;

/**
 * One rung of a rollout: how much traffic the new version gets, and how long it must stay healthy there.
 *
 * @param traffic share of requests, percent, 1 to 100 inclusive
 * @param hold time at this share before the next one, 0 s (only at 100 %) or 1 s to 24 h
 */
public record Step(int traffic, Duration hold) {
    public static final int FULL = 100;

    public Step {
        Ranges.require("steps.traffic", traffic, 1, FULL);
        Duration min = traffic == FULL ? Duration.ZERO : Duration.ofSeconds(1);
        Ranges.require("steps.hold", hold, min, Duration.ofHours(24));
    }

    /** How long all of them and the bake are held together; 0 s or more. */
    public static Duration held(List<Step> steps, Duration bake) {
        return steps.stream().map(Step::hold).reduce(bake, Duration::plus);
    }

    /**
     * Requires 1 to 50 steps with rising shares, the last with all traffic.
     *
     * @throws IllegalArgumentException if they are not; the message names the value and the limit
     */
    public static void requireRising(List<Step> steps) {
        Ranges.require("steps: their number", steps.size(), 1, 50);
        Ranges.require("steps.traffic of the last step", steps.getLast().traffic(), FULL, FULL);
        for (int i = 1; i < steps.size(); i++) {
            int before = steps.get(i - 1).traffic();
            Ranges.require(
                    "steps.traffic after a step of " + before, steps.get(i).traffic(), before + 1, FULL);
        }
    }
}
