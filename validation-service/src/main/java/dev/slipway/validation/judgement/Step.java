package dev.slipway.validation.judgement;

import dev.slipway.contracts.validation.Judge;
import java.time.Duration;

/**
 * Where the rollout is.
 *
 * @param number 0 before the first share
 * @param tableCounter counter of the table that put it into force
 */
record Step(int number, int trafficPercent, Duration hold, long tableCounter) {
    private static final int FULL_PERCENT = 100;

    static Step of(Judge judge) {
        return new Step(judge.step(), judge.trafficPercent(), judge.hold(), judge.tableCounter());
    }

    /** Whether the baseline still has a share. */
    boolean shared() {
        return trafficPercent < FULL_PERCENT;
    }
}
