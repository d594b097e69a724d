package dev.slipway.validation.judgement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

final class SequentialComparisonTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final List<Block> BLOCKS = List.of(
            new Block(10, 1, 90, 0),
            new Block(10, 2, 90, 1),
            new Block(10, 0, 90, 0),
            new Block(10, 1, 90, 0),
            new Block(10, 2, 90, 1));

    @Test
    void plug_in_mixture_and_detector_have_their_check_values() {
        double[] plugIn = {0, 2.565419688, 2.450573151, 4.481423748, 7.316449009};
        double[] mixture = {1.431639409, 4.095000027, 4.020999099, 5.884610922, 8.691695824};
        double[] detector = {1.573326989, 4.397886023, 4.340551104, 6.190189065, 8.989026783};
        Compared compared = Compared.starting(Effects.FAILURES, 1).measured(List.of(new Block(0, 0, 1000, 5)));

        for (int i = 0; i < BLOCKS.size(); i++) {
            compared = compared.after(List.of(BLOCKS.get(i)), Effects.FAILURES);
            assertThat(compared.chains().getFirst().plugIn())
                    .as("plug-in %d", i + 1)
                    .isCloseTo(plugIn[i], EXACT);
            assertThat(compared.mixture(Effects.FAILURES)).as("L %d", i + 1).isCloseTo(mixture[i], EXACT);
            assertThat(compared.detector()).as("D %d", i + 1).isCloseTo(detector[i], EXACT);
        }
    }

    @Test
    void failures_of_the_baseline_lower_the_plug_in() {
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
        SequentialComparison before =
                SequentialComparison.start(Effects.FAILURES).after(new Block(5, 5, 95, 0), Effects.FAILURES);

        SequentialComparison after =
                before.after(new Block(0, 0, 100, 0), Effects.FAILURES).after(new Block(5, 5, 0, 0), Effects.FAILURES);

        assertThat(after.sums()).isEqualTo(before.sums());
        assertThat(after.plugIn()).isEqualTo(before.plugIn());
        assertThat(after.canaryAnswers()).isEqualTo(10);
        assertThat(after.baselineAnswers()).isEqualTo(195);
    }

    @Test
    void what_may_begin_anew_is_not_held_back_by_what_was_good_for_long() {
        Compared compared = Compared.starting(Effects.FAILURES, 1).measured(List.of(new Block(0, 0, 1000, 5)));
        for (int i = 0; i < 1000; i++) {
            compared = compared.after(List.of(new Block(10, 0, 90, 0)), Effects.FAILURES);
        }
        double quiet = compared.mixture(Effects.FAILURES);
        for (int i = 0; i < 5; i++) {
            compared = compared.after(List.of(new Block(10, 2, 90, 0)), Effects.FAILURES);
        }

        assertThat(quiet).isLessThan(0);
        assertThat(compared.detector()).isGreaterThan(20);
        assertThat(compared.detector()).isGreaterThan(compared.mixture(Effects.FAILURES));
    }

    @Test
    void sums_far_beyond_a_double_stay_numbers() {
        Compared compared = Compared.starting(Effects.FAILURES, 1).measured(List.of(new Block(0, 0, 100_000, 1)));
        for (int i = 0; i < 100; i++) {
            compared = compared.after(List.of(new Block(1_000, 1_000, 9_000, 0)), Effects.FAILURES);
        }

        assertThat(compared.mixture(Effects.FAILURES)).isFinite().isGreaterThan(1_000);
        assertThat(compared.detector()).isFinite().isGreaterThan(1_000);
    }

    /** A program that stands still for a second, as for its garbage, has told one thing, not as many as it has answers. */
    @Test
    void slow_answers_of_one_second_are_one_piece_of_evidence_and_slowness_has_to_last() {
        Levels levels = new Levels(0.01, true, 60);
        Compared beside = Compared.starting(Effects.SLOWNESS, 1).measured(List.of(new Block(0, 0, 1000, 50)));
        Compared alone = beside;
        List<Integer> found = new ArrayList<>();
        for (int second = 1; second <= 20; second++) {
            beside = beside.after(List.of(new Block(500, 500, 500, 0)), Effects.SLOWNESS);
            alone = alone.afterAlone(List.of(new Block(500, 500, 0, 0)), alone.baselineTotals(), Effects.SLOWNESS);
            if (beside.mixture(Effects.SLOWNESS) >= levels.mixture(Levels.SLOW)) {
                found.add(second);
            }
            if (second < 5) {
                assertThat(beside.detector()).isLessThan(levels.detector(Levels.SLOW));
                assertThat(alone.detectorAlone()).isLessThan(levels.alone(Levels.SLOW));
            }
        }

        assertThat(found).startsWith(5);
        assertThat(beside.detector()).isGreaterThan(levels.detector(Levels.SLOW));
        assertThat(alone.detectorAlone()).isGreaterThan(levels.alone(Levels.SLOW));
        assertThat(Compared.starting(Effects.FAILURES, 1)
                        .measured(List.of(new Block(0, 0, 1000, 50)))
                        .after(List.of(new Block(500, 500, 500, 0)), Effects.FAILURES)
                        .mixture(Effects.FAILURES))
                .as("what fails needs no second one")
                .isGreaterThan(levels.mixture(Levels.ERRORS));
    }

    @Test
    void a_side_alone_is_held_against_an_upper_bound_of_what_was_before() {
        Alone alone = Alone.beside(30, 6_000); // (30 + 2.33 √30 + 3) / 6000
        assertThat(alone.bound()).isCloseTo(0.007626989, within(1e-8));

        Alone afterOne = alone.after(100, 5, Effects.FAILURES);
        double a = 2 * alone.bound() / (1 - alone.bound() + 2 * alone.bound());
        double factor = Math.pow(a / alone.bound(), 5) * Math.pow((1 - a) / (1 - alone.bound()), 95);
        assertThat(Math.expm1(afterOne.late().getFirst())).isCloseTo(factor, EXACT);
        assertThat(Math.expm1(afterOne.after(100, 5, Effects.FAILURES).late().getFirst()))
                .isCloseTo((1 + factor) * factor, EXACT);
        assertThat(Alone.beside(0, 0).possible()).isFalse();
        assertThat(Alone.beside(0, 3).possible()).isFalse();
        assertThat(Alone.beside(0, 4).possible()).isTrue();
    }

    @Test
    void the_parts_of_alpha_add_up_to_no_more_than_the_whole() {
        Levels levels = new Levels(0.01, true, 1);
        double parts = 0;
        for (double weight : new double[] {Levels.ERRORS, Levels.SLOW, Levels.REFUSALS}) {
            parts += Math.exp(-levels.mixture(weight))
                    + Math.exp(-levels.detector(weight))
                    + Math.exp(-levels.alone(weight));
        }
        parts += 3 * (Math.exp(-levels.guardrail(3)) + Math.exp(-levels.guardrailLately(3)));

        assertThat(parts).isCloseTo(0.01, EXACT);
        Levels first = new Levels(0.01, false, 1);
        assertThat(2 * (Math.exp(-first.guardrail(2)) + Math.exp(-first.guardrailLately(2))))
                .isCloseTo(0.01, EXACT);
        assertThat(new Levels(0.01, true, 1_500).detector(Levels.ERRORS) - levels.detector(Levels.ERRORS))
                .as("pays for every second")
                .isCloseTo(Math.log(1_500), EXACT);
    }

    @Test
    void failures_are_among_the_answers() {
        assertThatThrownBy(() -> new Block(1, 2, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Block(1, 0, 1, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void follows(List<Block> blocks, double... plugIns) {
        SequentialComparison comparison = SequentialComparison.start(Effects.FAILURES);
        for (int i = 0; i < blocks.size(); i++) {
            comparison = comparison.after(blocks.get(i), Effects.FAILURES);
            assertThat(comparison.plugIn()).as("after block %d", i + 1).isCloseTo(plugIns[i], EXACT);
        }
    }
}
