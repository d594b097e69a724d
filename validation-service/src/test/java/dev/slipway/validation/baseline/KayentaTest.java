package dev.slipway.validation.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.contracts.policy.KayentaRule.Direction;
import dev.slipway.contracts.policy.KayentaRule.Effect;
import dev.slipway.contracts.policy.KayentaRule.Missing;
import dev.slipway.contracts.policy.KayentaRule.Outliers;
import dev.slipway.validation.baseline.KayentaJudge.Classified;
import dev.slipway.validation.baseline.KayentaJudge.Label;
import dev.slipway.validation.baseline.KayentaScore.Group;
import dev.slipway.validation.baseline.KayentaScore.Metric;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check values of Kayenta's judge, and where ours differs on purpose. */
final class KayentaTest {
    private static double[] values(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }

    @ParameterizedTest
    @CsvSource({
        "100 100 100 100 100 100 100 1 1 1, 1 1 1 1 1 1 1 1 1 1, 6.825022991538788e-05, 99.0, 98.99992904170193, PASS",
        "100 100 100 100 100 100 100 100 1 1, 1 1 1 1 1 1 1 1 1 1, 98.99993164762162, 99.0, 99.0, HIGH",
        "0 1 2 1 0 0, 0 0 0 0 0 0, 0.0, 2.0, 0.8127337922220947, PASS",
        "11 12 13 14 15 16 17 18 19 20, 1 2 3 4 5 6 7 8 9 10, 6.000006561733781, 13.99999343826622, 10.0, HIGH",
        "1 2 3 4 5 6 7 8 9 10, 11 12 13 14 15 16 17 18 19 20, -13.99999343826622, -6.000006561733781, -10.0, LOW",
        "10 20 30 40 50, 1 2 3 4 5, 5.0000690932, 48.9999309068, 27.0, PASS"
    })
    void intervals_estimates_and_labels_are_those_of_the_check_values(
            String canary, String baseline, double low, double high, double estimate, Label label) {
        Classified classified = KayentaJudge.either().classify(values(canary), values(baseline));

        assertThat(classified.low()).isCloseTo(low, within(1e-9));
        assertThat(classified.high()).isCloseTo(high, within(1e-9));
        assertThat(classified.estimate()).isCloseTo(estimate, within(1e-9));
        assertThat(classified.label()).isEqualTo(label);
    }

    @Test
    void the_ratio_of_means_is_said_where_neither_is_0() {
        assertThat(KayentaJudge.either()
                        .classify(values("11 12 13 14 15 16 17 18 19 20"), values("1 2 3 4 5 6 7 8 9 10"))
                        .effect())
                .isCloseTo(2.8182, within(5e-5));
        assertThat(KayentaJudge.either()
                        .classify(values("0 1 2 1 0 0"), values("0 0 0 0 0 0"))
                        .effect())
                .isNaN();
    }

    @Test
    void a_change_counts_only_in_its_direction_and_from_the_allowed_increase_on() {
        double[] more = values("11 12 13 14 15 16 17 18 19 20");
        double[] less = values("1 2 3 4 5 6 7 8 9 10");

        assertThat(new KayentaJudge(Direction.DECREASE, 1).classify(more, less).label())
                .isEqualTo(Label.PASS);
        assertThat(new KayentaJudge(Direction.INCREASE, 1).classify(less, more).label())
                .isEqualTo(Label.PASS);
        assertThat(new KayentaJudge(Direction.EITHER, 3).classify(more, less).label())
                .isEqualTo(Label.PASS);
        assertThat(new KayentaJudge(Direction.EITHER, 2).classify(more, less).label())
                .isEqualTo(Label.HIGH);
    }

    @Test
    void the_same_values_pass_and_two_constants_are_compared_without_noise() {
        assertThat(KayentaJudge.either()
                        .classify(values("3 1 2 1 1"), values("1 1 1 2 3"))
                        .label())
                .isEqualTo(Label.PASS);
        assertThat(KayentaJudge.either()
                        .classify(values("7 7 7 7 7"), values("5 5 5 5 5"))
                        .label())
                .isEqualTo(Label.HIGH);
        assertThat(KayentaJudge.either()
                        .classify(values("5 5 5 5 5"), values("7 7 7 7 7"))
                        .label())
                .isEqualTo(Label.LOW);
    }

