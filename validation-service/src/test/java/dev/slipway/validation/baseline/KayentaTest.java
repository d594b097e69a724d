package dev.slipway.validation.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.validation.baseline.KayentaJudge.Classified;
import dev.slipway.validation.baseline.KayentaJudge.Direction;
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
                        .ratio())
                .isCloseTo(2.8182, within(5e-5));
        assertThat(KayentaJudge.either()
                        .classify(values("0 1 2 1 0 0"), values("0 0 0 0 0 0"))
                        .ratio())
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
    void fewer_than_5_values_on_a_side_are_no_data() {
        assertThat(KayentaJudge.either()
                        .classify(values("1 2 3 4"), values("1 2 3 4 5"))
                        .label())
                .isEqualTo(Label.NODATA);
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
        assertThat(KayentaScore.of(List.of(new Group(
                        Optional.empty(),
                        List.of(
                                new Metric(Label.PASS),
                                new Metric(Label.PASS),
                                new Metric(Label.NODATA, false, true))))))
                .contains(new BigDecimal("66.67"));
    }
}
