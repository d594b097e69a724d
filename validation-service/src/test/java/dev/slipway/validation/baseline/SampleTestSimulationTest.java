package dev.slipway.validation.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.validation.baseline.SampleVerdict.Outcome;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often the rule that is written by default is wrong, by a seeded simulation: lognormal noise, neighbouring runs that
 * resemble each other (each takes over a part of the last one's deviation), one run in 50 one and a half to three times as
 * long. Of reports that are alike at most 2 in 100 are found worse up to 0.5 carried over, however many benchmarks are in them.
 * At least 95 of 100 slowdowns of the only benchmark are found up to 0.2; what is beyond that, and of ten, stands here too, so
 * that the documents say what is so.
 */
@Tag("thorough")
final class SampleTestSimulationTest {
    private static final long SEED = 20_260_101;
    private static final int VALUES = 80_000;

    /** Of one benchmark in one report. */
    private record Noise(int count, double noise, double carried) {
        double[] runs(SplittableRandom random, double factor) {
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
    }

    /** One benchmark on both sides. */
    private record Sides(Noise now, Noise before) {
        static List<Sides> alike(int benchmarks, Noise noise) {
            return IntStream.range(0, benchmarks)
                    .mapToObj(_ -> new Sides(noise, noise))
                    .toList();
        }

        ReportTest.Pair drawn(
                SplittableRandom random, double factor, boolean lowerIsBetter, DoubleUnaryOperator shape) {
            double[] known = Arrays.stream(before.runs(random, 1)).map(shape).toArray();
            double[] measured =
                    Arrays.stream(now.runs(random, factor)).map(shape).toArray();
            return new ReportTest.Pair(measured, known, lowerIsBetter);
        }
    }

    private static double found(List<Sides> benchmarks, double factor, boolean lowerIsBetter) {
        return found(benchmarks, factor, lowerIsBetter, value -> value);
    }

    /** How many of 100 reports are found worse when the first benchmark takes so many times as long. */
    private static double found(
            List<Sides> benchmarks, double factor, boolean lowerIsBetter, DoubleUnaryOperator shape) {
        SplittableRandom random = new SplittableRandom(SEED);
        int reports = Math.max(1_000, VALUES / benchmarks.getFirst().now().count() / benchmarks.size());
        int worse = 0;
        for (int i = 0; i < reports; i++) {
            List<ReportTest.Pair> pairs = IntStream.range(0, benchmarks.size())
                    .mapToObj(at -> benchmarks.get(at).drawn(random, at == 0 ? factor : 1, lowerIsBetter, shape))
                    .toList();
            worse += ReportTest.DEFAULT.judge(pairs).stream().anyMatch(one -> one.outcome() == Outcome.WORSE) ? 1 : 0;
        }
        double share = 100.0 * worse / reports;
        Sides first = benchmarks.getFirst();
        System.out.printf(
                "%d benchmarks, %d a side, noise %.0f %%, carried over %.1f (before %.1f), one of them %+.0f %%: %.2f of 100"
                        + " found worse (%d reports, seed %d)%n",
                benchmarks.size(),
                first.now().count(),
                100 * first.now().noise(),
                first.now().carried(),
                first.before().carried(),
                100 * (factor - 1),
                share,
                reports,
                SEED);
        return share;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 20, 0.05, 0.0",
        "1, 20, 0.05, 0.3",
        "1, 20, 0.05, 0.5",
        "1, 20, 0.20, 0.3",
        "1, 50, 0.20, 0.5",
        "1, 5, 0.05, 0.5",
        "2, 20, 0.10, 0.5",
        "10, 20, 0.05, 0.0",
        "10, 20, 0.05, 0.2",
        "10, 20, 0.05, 0.3",
        "10, 20, 0.05, 0.5",
        "10, 20, 0.20, 0.5",
        "10, 10, 0.05, 0.5",
        "10, 5, 0.05, 0.5",
        "40, 20, 0.10, 0.5"
    })
    void of_100_identical_builds_at_most_2_are_found_worse(int benchmarks, int count, double noise, double carried) {
        assertThat(found(Sides.alike(benchmarks, new Noise(count, noise, carried)), 1, true))
                .isLessThanOrEqualTo(2);
    }

    /** Of 200,000 pairs it is 1.9, of 20 a side at noise of 10 and 20 % as well as of 10. */
    @ParameterizedTest
    @CsvSource({"20, 0.10", "10, 0.20"})
    void of_one_benchmark_at_a_half_carried_over_it_is_2_of_100_at_the_most(int count, double noise) {
        assertThat(found(Sides.alike(1, new Noise(count, noise, 0.5)), 1, true)).isBetween(1.5, 2.3);
    }

    @ParameterizedTest
    @CsvSource({"1", "5"})
    void some_of_ten_benchmarks_that_carry_over_more_than_the_others_are_not_found_worse_for_that(int carrying) {
        Noise much = new Noise(20, 0.05, 0.5);
        Noise none = new Noise(20, 0.05, 0);
        List<Sides> ten = IntStream.range(0, 10)
                .mapToObj(i -> i < carrying ? new Sides(much, much) : new Sides(none, none))
                .toList();

        assertThat(found(ten, 1, true)).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"20, 0.5, 20, 0", "20, 0, 20, 0.5", "5, 0.5, 20, 0"})
    void a_side_that_carries_over_more_than_the_other_is_not_found_worse_for_that(
            int now, double carriedNow, int before, double carriedBefore) {
        Sides sides = new Sides(new Noise(now, 0.05, carriedNow), new Noise(before, 0.05, carriedBefore));

        assertThat(found(Collections.nCopies(10, sides), 1, true)).isLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"0.0", "0.2"})
    void of_100_slowdowns_of_the_only_benchmark_by_10_percent_at_least_95_are_found(double carried) {
        assertThat(found(Sides.alike(1, new Noise(20, 0.05, carried)), 1.1, true))
                .isGreaterThanOrEqualTo(95);
    }

    /** Even who knows the correlation and the noise finds no more than 92 of 100 at 0.5, at 2 false alarms in 100. */
    @ParameterizedTest
    @CsvSource({"1, 0.3, 91, 94", "1, 0.5, 82, 86", "10, 0.0, 92, 97", "10, 0.2, 79, 85", "10, 0.5, 44, 52"})
    void beyond_a_correlation_of_a_fifth_and_of_ten_benchmarks_fewer_slowdowns_are_found(
            int benchmarks, double carried, double least, double most) {
        assertThat(found(Sides.alike(benchmarks, new Noise(20, 0.05, carried)), 1.1, true))
                .isBetween(least, most);
    }

    @Test
    void with_more_samples_a_side_they_are_found_there_too() {
        assertThat(found(Sides.alike(1, new Noise(50, 0.05, 0.5)), 1.1, true)).isGreaterThanOrEqualTo(95);
        assertThat(found(Sides.alike(10, new Noise(50, 0.05, 0.5)), 1.1, true)).isGreaterThanOrEqualTo(95);
    }

    /** With ranks alone, of which five a side cannot be in an order that is rare enough, not one of them was found. */
    @Test
    void of_five_samples_a_side_one_of_ten_benchmarks_that_takes_twice_as_long_is_found_but_for_outliers() {
        assertThat(found(Sides.alike(10, new Noise(5, 0.05, 0.2)), 2, true)).isGreaterThanOrEqualTo(80);
    }

    @Test
    void a_throughput_that_falls_as_much_is_found_as_well() {
        assertThat(found(Sides.alike(1, new Noise(20, 0.05, 0)), 1 / 1.1, false))
                .isGreaterThanOrEqualTo(95);
    }

    @Test
    void beyond_what_is_promised_4_of_100_identical_builds_are_found_worse() {
        assertThat(found(Sides.alike(1, new Noise(20, 0.05, 0.7)), 1, true)).isBetween(3.0, 4.5);
    }

    /** Times in steps as wide as their noise, as of a coarse clock, and of two sharp modes. */
    @Test
    void noise_of_other_forms_raises_no_more_alarms() {
        Noise steps = new Noise(20, 0.05, 0.5);
        Noise modes = new Noise(20, 0.002, 0);

        assertThat(found(Sides.alike(10, steps), 1, true, value -> Math.round(20 * value) / 20.0))
                .isLessThanOrEqualTo(2);
        assertThat(found(Sides.alike(10, modes), 1, true, value -> value < 1 ? value : 1.2 * value))
                .isLessThanOrEqualTo(2);
    }
}
