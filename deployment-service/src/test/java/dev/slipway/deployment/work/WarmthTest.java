package dev.slipway.deployment.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.deployment.work.Warmth.Counting;
import dev.slipway.deployment.work.Warmth.Window;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmthTest {
    private static Window window(int answers, int millis) {
        return window(answers, millis, 0, 0);
    }

    /** So many answers of one latency and so many of another. */
    private static Window window(int answers, int millis, int others, int otherMillis) {
        Counting counting = new Counting();
        for (int i = 0; i < answers; i++) {
            counting.answered(Duration.ofMillis(millis).toNanos());
        }
        for (int i = 0; i < others; i++) {
            counting.answered(Duration.ofMillis(otherMillis).toNanos());
        }
        return counting.window();
    }

    @Test
    void three_windows_in_a_row_must_agree_within_a_quarter() {
        assertThat(Warmth.reached(List.of(window(20, 100), window(20, 100)))).isFalse();
        assertThat(Warmth.reached(List.of(window(20, 120), window(20, 100), window(20, 110))))
                .isTrue();
        assertThat(Warmth.reached(List.of(window(20, 140), window(20, 100), window(20, 110))))
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

    @Test
    void a_version_whose_slow_answers_still_get_faster_is_not_warm_though_its_median_stands() {
        Window cold = window(160, 10, 40, 200);
        Window warmer = window(160, 10, 40, 60);
        Window warm = window(160, 10, 40, 20);

        assertThat(Warmth.reached(List.of(cold, warmer, warm))).isFalse();
        assertThat(Warmth.reached(List.of(cold, warmer, warm, warm, warm))).isTrue();
    }

    @Test
    void a_quantile_that_so_few_answers_cannot_tell_keeps_nobody_waiting() {
        assertThat(window(200, 10).tells(0.95)).isTrue();
        assertThat(window(200, 10).tells(0.98)).isFalse();
        assertThat(Warmth.reached(List.of(window(38, 10, 2, 900), window(38, 10, 2, 90), window(38, 10, 2, 9))))
                .isTrue();
    }
}
