package dev.slipway.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.KayentaRule.Effect;
import dev.slipway.contracts.policy.KayentaRule.Group;
import dev.slipway.contracts.policy.KayentaRule.Metric;
import dev.slipway.contracts.policy.KayentaRule.Missing;
import dev.slipway.contracts.policy.KayentaRule.Outliers;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gate may ask of Kayenta's judge. */
final class KayentaRuleTest {
    private static Metric metric(
            String name, boolean critical, boolean muted, @Nullable Double rise, @Nullable Double fall, Effect effect) {
        return new Metric(name, null, null, critical, false, muted, rise, fall, effect, Missing.REMOVE, Outliers.KEEP);
    }

    private static Gate gate(String kind, KayentaRule kayenta) {
        return new Gate(
                "speed",
                "",
                Stage.PRE_RELEASE,
                kind,
                null,
                List.of(),
                null,
                null,
                List.of(),
                Duration.ofMinutes(1),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                kayenta);
    }

    @ParameterizedTest
    @CsvSource({
        "shop.Cart.add time, shop.Cart.add time, true",
        "shop.Cart.add time, shop.Cart.add times, false",
        "*, anything at all, true",
        "* time, shop.Cart.add time, true",
        "* time, shop.Cart.add throughput, false",
        "shop.*.add*time, shop.Cart.add(size=1) time, true",
        "shop.*.add*time, shop.Cart.remove time, false",
        "ab*ba, aba, false",
        "ab*ba, abba, true"
    })
    void a_star_is_any_text(String pattern, String name, boolean fits) {
        assertThat(Metric.named(pattern).fits(name)).isEqualTo(fits);
    }

    @Test
    void the_first_metric_that_fits_counts() {
        KayentaRule rule = new KayentaRule(
                95,
                75,
                List.of(),
                List.of(
                        metric("a time", true, false, null, null, Effect.MEAN_RATIO),
                        metric("* time", false, true, null, null, Effect.MEAN_RATIO)));

        assertThat(rule.of("a time"))
                .hasValueSatisfying(found -> assertThat(found.critical()).isTrue());
        assertThat(rule.of("b time"))
                .hasValueSatisfying(found -> assertThat(found.muted()).isTrue());
        assertThat(rule.of("b throughput")).isEmpty();
    }

    @Test
    void a_fall_counts_as_a_rise_does_the_other_way_round_where_nothing_is_said() {
        assertThat(metric("a", false, false, 1.25, null, Effect.MEAN_RATIO).fall())
                .isEqualTo(0.8);
        assertThat(metric("a", false, false, 1.25, 0.5, Effect.MEAN_RATIO).fall())
                .isEqualTo(0.5);
        assertThat(metric("a", false, false, 0.75, null, Effect.CLES).fall()).isEqualTo(0.25);
        assertThat(Metric.named("a").rise()).isEqualTo(1);
        assertThat(metric("a", false, false, null, null, Effect.CLES).rise()).isEqualTo(0.5);
    }

    @Test
    void values_out_of_range_are_refused_with_their_limits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KayentaRule(75, 75, List.of(), List.of()))
                .withMessageContaining("must be 0 to below pass (75), is 75");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KayentaRule(101, 75, List.of(), List.of()))
                .withMessageContaining("at most 100, is 101");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new KayentaRule(95, 75, List.of(new Group("time", 60), new Group("memory", 50.5)), List.of()))
                .withMessageContaining("may add up to 100, and are 110.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric("a", false, false, 0.9, null, Effect.MEAN_RATIO))
                .withMessageContaining("allowedIncrease must be 1 to 1000, is 0.9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric("a", false, false, null, 0.6, Effect.CLES))
                .withMessageContaining("allowedDecrease must be 0 to 0.5, is 0.6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metric("a", true, true, null, null, Effect.MEAN_RATIO))
                .withMessageContaining("is muted, so it cannot be critical");
    }

    @Test
    void it_is_a_rule_of_its_own_for_measurements_alone_and_says_what_it_asks() {
        KayentaRule rule = new KayentaRule(
                90,
                60.5,
                List.of(new Group("time", 75)),
                List.of(metric("shop.Cart.add time", true, false, null, null, Effect.MEAN_RATIO)));

        assertThat(gate("jmh", rule).ruleText())
                .isEqualTo(
                        "Kayenta's score >= 90, at or below 60.5 it fails; weights: time 75; critical: shop.Cart.add time");
        assertThat(gate("jmh", KayentaRule.DEFAULT).ruleText())
                .isEqualTo("Kayenta's score >= 95, at or below 75 it fails");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gate("junit", KayentaRule.DEFAULT))
                .withMessageContaining("kayenta compares measurements");
    }

    @Test
    void it_is_read_back_as_it_was_written() {
        Gate gate = gate(
                "jmh",
                new KayentaRule(
                        90,
                        60,
                        List.of(new Group("time", 75)),
                        List.of(metric("a time", true, false, 1.2, null, Effect.MEAN_RATIO))));

        String json = WireJson.mapper().writeValueAsString(gate);

        assertThat(WireJson.mapper().readValue(json, Gate.class)).isEqualTo(gate);
        assertThat(json).contains("\"critical\":true").doesNotContain("allowedDecrease", "direction");
    }
}
