package dev.slipway.validation.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Fact.Unit;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.rule.Ruling.Breaks;
import dev.slipway.validation.rule.Ruling.Holds;
import dev.slipway.validation.rule.Ruling.Unknown;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RulesTest {
    private static final Facts FACTS = new Facts(List.of(
            Fact.count("tests.total", 14),
            Fact.count("tests.failed", 0),
            new Fact("tests.seconds", new BigDecimal("0.3"), Unit.SECONDS),
            new Fact("coverage.lines", new BigDecimal("4.999999999999999999"), Unit.PERCENT)));

    @ParameterizedTest
    @CsvSource({
        "tests.total, >= 1, true",
        "tests.total, >=14, true",
        "tests.total, > 14, false",
        "tests.total, < 15, true",
        "tests.total, <= 13.9, false",
        "tests.failed, 0, true",
        "tests.failed, == 0, true",
        "tests.failed, != 0, false",
        "tests.failed, 0.0, true",
        "tests.failed, 1, false",
        "tests.seconds, 0.3, true",
        "tests.seconds, < 0.30000000000000001, true",
        "coverage.lines, < 5%, true",
        "coverage.lines, >= 5 %, false",
    })
    void thresholds_compare_exact_decimals(String fact, String expects, boolean holds) {
        Ruling ruling = Rules.judge(gate(null, new Threshold(fact, expects)), FACTS);

        if (holds) {
            assertThat(ruling).isInstanceOf(Holds.class);
        } else {
            assertThat(ruling).isInstanceOf(Breaks.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tests.passed, 0",
        "tests.total, < 5%",
        "coverage.lines, < 5",
        "tests.total, about 3",
        "tests.total, =< 3"
    })
    void what_cannot_be_compared_is_unknown(String fact, String expects) {
        assertThat(Rules.judge(gate(null, new Threshold(fact, expects)), FACTS)).isInstanceOf(Unknown.class);
    }

    @Test
    void a_broken_upper_bound_is_final_and_a_lower_one_may_be_mended_by_further_reports() {
        assertThat(Rules.judge(gate(null, new Threshold("tests.total", "< 10")), FACTS))
                .isEqualTo(new Breaks("tests.total 14, expected tests.total < 10", false));
        assertThat(Rules.judge(gate(null, new Threshold("tests.total", ">= 100")), FACTS))
                .isEqualTo(new Breaks("tests.total 14, expected tests.total >= 100", true));
        assertThat(Rules.judge(gate(null, new Threshold("tests.total", "13")), FACTS))
                .isEqualTo(new Breaks("tests.total 14, expected tests.total == 13", false));
    }

    /** Of several reports nothing can be said of these, or the shortest counts, so that none that comes makes them more. */
    @ParameterizedTest
    @CsvSource({
        "RATE, false",
        "NUMBER, false",
        "UNKNOWN, false",
        "PERCENT, false",
        "DURATION, false",
        "COUNT, true",
        "SECONDS, true",
        "LATENCY, true",
        "SCORE, true",
        "STATUS, true"
    })
    void a_lower_bound_is_mended_only_where_several_reports_may_say_more_than_one(Unit unit, boolean mendable) {
        Facts said = new Facts(List.of(new Fact("said.so", BigDecimal.TEN, unit)));
        String limit = unit == Unit.PERCENT ? "11%" : "11";

        for (String expects : List.of(">= " + limit, "> " + limit, limit)) {
            assertThat(Rules.judge(gate(null, new Threshold("said.so", expects)), said))
                    .isEqualTo(new Breaks(
                            "said.so 10%s, expected said.so %s"
                                    .formatted(
                                            unit == Unit.PERCENT ? "%" : "",
                                            expects.equals(limit) ? "== " + limit : expects),
                            mendable));
        }
        Facts more = said.plus(new Facts(List.of(new Fact("said.so", BigDecimal.valueOf(12), unit))));
        assertThat(Rules.judge(gate(null, new Threshold("said.so", ">= " + limit)), more) instanceof Holds)
                .isEqualTo(mendable);
    }

    @Test
    void a_score_is_made_of_all_reports_anew_so_that_a_further_one_may_raise_it() {
        Facts scored = new Facts(List.of(new Fact("baseline.kayenta", BigDecimal.valueOf(80), Unit.NUMBER)));

        assertThat(Rules.judge(gate(null, new Threshold("baseline.kayenta", ">= 95")), scored))
                .isEqualTo(new Breaks("baseline.kayenta 80, expected baseline.kayenta >= 95", true));
    }

    /** A run of tests that were all skipped proves as little as one without tests; one that failed is a failure. */
    @Test
    void where_none_was_run_nobody_knows_how_they_would_have_ended() {
        Gate gate = gate(null, new Threshold("tests.passed", ">= 1"), new Threshold("tests.failed", "0"));
        Fact none = Fact.count("tests.passed", 0);

        for (Facts facts : List.of(
                new Facts(List.of(Fact.count("tests.total", 0), none, Fact.count("tests.failed", 0))),
                new Facts(List.of(Fact.count("tests.total", 3), none, Fact.count("tests.failed", 0))))) {
            assertThat(Rules.judge(gate, facts))
                    .isEqualTo(new Unknown(
                            "No tests were run, expected tests.passed >= 1; none that failed says nothing"));
        }
        assertThat(Rules.judge(gate, new Facts(List.of(none, Fact.count("tests.failed", 1)))))
                .isInstanceOf(Breaks.class);
        assertThat(Rules.judge(
                        gate(null, new Threshold("tests.passed", "< 0")),
                        new Facts(List.of(none, Fact.count("tests.failed", 0)))))
                .as("what more tests would not mend")
                .isInstanceOf(Breaks.class);
    }

    @Test
    void every_part_must_hold_and_what_is_broken_for_good_is_told_first() {
        Ruling ruling = Rules.judge(
                gate(
                        null,
                        new Threshold("tests.passed", "0"),
                        new Threshold("tests.total", ">= 1"),
                        new Threshold("tests.failed", "< 0")),
                FACTS);

        assertThat(ruling).isEqualTo(new Breaks("tests.failed 0, expected tests.failed < 0", false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tests.total >= 1 && tests.failed == 0",
                "tests.seconds < 1",
                "tests.total > 13.5",
                "has(tests.total) && !has(tests.flaky)",
                "[1, 2].exists(n, n * 7 == tests.total)"
            })
    void an_expression_that_is_true_holds(String cel) {
        assertThat(Rules.judge(gate(cel), FACTS)).isEqualTo(new Holds());
    }

    @Test
    void an_expression_that_is_false_breaks() {
        assertThat(Rules.judge(gate("tests.total == 15"), FACTS)).isInstanceOf(Breaks.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tests.flaky == 0",
                "nothing.total == 0",
                "tests.total",
                "tests.total >",
                "1 / tests.failed == 1",
                "tests.total == 'many'  ? true : 1"
            })
    void an_expression_without_an_answer_never_passes(String cel) {
        assertThat(Rules.judge(gate(cel), FACTS)).isInstanceOf(Unknown.class);
    }

    private static final Facts NONE_RAN = new Facts(List.of(
            Fact.count("tests.total", 0),
            Fact.count("tests.passed", 0),
            Fact.count("tests.failed", 0),
            Fact.count("run.exit", 0)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tests.total >= 1 && tests.failed == 0",
                "tests['passed'] > 0",
                "tests.exists(name, name == 'total' && tests[name] > 0)",
                "tests.exists(name, tests[name] > 0)",
                "tests.all(name, name == 'failed' || tests[name] > 0)",
                "tests.filter(name, tests[name] > 0).size() > 0",
                "tests.map(name, tests[name]).exists(many, many > 0)",
                "size(tests) > 30",
                "tests.all(name, tests[name] == 0)",
                "size(tests) > 0 && tests.failed == 0",
                "run.exit == 0 && tests['pas' + 'sed'] >= 1"
            })
    void an_expression_that_looks_at_tests_in_whatever_way_is_inconclusive_where_none_was_run(String cel) {
        assertThat(Rules.judge(gate(cel), NONE_RAN))
                .isEqualTo(new Unknown("No tests were run, expected %s; none that failed says nothing".formatted(cel)));
        assertThat(TestsExpected.by(gate(cel))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tests.failed == 0", "tests.total == 0 || tests.failed == 0", "run.exit == 0"})
    void an_expression_that_names_what_it_is_content_with_holds_where_none_was_run(String cel) {
        assertThat(Rules.judge(gate(cel), NONE_RAN)).isEqualTo(new Holds());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"run.exit == 1 && tests.exists(name, tests[name] > 0)", "run.exit == 1 && size(tests) > 30"})
    void what_is_false_whatever_tests_were_run_is_broken(String cel) {
        assertThat(Rules.judge(gate(cel), NONE_RAN)).isInstanceOf(Breaks.class);
    }

    @Test
    void an_expression_is_bounded() {
        String huge = "tests.total == 14" + " && tests.total == 14".repeat(2_000);

        assertThat(Rules.judge(gate(huge), FACTS)).isInstanceOf(Unknown.class);
    }

    @Test
    void an_expression_and_thresholds_must_both_hold() {
        assertThat(Rules.judge(gate("tests.total == 14", new Threshold("tests.failed", "0")), FACTS))
                .isEqualTo(new Holds());
        assertThat(Rules.judge(gate("tests.total == 14", new Threshold("tests.failed", "1")), FACTS))
                .isInstanceOf(Breaks.class);
    }

    private static Gate gate(@Nullable String cel, Threshold... thresholds) {
        return new Gate(
                "tests",
                "",
                Stage.PRE_RELEASE,
                "junit",
                null,
                List.of(thresholds),
                cel,
                null,
                List.of(),
                Duration.ofMinutes(30));
    }
}
