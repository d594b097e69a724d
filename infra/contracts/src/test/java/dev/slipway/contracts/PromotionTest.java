package dev.slipway.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.deployment.Promotion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is noted of a person who had a rollout go on, written and read. */
final class PromotionTest {
    private static final String EVE = "user:eve@example.test";

    @Test
    void a_note_says_which_steps_were_not_waited_for() {
        assertThat(new Promotion(2, 2).note("it is urgent", EVE))
                .isEqualTo("promoted past step 2: it is urgent (user:eve@example.test)");
        assertThat(new Promotion(1, 3).note("all of it", EVE))
                .isEqualTo("promoted past steps 1 to 3: all of it (user:eve@example.test)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"now", "", "past steps 1 to 9: all", "two\nlines", "promoted past step 7: x"})
    void what_a_note_says_is_read_again_whatever_the_reason(String reason) {
        assertThat(Promotion.of(new Promotion(2, 2).note(reason, EVE))).contains(new Promotion(2, 2));
        assertThat(Promotion.of(new Promotion(1, 12).note(reason, EVE))).contains(new Promotion(1, 12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "promoted: it is urgent (user:eve@example.test)",
                "promoted past the warm-up: now (user:eve@example.test)",
                "paused: promoted past step 2: no (user:eve@example.test)",
                "promoted past step 0: now",
                "promoted past steps 3 to 2: now",
                "promoted past step 99999: now",
                "promoted past step 2"
            })
    void another_note_says_nothing_of_steps(String note) {
        assertThat(Promotion.of(note)).isEmpty();
    }

    @Test
    void steps_that_are_none_are_refused() {
        assertThatThrownBy(() -> new Promotion(0, 1)).hasMessageContaining("Steps 0 to 1");
        assertThatThrownBy(() -> new Promotion(3, 2)).hasMessageContaining("Steps 3 to 2");
    }
}
