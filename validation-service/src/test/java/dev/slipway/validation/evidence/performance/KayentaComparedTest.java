package dev.slipway.validation.evidence.performance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.KayentaRule;
import dev.slipway.contracts.policy.KayentaRule.Direction;
import dev.slipway.contracts.policy.KayentaRule.Effect;
import dev.slipway.contracts.policy.KayentaRule.Group;
import dev.slipway.contracts.policy.KayentaRule.Metric;
import dev.slipway.contracts.policy.KayentaRule.Missing;
import dev.slipway.contracts.policy.KayentaRule.Outliers;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.WithoutBaseline;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A gate that asks Kayenta's judge, over reports of two releases. */
final class KayentaComparedTest {
    /** Ten runs around 100, and such that are higher by far, as the check values have them. */
    private static final List<Double> USUAL = values(1);

    private static final List<Double> HIGHER = values(11);

    private static List<Double> values(int first) {
        return java.util.stream.IntStream.range(first, first + 10)
                .mapToObj(i -> (double) i)
                .toList();
    }

    /** One benchmark of hyperfine each, with times in seconds. */
    private static Reading report(Object... namesAndTimes) throws Exception {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < namesAndTimes.length; i += 2) {
            json.append(json.isEmpty() ? "" : ",")
                    .append("{\"command\":\"%s\",\"mean\":1,\"median\":1,\"times\":%s}"
                            .formatted(namesAndTimes[i], namesAndTimes[i + 1]));
        }
        return Reports.read("hyperfine", "{\"results\":[" + json + "]}");
    }

    private static Gate gate(KayentaRule rule) {
        return new Gate(
                "speed",
                "",
                Stage.PRE_RELEASE,
                "hyperfine",
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
                WithoutBaseline.RECORD,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                rule);
    }

    private static KayentaRule rule(List<Group> groups, Metric... metrics) {
        return new KayentaRule(95, 75, groups, List.of(metrics));
    }

    private static Metric metric(String name, boolean critical, boolean mustHaveData, boolean muted) {
        return new Metric(
                name,
                null,
                null,
                critical,
                mustHaveData,
                muted,
                null,
                null,
                Effect.MEAN_RATIO,
                Missing.REMOVE,
                Outliers.KEEP);
    }

    private static Metric grouped(String name, String group) {
        return new Metric(
                name, group, null, false, false, false, null, null, Effect.MEAN_RATIO, Missing.REMOVE, Outliers.KEEP);
    }

    private static Compared compared(KayentaRule rule, Reading now, Reading before) {
        Comparing comparing = new MeasurementsCompared();
        assertThat(comparing.askedBy(gate(rule))).isTrue();
        return comparing.of(gate(rule)).with(List.of(now), List.of(before));
    }

    private static @Nullable BigDecimal score(Compared compared) {
        return compared.facts()
                .named(KayentaRule.SCORE)
                .map(fact -> fact.value())
                .orElse(null);
    }

    private static Ruling ruled(KayentaRule rule, Reading now, Reading before) {
        return Rules.judge(
                gate(rule), now.facts().and(compared(rule, now, before).facts()));
    }

    @Test
    void a_release_as_the_one_before_passes_with_a_warning_of_few_values() throws Exception {
        Compared compared = compared(KayentaRule.DEFAULT, report("a", USUAL), report("a", USUAL));

        assertThat(score(compared)).isEqualByComparingTo("100");
        assertThat(compared.notes())
                .contains(
                        "Kayenta: 1 of 1 metrics have fewer than 50 values on a side (the fewest 10), so that small changes pass");
        assertThat(ruled(KayentaRule.DEFAULT, report("a", USUAL), report("a", USUAL)))
                .isInstanceOf(Ruling.Holds.class);
    }

    @Test
    void one_of_three_that_passes_is_a_third_and_fails() throws Exception {
        KayentaRule either = rule(
                List.of(),
                new Metric(
                        "*",
                        null,
                        Direction.EITHER,
                        false,
                        false,
                        false,
                        null,
                        null,
                        Effect.MEAN_RATIO,
                        Missing.REMOVE,
                        Outliers.KEEP));
        Reading now = report("a", USUAL, "b", HIGHER, "c", USUAL);
        Reading before = report("a", USUAL, "b", USUAL, "c", HIGHER);

        assertThat(score(compared(either, now, before))).isEqualByComparingTo("33.33");
        assertThat(compared(either, now, before).notes())
                .anySatisfy(
                        note -> assertThat(note).startsWith("Kayenta: b time higher by 10.00 (98 %: 6.000 to 14.00)"))
                .anySatisfy(note -> assertThat(note).startsWith("Kayenta: c time lower by -10.00"));
        assertThat(ruled(either, now, before))
                .isEqualTo(new Ruling.Breaks(
                        "baseline.kayenta 33.33, expected Kayenta's score >= 95, at or below 75 it fails", false));
        assertThat(score(compared(KayentaRule.DEFAULT, now, before)))
                .as("what became faster is none the worse")
                .isEqualByComparingTo("66.67");
    }

    @Test
    void groups_count_by_their_weights() throws Exception {
        KayentaRule weighted = rule(
                List.of(new Group("first", 75), new Group("second", 25)),
                grouped("a*", "first"),
                grouped("b*", "first"),
                grouped("c*", "second"));
        Reading before = report("a", USUAL, "b", USUAL, "c", USUAL);

        assertThat(score(compared(weighted, report("a", USUAL, "b", USUAL, "c", HIGHER), before)))
                .isEqualByComparingTo("75");
        KayentaRule even = rule(
                List.of(new Group("first", 50), new Group("second", 50)),
                grouped("a*", "first"),
                grouped("b*", "first"),
                grouped("c*", "second"));
        assertThat(score(compared(even, report("a", USUAL, "b", HIGHER, "c", HIGHER), before)))
                .isEqualByComparingTo("25");
    }

    @Test
    void between_marginal_and_pass_nobody_can_say() throws Exception {
        KayentaRule weighted = rule(
                List.of(new Group("first", 80), new Group("second", 20)),
                grouped("a*", "first"),
                grouped("c*", "second"));

        assertThat(ruled(weighted, report("a", USUAL, "c", HIGHER), report("a", USUAL, "c", USUAL)))
                .isInstanceOfSatisfying(
                        Ruling.Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .startsWith("baseline.kayenta 80")
                                .contains("is marginal"));
    }

    @Test
    void a_critical_metric_that_is_worse_or_gone_fails_all() throws Exception {
        KayentaRule critical = rule(List.of(), metric("b time", true, false, false));
        Reading before = report("a", USUAL, "b", USUAL, "c", USUAL);

        assertThat(score(compared(critical, report("a", USUAL, "b", HIGHER, "c", USUAL), before)))
                .isEqualByComparingTo("0");
        Compared gone = compared(critical, report("a", USUAL, "c", USUAL), before);
        assertThat(score(gone)).isEqualByComparingTo("0");
        assertThat(gone.notes()).contains("Kayenta: critical b time is not measured any more");
        assertThat(score(compared(KayentaRule.DEFAULT, report("a", USUAL, "c", USUAL), before)))
                .as("one that is not is left out")
                .isEqualByComparingTo("100");
        assertThat(score(compared(
                        rule(List.of(), metric("b time", false, true, false)), report("a", USUAL, "c", USUAL), before)))
                .as("and does not pass where it must have data")
                .isEqualByComparingTo("66.67");
    }

    @Test
    void too_few_values_of_one_that_counts_keep_the_score_from_being_said() throws Exception {
        Reading now = report("a", USUAL, "b", List.of(1, 2, 3, 4));
        Reading before = report("a", USUAL, "b", USUAL);

        Compared compared = compared(KayentaRule.DEFAULT, now, before);

        assertThat(score(compared)).isNull();
        assertThat(compared.notes().getFirst())
                .isEqualTo("Kayenta: b time has fewer than 5 values on a side (4 and 10), so that nobody can say");
        assertThat(ruled(KayentaRule.DEFAULT, now, before)).isInstanceOf(Ruling.Unknown.class);
        assertThat(score(compared(rule(List.of(), metric("b*", false, false, true)), now, before)))
                .isEqualByComparingTo("100");
    }

    @Test
    void what_is_muted_is_told_and_does_not_count() throws Exception {
        Compared compared = compared(
                rule(List.of(), metric("b*", false, false, true)),
                report("a", USUAL, "b", HIGHER),
                report("a", USUAL, "b", USUAL));

        assertThat(score(compared)).isEqualByComparingTo("100");
        assertThat(compared.notes()).anySatisfy(note -> assertThat(note).startsWith("Kayenta: muted b time higher by"));
    }

    @Test
    void a_rise_counts_from_the_allowed_increase_on() throws Exception {
        Metric threefold = new Metric(
                "*", null, null, false, false, false, 3.0, null, Effect.MEAN_RATIO, Missing.REMOVE, Outliers.KEEP);

        assertThat(score(compared(rule(List.of(), threefold), report("a", HIGHER), report("a", USUAL))))
                .isEqualByComparingTo("100");
        assertThat(score(compared(KayentaRule.DEFAULT, report("a", HIGHER), report("a", USUAL))))
                .isEqualByComparingTo("0");
    }

    @Test
    void a_name_that_nothing_has_guards_nothing() throws Exception {
        Compared needed =
                compared(rule(List.of(), metric("d time", true, false, false)), report("a", USUAL), report("a", USUAL));
        assertThat(score(needed)).isNull();
        assertThat(needed.notes().getFirst()).isEqualTo("Kayenta: nothing that was measured is called d time");

        assertThat(score(compared(
                        rule(List.of(), metric("d time", false, false, true)), report("a", USUAL), report("a", USUAL))))
                .isEqualByComparingTo("100");
        Compared group = compared(rule(List.of(new Group("memory", 50))), report("a", USUAL), report("a", USUAL));
        assertThat(score(group)).isNull();
        assertThat(group.notes()).contains("Kayenta: no metric counts in the group memory");
    }

    @Test
    void what_is_new_is_compared_from_the_next_release_on_or_was_0() throws Exception {
        Reading now = report("a", USUAL, "new", USUAL);

        Compared compared = compared(KayentaRule.DEFAULT, now, report("a", USUAL));
        assertThat(score(compared)).isEqualByComparingTo("100");
        assertThat(compared.notes()).contains("Kayenta: new, and not compared yet: new time");

        Metric zeros = new Metric(
                "new*", null, null, false, false, false, null, null, Effect.MEAN_RATIO, Missing.ZERO, Outliers.KEEP);
        assertThat(score(compared(rule(List.of(), zeros), now, report("a", USUAL))))
                .isEqualByComparingTo("50");
    }

    @Test
    void the_first_release_records_and_other_gates_keep_their_score() throws Exception {
        Facts first =
                new MeasurementsCompared().of(gate(KayentaRule.DEFAULT)).first().facts();
        assertThat(Rules.judge(gate(KayentaRule.DEFAULT), first)).isInstanceOf(Ruling.Holds.class);

        Compared other = new MeasurementsCompared()
                .with(List.of(report("a", HIGHER, "b", List.of(1, 2))), List.of(report("a", USUAL, "b", USUAL)));
        assertThat(score(other))
                .as("what has too few samples is in no group there")
                .isEqualByComparingTo("0");
    }
}
