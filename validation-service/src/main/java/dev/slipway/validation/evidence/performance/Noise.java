package dev.slipway.validation.evidence.performance;

import dev.slipway.contracts.policy.NoiseRuns;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How far two runs in a row differ though nothing changed, estimated from the last ones. Each is compared with the one before
 * it, so that a release that became slower for good widens nothing but its own step, and the middle of these steps is taken,
 * so that one odd run in the last ones does not either. How many times the middle step the next one may be, once in twenty at
 * most, was reckoned for normal deviations of the logarithm (see {@code NoiseTest}): of few runs the middle itself is uncertain.
 *
 * @param runs how many there were, {@value NoiseRuns#RUNS_MIN} to {@value NoiseRuns#RUNS_MAX}
 * @param width of a step that chance still explains, as a difference of natural logarithms, 0 and above
 */
record Noise(int runs, double width) {
    /** For four runs and above. */
    private static final double[] TIMES = {
        5.4, 4.2, 4.3, 3.9, 3.9, 3.7, 3.7, 3.5, 3.5, 3.4, 3.4, 3.4, 3.4, 3.3, 3.3, 3.3, 3.3, 3.2, 3.2, 3.2, 3.2, 3.2,
        3.2, 3.1, 3.1, 3.1, 3.1
    };

    /** @param values the oldest first, finite and above 0; what is more than the last ones does not count */
    static Optional<Noise> of(List<Double> values) {
        List<Double> last = values.subList(Math.max(0, values.size() - NoiseRuns.RUNS_MAX), values.size());
        if (last.size() < NoiseRuns.RUNS_MIN) {
            return Optional.empty();
        }
        double[] steps = new double[last.size() - 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = step(last.get(i), last.get(i + 1));
        }
        return Optional.of(new Noise(last.size(), TIMES[last.size() - NoiseRuns.RUNS_MIN] * middle(steps)));
    }

    private static double middle(double[] steps) {
        double[] sorted = steps.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    private static double step(double one, double next) {
        return Math.abs(Math.log(next / one));
    }

    /** Whether chance alone explains this change. */
    boolean explains(double before, double now) {
        return before > 0 && now > 0 && step(before, now) <= width;
    }

    /** In percent of the run before, upwards. */
    double percent() {
        return 100 * Math.expm1(width);
    }
}
