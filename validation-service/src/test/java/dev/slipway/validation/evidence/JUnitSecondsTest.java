package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JUnitSecondsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|0",
                "0|0",
                "0.012|0.012",
                "1.|1",
                "' 2.5 '|2.5",
                "1,234.5|1234.5",
                "1.5e-3|0.0015",
                "0.0000000015|0.000000002",
                "999999999.999999999|999999999.999999999",
                "1234567890.5|1234567890.5",
                "123456789012345678901|123456789012345678901",
                ".5|0",
                "1.2.3|0",
                "-1|0",
                "NaN|0"
            })
    void a_time_is_read_as_tools_write_it(String text, BigDecimal seconds) {
        assertThat(JUnitSeconds.of(text)).isEqualByComparingTo(seconds);
        assertThat(added(text)).isEqualByComparingTo(seconds);
    }

    /** Short times are added up as whole numbers, which must make no difference. */
    @Test
    void a_sum_is_that_of_its_times() {
        SplittableRandom random = new SplittableRandom(12);
        TestCounts counts = new TestCounts();
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = 0; i < 2_000; i++) {
            String text = BigDecimal.valueOf(random.nextLong(2_000_000_000_000L), random.nextInt(12))
                    .toPlainString();
            JUnitSeconds.add(text, counts);
            sum = sum.add(JUnitSeconds.of(text));
        }

        assertThat(counts.seconds()).isEqualByComparingTo(sum);
    }

    @Test
    void no_sum_of_times_is_too_large() {
        TestCounts counts = new TestCounts();
        for (int i = 0; i < 100; i++) {
            JUnitSeconds.add("999999999", counts);
        }
        TestCounts all = new TestCounts();
        all.add(counts);
        all.tookAtLeast(BigDecimal.ONE);

        assertThat(all.seconds()).isEqualByComparingTo("99999999900");
    }

    private static BigDecimal added(String text) {
        TestCounts counts = new TestCounts();
        JUnitSeconds.add(text, counts);
        return counts.seconds();
    }
}
