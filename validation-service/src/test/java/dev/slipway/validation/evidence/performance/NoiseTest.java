package dev.slipway.validation.evidence.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.NoiseRuns;
import dev.slipway.validation.evidence.EarlierRuns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far runs in a row differ by chance, estimated from the last ones. */
final class NoiseTest {
    private static final long SEED = 20_261_129;
    private static final int TIMES = 20_000;

    private static Noise of(Double... values) {
        return Noise.of(List.of(values)).orElseThrow();
    }

    @Test
    void of_fewer_than_four_runs_nobody_knows_it() {
        assertThat(Noise.of(List.of(1.0, 1.1, 0.9))).isEmpty();
        assertThat(Noise.of(List.of(1.0, 1.1, 0.9, 1.0))).isPresent();
    }

    @Test
    void it_is_a_multiple_of_the_middle_step_from_one_run_to_the_next() {
        Noise noise = of(1.0, 1.01, 1.0, 1.02, 1.0, 1.01, 1.0, 1.02); // the middle step is a hundredth

        assertThat(noise.runs()).isEqualTo(8);
        assertThat(noise.width()).isCloseTo(3.9 * Math.log(1.01), within(1e-12));
        assertThat(noise.percent()).isCloseTo(3.96, within(0.01));
        assertThat(noise.explains(1.0, 1.039)).isTrue();
        assertThat(noise.explains(1.039, 1.0)).isTrue();
        assertThat(noise.explains(1.0, 1.041)).isFalse();
    }

    @Test
    void the_last_runs_count_and_what_was_before_does_not() {
        List<Double> last = new ArrayList<>();
        for (int i = 0; i < NoiseRuns.RUNS_MAX; i++) {
            last.add(1.0 + 0.01 * (i % 2));
        }
        List<Double> all = new ArrayList<>(List.of(1.0, 9.0, 1.0, 9.0, 1.0, 9.0));
        all.addAll(last);

        assertThat(Noise.of(all)).isEqualTo(Noise.of(last));
        assertThat(Noise.of(last).orElseThrow().runs()).isEqualTo(NoiseRuns.RUNS_MAX);
    }

    @Test
    void a_release_that_became_slower_for_good_and_one_odd_run_widen_nothing() {
        double quiet = of(1.0, 1.01, 1.0, 1.01, 1.0, 1.01, 1.0, 1.01).percent();

        assertThat(of(1.0, 1.01, 1.0, 1.01, 1.5, 1.515, 1.5, 1.515).percent()).isCloseTo(quiet, within(0.01));
        assertThat(of(1.0, 1.01, 1.0, 3.0, 1.0, 1.01, 1.0, 1.01).percent()).isCloseTo(quiet, within(0.01));
    }

    @Test
    void what_never_differs_has_no_noise_and_any_change_is_beyond_it() {
        Noise none = of(16.0, 16.0, 16.0, 16.0, 16.0);

        assertThat(none.percent()).isZero();
        assertThat(none.explains(16, 16)).isTrue();
        assertThat(none.explains(16, 17)).isFalse();
    }

    /** @param carried what a run takes over of the last one's deviation */
    private static double beyond(int runs, double carried, boolean outliers) {
        SplittableRandom random = new SplittableRandom(SEED);
        int beyond = 0;
        for (int i = 0; i < TIMES; i++) {
            List<Double> values = new ArrayList<>();
            double deviation = random.nextGaussian();
            for (int run = 0; run <= runs; run++) {
                deviation = carried * deviation + Math.sqrt(1 - carried * carried) * random.nextGaussian();
                double odd = outliers && random.nextInt(50) == 0 ? 1.5 + 1.5 * random.nextDouble() : 1;
                values.add(odd * Math.exp(0.05 * deviation));
            }
            Noise noise = Noise.of(values.subList(0, runs)).orElseThrow();
            beyond += noise.explains(values.get(runs - 1), values.get(runs)) ? 0 : 1;
        }
        double share = 100.0 * beyond / TIMES;
        System.out.printf(
                "%d runs, carried over %.1f%s: %.2f of 100 steps beyond the noise (seed %d)%n",
                runs, carried, outliers ? ", outliers" : "", share, SEED);
        return share;
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 16, 19, 20, 25, 30})
    void one_step_in_twenty_of_a_program_that_does_not_change_is_beyond_it(int runs) {
        assertThat(beyond(runs, 0, false)).isBetween(4.0, 6.0);
    }

    @ParameterizedTest
    @CsvSource({
        "4, 0.3, false, 6",
        "8, 0.5, false, 6",
        "4, 0, true, 10",
        "8, 0.3, true, 10",
        "12, 0.5, false, 6",
        "30, 0.3, true, 10"
    })
    void runs_that_resemble_each_other_change_little_and_one_outlier_in_fifty_doubles_it_at_most(
            int runs, double carried, boolean outliers, double most) {
        assertThat(beyond(runs, carried, outliers)).isLessThan(most);
    }

    @Test
    void more_runs_than_are_looked_at_are_no_record() {
        List<EarlierRuns.Run> many =
                Collections.nCopies(NoiseRuns.RUNS_MAX + 1, new EarlierRuns.Run(new Sha("a".repeat(40)), List.of()));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EarlierRuns.of(new ApplicationName("hello"), "ab", null, many))
                .withMessageContaining("at most 30 runs");
    }
}
