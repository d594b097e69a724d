package dev.slipway.release.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.release.ReportView.Against;
import dev.slipway.contracts.release.ReportView.Direction;
import dev.slipway.contracts.release.ReportView.Figure;
import dev.slipway.contracts.release.ReportView.Insight;
import dev.slipway.contracts.validation.Measured;
import dev.slipway.contracts.validation.Measured.Answered;
import dev.slipway.contracts.validation.Measured.Quantile;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What got worse or better beyond noise. */
final class ComparingTest {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");
    private static final Quantile SAME = new Quantile(20, 18, 22);

    private final Comparing comparing = new Comparing("1.1.0", "1.0.0");

    @Test
    void a_share_that_is_beyond_noise_is_named_with_its_numbers() {
        List<Insight> insights = insights(answered(1_000, 2, SAME), answered(100, 13, SAME));

        assertThat(insights).singleElement().satisfies(insight -> {
            assertThat(insight.figure()).isEqualTo(Figure.ERRORS);
            assertThat(insight.direction()).isEqualTo(Direction.WORSE);
            assertThat(insight.against()).isEqualTo(Against.BESIDE);
            assertThat(insight.then()).isEqualTo(0.2);
            assertThat(insight.now()).isEqualTo(13.0);
            assertThat(insight.text())
                    .isEqualTo("errors: 13.0 % of 1.1.0 (13 of 100), 0.20 % of 1.0.0 beside it (2 of 1000)");
        });
    }

    @Test
    void what_few_answers_may_be_by_chance_is_nothing() {
        assertThat(insights(answered(1_000, 20, SAME), answered(50, 3, SAME))).isEmpty();
        assertThat(insights(answered(900, 0, SAME), answered(10, 1, SAME)))
                .as("10 of 910 times")
                .isEmpty();
        assertThat(insights(answered(900, 0, SAME), answered(10, 0, SAME))).isEmpty();
        assertThat(insights(answered(900, 900, SAME), answered(10, 10, SAME))).isEmpty();
        assertThat(insights(Answered.NOTHING, answered(10, 10, SAME))).isEmpty();
        assertThat(insights(answered(1_000, 20, SAME), Answered.NOTHING)).isEmpty();
    }

    @Test
    void what_the_judge_takes_back_after_few_answers_is_worse_here_too() {
        assertThat(insights(answered(281, 0, SAME), answered(19, 4, SAME)))
                .singleElement()
                .satisfies(insight -> assertThat(insight.text())
                        .isEqualTo("errors: 21.1 % of 1.1.0 (4 of 19), 0.0 % of 1.0.0 beside it (0 of 281)"));
        assertThat(insights(answered(1_000, 0, SAME), answered(10, 1, SAME)))
                .as("10 of 1,010 times")
                .hasSize(1);
    }

    @Test
    void of_millions_of_answers_small_differences_count() {
        long many = 3_000_000_000L;
        assertThat(insights(answered(many, many / 1_000, SAME), answered(1_000_000, 1_100, SAME)))
                .hasSize(1);
        assertThat(insights(answered(many, many / 1_000, SAME), answered(1_000_000, 1_050, SAME)))
                .isEmpty();
        assertThat(insights(answered(990_000, 990, SAME), answered(10_000, 30, SAME)))
                .hasSize(1);
    }

    @Test
    void a_quantile_counts_where_both_cannot_be_the_same_and_better_is_told_after_worse() {
        Quantile slower = new Quantile(40, 36, 44);
        Quantile quicker = new Quantile(10, 9, 12);
        Measured measured = measured(answered(500, 0, SAME), answered(500, 0, quicker), answered(500, 0, SAME));

        List<Insight> insights = comparing.insights(measured, answered(500, 0, slower));

        assertThat(insights)
                .extracting(Insight::direction)
                .startsWith(Direction.WORSE, Direction.WORSE, Direction.WORSE)
                .endsWith(Direction.BETTER);
        assertThat(insights.getFirst().text()).isEqualTo("p50: 40 ms of 1.1.0, 20 ms of 1.0.0 before");
        assertThat(insights.getLast().text()).isEqualTo("p99: 10 ms of 1.1.0, 20 ms of 1.0.0 beside it");
        assertThat(insights(answered(500, 0, SAME), answered(500, 0, new Quantile(24, 22, 26))))
                .as("they meet at 22 ms")
                .isEmpty();
    }

    /** 4,000 pairs of the same truth, seed 20261130. */
    @Test
    void the_same_truth_on_both_sides_is_found_different_once_in_a_hundred_times() {
        SplittableRandom random = new SplittableRandom(20_261_130);
        int found = 0;
        for (int i = 0; i < 4_000; i++) {
            long one = failures(random, 2_000, 0.03);
            long other = failures(random, 500, 0.03);
            found += insights(answered(2_000, one, SAME), answered(500, other, SAME))
                    .size();
        }

        assertThat(found).isBetween(5, 80);
    }

    private static long failures(SplittableRandom random, int answers, double share) {
        return random.doubles(answers).filter(each -> each < share).count();
    }

    private List<Insight> insights(Answered beside, Answered canary) {
        return comparing.insights(measured(Answered.NOTHING, canary, beside), Answered.NOTHING);
    }

    private static Measured measured(Answered before, Answered canary, Answered beside) {
        return new Measured(before, beside, canary, 1, 10, Answered.NOTHING, Answered.NOTHING);
    }

    private static Answered answered(long answers, long errors, Quantile all) {
        return new Answered(10, AT, AT.plusSeconds(10), answers, errors, 0, all, all, all);
    }
}
