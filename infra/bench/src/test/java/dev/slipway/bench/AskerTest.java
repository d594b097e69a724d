package dev.slipway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class AskerTest {
    private static final Order ORDER = Order.of(Work.PUBLISH, 0, 8, new Target("gateway", "127.0.0.1:1", "h", "", 0))
            .lasting(50, 300);

    private final List<Long> asked = new ArrayList<>();

    private Tally asked(int nothingBefore, Tally seen) {
        return Asker.untilSomethingIsSeen(
                ORDER,
                order -> {
                    asked.add(order.millis());
                    return asked.size() > nothingBefore ? seen : tally(0, 0);
                },
                Function.identity());
    }

    private static Tally tally(long done, long failed) {
        return new Tally(done, done + failed, 0, 0, failed, 8, 0.3, 0, 0, 0, "");
    }

    @Test
    void what_is_seen_at_once_is_asked_for_once() {
        assertThat(asked(0, tally(5, 0)).done()).isEqualTo(5);
        assertThat(asked).containsExactly(300L);
    }

    @Test
    void a_time_in_which_nothing_ended_is_followed_by_one_twice_as_long() {
        assertThat(asked(2, tally(5, 0)).done()).isEqualTo(5);
        assertThat(asked).containsExactly(300L, 600L, 1_200L);
    }

    @Test
    void a_failure_is_seen_and_not_tried_again() {
        assertThat(asked(0, tally(0, 3)).failed()).isEqualTo(3);
        assertThat(asked).hasSize(1);
    }

    @Test
    void where_nothing_ever_ends_it_is_given_up() {
        assertThat(asked(100, tally(5, 0)).done()).isZero();
        assertThat(asked).containsExactly(300L, 600L, 1_200L, 2_400L, 4_800L, 9_600L);
    }
}