    @Test
    void of_no_values_there_is_no_data_and_of_fewer_than_5_nobody_can_say() {
        assertThat(KayentaJudge.either()
                        .classify(values("1 2 3 4"), values("1 2 3 4 5"))
                        .label())
                .isEqualTo(Label.FEW);
        assertThat(KayentaJudge.either()
                        .classify(values("1 2 3 4 5"), values("1"))
                        .label())
                .isEqualTo(Label.FEW);
        assertThat(KayentaJudge.either()
                        .classify(new double[0], values("1 2 3 4 5"))
                        .label())
                .isEqualTo(Label.NODATA);
    }

    private static KayentaJudge judge(Missing missing, Outliers outliers) {
        return new KayentaJudge(Direction.EITHER, Effect.MEAN_RATIO, 1, 1, missing, outliers);
    }

    @Test
    void missing_values_are_left_out_or_count_as_0() {
        double[] holes = values("10 10 NaN 10 NaN 10 10 NaN NaN NaN");
        double[] whole = values("10 10 10 10 10");

        assertThat(judge(Missing.REMOVE, Outliers.KEEP).classify(holes, whole).label())
                .isEqualTo(Label.PASS);
        assertThat(judge(Missing.ZERO, Outliers.KEEP).classify(holes, whole))
                .satisfies(said -> assertThat(said.effect()).isEqualTo(0.5));
        assertThat(judge(Missing.REMOVE, Outliers.KEEP)
                        .classify(values("NaN NaN NaN NaN NaN"), whole)
                        .label())
                .isEqualTo(Label.NODATA);
        assertThat(judge(Missing.ZERO, Outliers.KEEP).classify(new double[0], whole))
                .as("a side that has nothing is 0 as often as the other was measured")
                .satisfies(said -> assertThat(said.label()).isEqualTo(Label.LOW))
                .satisfies(said -> assertThat(said.estimate()).isEqualTo(-10));
    }

    @Test
    void percentiles_are_those_of_definition_7_of_r() {
        double[] ten = values("1 2 3 4 5 6 7 8 9 10");

        assertThat(KayentaJudge.percentile(ten, 0.25)).isEqualTo(3.25);
        assertThat(KayentaJudge.percentile(ten, 0.99)).isCloseTo(9.91, within(1e-12));
        assertThat(KayentaJudge.percentile(ten, 1)).isEqualTo(10);
        assertThat(KayentaJudge.percentile(values("7"), 0.01)).isEqualTo(7);
    }

    @Test
    void outliers_stay_or_are_left_out_on_their_own_side() {
        String quiet = "10 11 10 11 10 11 10 11 10 11".repeat(20).replace("1110", "11 10");
        double[] canary = values(quiet + " 900 900");
        double[] baseline = values(quiet);

        Classified kept = judge(Missing.REMOVE, Outliers.KEEP).classify(canary, baseline);
        Classified cleaned = judge(Missing.REMOVE, Outliers.REMOVE).classify(canary, baseline);

        assertThat(kept.effect()).isGreaterThan(1.5);
        assertThat(cleaned.effect()).isEqualTo(1);
        assertThat(cleaned.label()).isEqualTo(Label.PASS);
        assertThat(judge(Missing.REMOVE, Outliers.REMOVE)
                        .classify(values("1 2 3 4 100"), values("1 2 3 4 100"))
                        .label())
                .as("of 5 values P99 lies below the largest, and Q3 + 3 IQR as well: 4 are left")
                .isEqualTo(Label.FEW);
    }

    @Test
    void the_effect_may_be_the_chance_that_a_value_of_now_is_the_larger() {
        double[] more = values("11 12 13 14 15 16 17 18 19 20");
        double[] less = values("1 2 3 4 5 6 7 8 9 10");

        assertThat(chance(0.9).classify(more, less).effect()).isEqualTo(1);
        assertThat(chance(0.9).classify(less, more).effect()).isZero();
        assertThat(chance(0.9).classify(more, more).effect()).isEqualTo(0.5);
        assertThat(chance(0.9).classify(more, less).label()).isEqualTo(Label.HIGH);
        assertThat(chance(0.9).classify(less, more).label()).isEqualTo(Label.LOW);
        assertThat(chance(0.5)
                        .classify(values("1 1 2 2 3 9 9 9 9 9"), values("1 1 2 2 3 3 2 2 1 1"))
                        .effect())
                .isCloseTo(0.75, within(0.06));
    }

