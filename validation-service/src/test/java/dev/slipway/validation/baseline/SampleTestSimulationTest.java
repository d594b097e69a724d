package dev.slipway.validation.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.baseline.SampleVerdict.Outcome;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often the rule that is written by default is wrong, by a seeded simulation: lognormal noise, neighbouring runs that
 * resemble each other (each takes over a part of the last one's deviation), one run in 50 one and a half to three times as
 * long. Both promises, at most 2 false alarms in 100 and at least 95 of 100 slowdowns found, hold together up to 0.2 carried
 * over; what is beyond that stands here too, so that the documents say what is so.
 */
final class SampleTestSimulationTest {
    private static final long SEED = 20_260_101;
    private static final int RUNS = 4_000;

    private static double[] runs(SplittableRandom random, int count, double noise, double carried, double factor) {
        double sigma = Math.sqrt(Math.log(1 + noise * noise));
        double[] values = new double[count];
        double deviation = random.nextGaussian();
        for (int i = 0; i < count; i++) {
            deviation = carried * deviation + Math.sqrt(1 - carried * carried) * random.nextGaussian();
            double outlier = random.nextInt(50) == 0 ? 1.5 + 1.5 * random.nextDouble() : 1;
            values[i] = factor * Math.exp(sigma * deviation) * outlier;
        }
        return values;
    }

    /** How many of 100 are found worse. */
    private static double found(int count, double noise, double carried, double factor, boolean lowerIsBetter) {
        SplittableRandom random = new SplittableRandom(SEED);
        int worse = 0;
        for (int i = 0; i < RUNS; i++) {
            double[] before = runs(random, count, noise, carried, 1);
            double[] now = runs(random, count, noise, carried, factor);
            worse += SampleTest.DEFAULT.judge(now, before, lowerIsBetter).outcome() == Outcome.WORSE ? 1 : 0;
        }
        double share = 100.0 * worse / RUNS;
        System.out.printf(
                "%d a side, noise %.0f %%, carried over %.1f, %+.0f %%: %.2f of 100 found worse (seed %d)%n",
                count, 100 * noise, carried, 100 * (factor - 1), share, SEED);
        return share;
    }

    @ParameterizedTest
    @CsvSource({
        "20, 0.05, 0.0",
        "20, 0.05, 0.3",
        "20, 0.05, 0.5",
        "10, 0.05, 0.3",
        "5, 0.05, 0.3",
        "50, 0.05, 0.5",
        "20, 0.10, 0.3",
        "20, 0.20, 0.3",
        "100, 0.20, 0.5",
        "20, 0.02, 0.5"
    })
    void of_100_identical_builds_at_most_2_are_found_worse(int count, double noise, double carried) {
        assertThat(found(count, noise, carried, 1, true)).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"0.0", "0.2"})
    void of_100_slowdowns_by_10_percent_at_least_95_are_found(double carried) {
        assertThat(found(20, 0.05, carried, 1.1, true)).isGreaterThanOrEqualTo(95);
    }

    /** Even who knows the correlation and the noise finds no more than 92 of 100 at 0.5, at 2 false alarms in 100. */
    @ParameterizedTest
    @CsvSource({"0.3, 91, 94", "0.5, 77, 82"})
    void beyond_a_correlation_of_a_fifth_fewer_slowdowns_are_found(double carried, double least, double most) {
        assertThat(found(20, 0.05, carried, 1.1, true)).isBetween(least, most);
    }

    @ParameterizedTest
    @CsvSource({"20, 0.10, 0.5", "20, 0.05, 0.7"})
    void beyond_what_is_promised_at_most_4_of_100_identical_builds_are_found_worse(
            int count, double noise, double carried) {
        assertThat(found(count, noise, carried, 1, true)).isBetween(2.0, 4.0);
    }

    @Test
    void with_more_samples_a_side_they_are_found_there_too() {
        assertThat(found(50, 0.05, 0.5, 1.1, true)).isGreaterThanOrEqualTo(95);
    }

    @Test
    void a_throughput_that_falls_as_much_is_found_as_well() {
        assertThat(found(20, 0.05, 0, 1 / 1.1, false)).isGreaterThanOrEqualTo(95);
    }
}
