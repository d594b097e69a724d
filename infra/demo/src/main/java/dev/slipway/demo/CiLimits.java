package dev.slipway.demo;

import java.time.Duration;

/**
 * What one run of the sample's CI may take.
 *
 * @param testsMax time for the tests, after which they have failed; above zero
 * @param outputBytesMax how much of the end of a failed step's output is told, bytes, 1 to 1 MiB
 * @param runsKept how many runs' folders are kept, 1 to 1000; the jars of earlier ones stay
 */
public record CiLimits(Duration testsMax, int outputBytesMax, int runsKept) {
    public static final CiLimits DEFAULT = new CiLimits(Duration.ofMinutes(1), 8_192, 20);

    /**
     * The same for a busy machine.
     *
     * @param factor how many times slower than a quiet one, 1 or more
     */
    public CiLimits times(double factor) {
        return new CiLimits(Stretching.of(testsMax, factor), outputBytesMax, runsKept);
    }

    public CiLimits {
        if (!testsMax.isPositive()) {
            throw new IllegalArgumentException("testsMax must be above zero, is " + testsMax);
        }
        if (outputBytesMax < 1 || outputBytesMax > 1 << 20) {
            throw new IllegalArgumentException("outputBytesMax must be 1 to 1048576, is " + outputBytesMax);
        }
        if (runsKept < 1 || runsKept > 1_000) {
            throw new IllegalArgumentException("runsKept must be 1 to 1000, is " + runsKept);
        }
    }
}
