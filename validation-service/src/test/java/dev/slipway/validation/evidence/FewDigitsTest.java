package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FewDigitsTest {
    private static final long SEED = 7;

    private final FewDigits few = new FewDigits();

    private boolean takes(String number) {
        few.take(number.getBytes(StandardCharsets.US_ASCII), 0);
        return few.isFew();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "7",
                "-7",
                "0.0",
                "-0.0",
                "0.001",
                "1.50",
                "-12.5",
                "123456789012345",
                "0.0123456789012"
            })
    void a_number_of_few_digits_is_what_a_decimal_of_its_text_is(String number) {
        assertThat(takes(number)).isTrue();
        assertThat(few.exact()).isEqualTo(new BigDecimal(number));
        assertThat(few.nearest(0)).isEqualTo(new BigDecimal(number).doubleValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e3", "1E3", "1.5e-3", "1234567890123456", "0.01234567890123", "-12345678901234.5"})
    void one_that_is_longer_or_has_an_exponent_is_left_to_others(String number) {
        assertThat(takes(number)).isFalse();
    }

    @Test
    void times_a_power_of_ten_it_is_the_nearest_double() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 100_000; i++) {
            int scale = random.nextInt(0, 13);
            BigDecimal number = BigDecimal.valueOf(random.nextLong(-9_999_999_999_999L, 9_999_999_999_999L), scale);
            int power = random.nextInt(-9, 1);
            if (takes(number.toPlainString())) {
                assertThat(few.isNear(power)).isTrue();
                assertThat(few.nearest(power))
                        .as("%s times ten to the power of %d, seed %d", number, power, SEED)
                        .isEqualTo(number.scaleByPowerOfTen(power).doubleValue());
            }
        }
    }

    @Test
    void a_power_of_ten_that_no_double_has_exactly_is_left_to_others() {
        assertThat(takes("0.5")).isTrue();
        assertThat(few.isNear(-21)).isTrue();
        assertThat(few.isNear(-22)).isFalse();
        assertThat(few.isNear(2)).isFalse();
    }

    @Test
    void the_shortest_decimal_of_a_double_is_the_one_that_the_jdk_writes() {
        SplittableRandom random = new SplittableRandom(SEED);
        int found = 0;
        for (int i = 0; i < 200_000; i++) {
            double value = random.nextBoolean()
                    ? random.nextInt(-1_000_000_000, 1_000_000_000) / Math.pow(10, random.nextInt(0, 12))
                    : random.nextDouble(-1e6, 1e6);
            BigDecimal shortest = FewDigits.shortest(value);
            if (shortest != null) {
                found++;
                assertThat(shortest).as("%s, seed %d", value, SEED).isEqualByComparingTo(BigDecimal.valueOf(value));
            }
        }
        assertThat(found).isGreaterThan(50_000);
        for (double none : new double[] {1e15, -1e300, Double.NaN, Double.POSITIVE_INFINITY, 1 / 3.0, 1e-12}) {
            assertThat(FewDigits.shortest(none)).as(String.valueOf(none)).isNull();
        }
        assertThat(FewDigits.shortest(0)).isZero();
        assertThat(FewDigits.shortest(-0.25)).isEqualTo("-0.25");
    }
}
