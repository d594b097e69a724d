package dev.slipway.contracts.policy;

/**
 * Over how many of the last runs of the branch that is released from a gate looks, where its rule asks which tests passed and
 * failed on the same commit.
 *
 * @param runs {@value #RUNS_MIN} to {@value #RUNS_MAX}; fewer are inconclusive
 */
public record StableRuns(int runs) {
    public static final int RUNS_MIN = 2;
    public static final int RUNS_MAX = 100;
    /** Where the gate says nothing. */
    public static final StableRuns DEFAULT = new StableRuns(20);

    public StableRuns {
        Ranges.require("gates.stability.runs", runs, RUNS_MIN, RUNS_MAX);
    }
}
