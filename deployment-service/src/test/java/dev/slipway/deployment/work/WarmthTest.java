package dev.slipway.deployment.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.work.Warmth.Window;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmthTest {
    private static Window window(int answers, int meanMicros) {
        return new Window(answers, 1_000L * meanMicros * answers);
    }

    @Test
    void three_windows_in_a_row_must_agree_within_a_quarter() {
        assertThat(Warmth.reached(List.of(window(20, 100), window(20, 100)))).isFalse();
        assertThat(Warmth.reached(List.of(window(20, 125), window(20, 100), window(20, 110))))
                .isTrue();
        assertThat(Warmth.reached(List.of(window(20, 126), window(20, 100), window(20, 110))))
                .isFalse();
        assertThat(Warmth.reached(List.of(window(20, 900), window(20, 110), window(20, 100), window(20, 105))))
                .isTrue();
    }

    @Test
    void a_window_of_fewer_than_20_answers_says_nothing() {
        assertThat(Warmth.reached(List.of(window(20, 100), window(19, 100), window(20, 100))))
                .isFalse();
        assertThat(Warmth.reached(List.of(window(0, 0), window(0, 0), window(0, 0))))
                .isFalse();
    }
}
