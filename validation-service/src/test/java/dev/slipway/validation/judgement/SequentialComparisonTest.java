package dev.slipway.validation.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.validation.judgement.SequentialComparison.Block;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SequentialComparisonTest {
    private static final double EXACT = 1e-9;

    @Test
    void failures_of_the_canary_raise_the_product() {
        follows(
                List.of(
                        new Block(10, 1, 90, 0),
                        new Block(10, 2, 90, 1),
                        new Block(10, 0, 90, 0),
                        new Block(10, 1, 90, 0),
                        new Block(10, 2, 90, 1)),
                0,
                2.565419688,
                2.450573151,
                4.481423748,
                7.316449009);
    }

    @Test
    void failures_of_the_baseline_lower_it() {
        follows(
                List.of(new Block(10, 0, 90, 1), new Block(10, 0, 90, 0), new Block(10, 0, 90, 2)),
                0,
                -0.000086321,
                -0.069627958);
    }

    @Test
    void a_total_failure_is_found_with_the_second_block() {
        follows(List.of(new Block(5, 5, 95, 0), new Block(5, 5, 95, 0)), 0, 19.501253501);
    }

    @Test
    void a_block_with_one_side_only_is_counted_and_says_nothing() {
        SequentialComparison after = SequentialComparison.START
                .after(new Block(5, 5, 95, 0))
                .after(new Block(0, 0, 100, 0))
                .after(new Block(5, 5, 0, 0));

        assertThat(after).isEqualTo(new SequentialComparison(10, 10, 195, 0, 0));
    }

    @Test
    void worse_is_a_matter_of_the_level() {
        SequentialComparison comparison = new SequentialComparison(1, 1, 1, 0, 4.7);

        assertThat(comparison.worse(0.01)).isTrue();
        assertThat(comparison.worse(0.005)).isFalse();
        assertThat(SequentialComparison.boundAt(0.01)).isCloseTo(4.605170186, within(EXACT));
    }

    @Test
    void failures_are_among_the_answers() {
        assertThatThrownBy(() -> new Block(1, 2, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Block(1, 0, 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void follows(List<Block> blocks, double... logProducts) {
        SequentialComparison comparison = SequentialComparison.START;
        for (int i = 0; i < blocks.size(); i++) {
            comparison = comparison.after(blocks.get(i));
            assertThat(comparison.logProduct()).as("after block %d", i + 1).isCloseTo(logProducts[i], within(EXACT));
        }
    }
}
