package dev.slipway.contracts.policy;

import java.util.Set;

/**
 * Of how many of the last runs a gate takes the noise beside which a change in percent against the last verified release
 * stands. Many tell it more exactly, and are slower to forget how noisy it was before.
 *
 * @param runs at most, {@value #RUNS_MIN} to {@value #RUNS_MAX}; as long as there are fewer, those that there are count, and
 *     below {@value #RUNS_MIN} nobody knows the noise
 */
public record NoiseRuns(int runs) {
    /** Of fewer nobody can say how far runs differ. */
    public static final int RUNS_MIN = 4;

    public static final int RUNS_MAX = 30;
    /** Where the gate says nothing. */
    public static final NoiseRuns DEFAULT = new NoiseRuns(8);

    /** Facts that are beside the noise, or of it. */
    static final Set<String> FACTS = Set.of("baseline.change", "baseline.beyond", "baseline.noise", "baseline.runs");

    public NoiseRuns {
        Ranges.require("gates.noise.runs", runs, RUNS_MIN, RUNS_MAX);
    }
}
