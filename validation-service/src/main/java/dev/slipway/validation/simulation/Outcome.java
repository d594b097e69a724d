package dev.slipway.validation.simulation;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * What came of many runs.
 *
 * @param watched how long was looked for the fault
 */
public record Outcome(Duration watched, List<Run> runs) {
    public Outcome {
        runs = List.copyOf(runs);
    }

    /**
     * One run.
     *
     * @param seconds until the canary was found worse, counted from the fault's begin; 0 or less if it was found before
     *     that, {@link #NEVER} if it was not found
     * @param hurt answers that failed above the baseline's rate until then
     */
    public record Run(int seconds, double hurt) {
        public static final int NEVER = Integer.MAX_VALUE;

        static Run notFound(double hurt) {
            return new Run(NEVER, hurt);
        }
    }

    /** Found after the fault had begun. */
    public long found() {
        return runs.stream()
                .filter(run -> run.seconds() > 0 && run.seconds() != Run.NEVER)
                .count();
    }

    /** Found although there was no fault yet. */
    public long foundBefore() {
        return runs.stream().filter(run -> run.seconds() <= 0).count();
    }

    /** Seconds by which so many of the runs that saw the fault have found it; empty if fewer did. */
    public OptionalInt secondsAt(double quantile) {
        List<Integer> sorted = runs.stream()
                .map(Run::seconds)
                .filter(seconds -> seconds > 0)
                .sorted()
                .toList();
        int rank = (int) Math.ceil(quantile * sorted.size());
        return sorted.isEmpty() || sorted.get(Math.max(0, rank - 1)) == Run.NEVER
                ? OptionalInt.empty()
                : OptionalInt.of(sorted.get(Math.max(0, rank - 1)));
    }

    /** Answers hurt above the baseline's rate, the median of the runs that saw the fault. */
    public double hurt() {
        List<Double> sorted = runs.stream()
                .filter(run -> run.seconds() > 0)
                .map(Run::hurt)
                .sorted()
                .toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }
}
