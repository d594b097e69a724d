package dev.slipway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
    @Test
    void what_is_measured_lies_between_one_and_twenty() {
        assertThat(new Pace(null, Map.of()).factor()).isBetween(1.0, Pace.MAX);
    }

    @Test
    void what_is_configured_wins_over_what_is_measured() {
        assertThat(new Pace(null, Map.of(Pace.VARIABLE, "7")).factor()).isEqualTo(7);
        assertThat(new Pace("2.5", Map.of(Pace.VARIABLE, "7")).factor()).isEqualTo(2.5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "21", "slow", "NaN"})
    void a_factor_that_is_none_is_refused_with_its_limits(String said) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pace(said, Map.of()))
                .withMessageContaining("SLIPWAY_PACE")
                .withMessageContaining("from 1 to 20")
                .withMessageContaining(said);
    }

    @Test
    void limits_of_patience_are_stretched_by_the_factor() {
        assertThat(Pace.stretched(Duration.ofSeconds(10), 1.5)).isEqualTo(Duration.ofSeconds(15));
        assertThat(Pace.stretched(Duration.ofDays(365 * 290), 20)).isPositive();
    }
}
