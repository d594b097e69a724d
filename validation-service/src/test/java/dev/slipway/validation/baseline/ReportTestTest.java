package dev.slipway.validation.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.validation.baseline.SampleVerdict.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Benchmarks of one report against those of another. How often it errs stands in {@link SampleTestSimulationTest}. */
final class ReportTestTest {
    private static final double[] BEFORE = {
        1.00, 1.03, 0.97, 1.05, 0.99, 1.02, 0.95, 1.01, 0.98, 1.04, 1.015, 0.975, 1.035, 0.965, 1.025
    };
    private static final double[] SLOWER =
            Arrays.stream(BEFORE).map(each -> each * 1.2 + 0.0001).toArray();

    private static ReportTest.Pair pair(double[] now, double[] before) {
        return new ReportTest.Pair(now, before, true);
    }

    private static double[] all(double value) {
        return DoubleStream.generate(() -> value).limit(15).toArray();
    }

    private static List<Outcome> outcomes(ReportTest.Pair... pairs) {
        return ReportTest.DEFAULT.judge(List.of(pairs)).stream()
                .map(SampleVerdict::outcome)
                .toList();
    }

    @Test
    void a_change_is_worse_or_better_by_its_direction_and_one_below_the_margin_is_neither() {
        double[] hardly = Arrays.stream(BEFORE).map(each -> each * 1.04).toArray();

        assertThat(outcomes(
                        pair(SLOWER, BEFORE),
                        pair(BEFORE, SLOWER),
                        new ReportTest.Pair(SLOWER, BEFORE, false),
                        new ReportTest.Pair(BEFORE, SLOWER, false),
                        pair(hardly, BEFORE)))
                .containsExactly(Outcome.WORSE, Outcome.BETTER, Outcome.BETTER, Outcome.WORSE, Outcome.NO_WORSE);
    }

    @Test
    void what_is_one_value_on_both_sides_takes_no_share_of_alpha_and_tells_nothing_of_neighbours() {
        SampleVerdict alone =
                ReportTest.DEFAULT.judge(List.of(pair(SLOWER, BEFORE))).getFirst();
        List<ReportTest.Pair> among = Stream.concat(
                        Stream.of(pair(SLOWER, BEFORE)),
                        Stream.generate(() -> pair(all(16), all(16))).limit(40))
                .toList();

        assertThat(ReportTest.DEFAULT.judge(among).getFirst()).isEqualTo(alone);
        assertThat(ReportTest.DEFAULT.judge(among).getLast().outcome()).isEqualTo(Outcome.NO_WORSE);
    }

    /** As allocations of a benchmark are, however many others there are. */
    @Test
    void counts_that_never_vary_and_are_others_now_are_worse() {
        List<ReportTest.Pair> pairs = new ArrayList<>(List.of(
                pair(all(22), all(20)), pair(all(2_000), all(1_000)), pair(all(1), all(0)), pair(all(0), all(0))));
        pairs.addAll(Collections.nCopies(40, pair(BEFORE, BEFORE)));

        assertThat(outcomes(pairs.toArray(ReportTest.Pair[]::new)).subList(0, 5))
                .containsExactly(Outcome.WORSE, Outcome.WORSE, Outcome.WORSE, Outcome.NO_WORSE, Outcome.NO_WORSE);
    }

    @Test
    void neighbours_that_resemble_each_other_in_the_other_benchmarks_widen_the_interval_of_this_one() {
        double[] sorted = Arrays.stream(BEFORE).sorted().toArray();
        ReportTest.Pair carrying = pair(sorted, sorted);

        SampleVerdict among = ReportTest.DEFAULT
                .judge(List.of(pair(SLOWER, BEFORE), carrying, carrying, carrying))
                .getFirst();
        SampleVerdict beside = ReportTest.DEFAULT
                .judge(List.of(pair(SLOWER, BEFORE), pair(BEFORE, BEFORE), pair(BEFORE, BEFORE), pair(BEFORE, BEFORE)))
                .getFirst();

        assertThat(among.lowPercent()).isLessThan(beside.lowPercent() - 3);
        assertThat(among.changePercent()).isEqualTo(beside.changePercent());
    }

    @Test
    void of_fewer_than_five_values_nobody_can_say() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pair(new double[] {1, 2, 3, 4}, BEFORE))
                .withMessageContaining("at least 5");
    }
}
