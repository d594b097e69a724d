package dev.slipway.validation.evidence.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

final class SamplesTest {
    private static final long SEED = 9;

    @Test
    void the_median_is_that_of_the_sorted_samples_however_they_lie() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int size : new int[] {1, 2, 3, 40, 41, 42, 43, 100, 1_001, 4_096}) {
            requireMedian(size, _ -> random.nextDouble());
            requireMedian(size, _ -> random.nextInt(3));
            requireMedian(size, _ -> 7);
            requireMedian(size, i -> i);
            requireMedian(size, i -> -i);
            requireMedian(size, i -> i % 2 == 0 ? i : -i);
            requireMedian(size, i -> Math.abs(size / 2 - i));
        }
    }

    private static void requireMedian(int size, IntToDoubleFunction each) {
        Samples samples = new Samples();
        for (int i = 0; i < size; i++) {
            samples.add(each.applyAsDouble(i));
        }
        double[] sorted = samples.sorted();
        double median = size % 2 == 1 ? sorted[size / 2] : (sorted[size / 2 - 1] + sorted[size / 2]) / 2;

        assertThat(samples.median()).as("of %d, seed %d", size, SEED).isEqualTo(median);
    }

    @Test
    void percentiles_have_to_be_named_as_they_rise() {
        assertThatThrownBy(() -> SummaryNames.of("95th", "p95", "50th", "p50"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SummaryNames.of("50th", "p50", "max", "max"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