    private static KayentaJudge chance(double rise) {
        return new KayentaJudge(Direction.EITHER, Effect.CLES, rise, 1 - rise, Missing.REMOVE, Outliers.KEEP);
    }

    @Test
    void many_values_are_judged_in_time() {
        double[] canary = new double[20_000];
        double[] baseline = new double[20_000];
        Arrays.setAll(canary, i -> 1_000 + (i * 7_919L) % 1_009);
        Arrays.setAll(baseline, i -> 100 + (i * 7_907L) % 1_013);

        assertThat(KayentaJudge.either().classify(canary, baseline).label()).isEqualTo(Label.HIGH);
    }

    private static Group group(@Nullable Double weight, Label... labels) {
        return new Group(
                Optional.ofNullable(weight),
                Arrays.stream(labels).map(Metric::new).toList());
    }

    @Test
    void scores_are_those_of_the_check_values() {
        assertThat(KayentaScore.of(List.of(group(null, Label.PASS, Label.HIGH, Label.LOW))))
                .contains(new BigDecimal("33.33"));
        assertThat(KayentaScore.of(List.of(group(75.0, Label.PASS, Label.PASS), group(25.0, Label.HIGH))))
                .contains(new BigDecimal("75.00"));
        assertThat(KayentaScore.of(List.of(group(50.0, Label.PASS, Label.HIGH), group(50.0, Label.HIGH))))
                .contains(new BigDecimal("25.00"));
        assertThat(KayentaScore.of(List.of(new Group(
                        Optional.empty(), List.of(new Metric(Label.PASS), new Metric(Label.HIGH, true, false))))))
                .contains(new BigDecimal("0.00"));
    }

    @Test
    void groups_without_a_weight_share_what_is_left() {
        assertThat(KayentaScore.of(List.of(group(50.0, Label.PASS), group(null, Label.PASS), group(null, Label.HIGH))))
                .contains(new BigDecimal("75.00"));
    }

    @Test
    void without_data_nobody_can_say_or_the_score_is_0() {
        assertThat(KayentaScore.of(List.of(group(null, Label.PASS), group(null, Label.NODATA))))
                .isEmpty();
        assertThat(KayentaScore.of(List.of(new Group(
                        Optional.empty(), List.of(new Metric(Label.PASS), new Metric(Label.NODATA, true, false))))))
                .isEmpty();
        assertThat(KayentaScore.of(List.of(group(null, Label.PASS, Label.NODATA))))
                .contains(new BigDecimal("0.00"));
        assertThat(KayentaScore.of(List.of(group(null, Label.PASS, Label.PASS, Label.FEW))))
                .as("of a metric that counts there are too few values")
                .isEmpty();
        assertThat(KayentaScore.of(List.of(group(null, Label.PASS, Label.PASS, Label.ERROR))))
                .as("Kayenta leaves it out")
                .contains(new BigDecimal("100.00"));
        assertThat(KayentaScore.of(List.of(new Group(
                        Optional.empty(),
                        List.of(
                                new Metric(Label.PASS),
                                new Metric(Label.PASS),
                                new Metric(Label.ERROR, true, false))))))
                .as("a critical metric that failed fails")
                .contains(new BigDecimal("0.00"));
        assertThat(KayentaScore.of(List.of(new Group(
                        Optional.empty(), List.of(new Metric(Label.FEW), new Metric(Label.HIGH, true, false))))))
                .as("what fails anyway is said")
                .contains(new BigDecimal("0.00"));
        assertThat(KayentaScore.of(List.of(new Group(
                        Optional.empty(),
                        List.of(
                                new Metric(Label.PASS),
                                new Metric(Label.PASS),
                                new Metric(Label.NODATA, false, true))))))
                .contains(new BigDecimal("66.67"));
    }
}
