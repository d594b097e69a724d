package dev.slipway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.FactNames;
import dev.slipway.rules.FactExpression.Answer;
import dev.slipway.rules.FactExpression.Compiled;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FactExpressionTest {
    private static final FactNames NAMES = new FactNames(Map.of(
            "tests.total", "COUNT",
            "tests.failed", "COUNT",
            "tests.flaky", "COUNT",
            "findings.new", "COUNT",
            "findings.new.error", "COUNT",
            "findings.security.high", "COUNT",
            "load.error-rate", "PERCENT",
            "coverage.lines", "PERCENT",
            "benchmark.*", "NUMBER"));

    private static Map<String, BigDecimal> facts(String text) {
        Map<String, BigDecimal> facts = new TreeMap<>();
        for (String fact : text.split(", ")) {
            facts.put(fact.substring(0, fact.indexOf(' ')), new BigDecimal(fact.substring(fact.indexOf(' ') + 1)));
        }
        return facts;
    }

    private static FactExpression ready(String text) {
        Compiled compiled = FactExpression.compile(text, NAMES);
        assertThat(compiled).as("%s: %s", text, compiled).isInstanceOf(Compiled.Ready.class);
        return ((Compiled.Ready) compiled).expression();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tests.total >= 1 && tests.failed == 0              | tests.total 3, tests.failed 0               | true
            tests.total >= 1 && tests.failed == 0              | tests.total 3, tests.failed 1               | false
            tests["failed"] == 0                               | tests.failed 0                              | true
            tests.failed * 100 <= tests.total                  | tests.total 300, tests.failed 3             | true
            tests.failed * 100.0 / tests.total <= 1.0          | tests.total 300, tests.failed 4             | ``
            findings.new == 2 && findings.new.error == 1       | findings.new 2, findings.new.error 1        | true
            findings.security.high == 0                        | findings.security.high 0                    | true
            findings["security.high"] == 0                     | findings.security.high 0                    | true
            has(findings.security.high)                        | findings.security.high 7                    | true
            has(tests.flaky) ? tests.flaky == 0 : true         | tests.total 1                               | true
            !has(tests.flaky)                                  | tests.flaky 1                               | false
            load["error-rate"] < 1 && coverage.lines >= 80     | load.error-rate 0.5, coverage.lines 80      | true
            coverage.lines > 79.9                              | coverage.lines 80                           | true
            benchmark["encode/1k.p95"] < 0.2                   | benchmark.encode/1k.p95 0.1                 | true
            benchmark.encode.p95 < 0.2                         | benchmark.encode.p95 0.1                    | true
            benchmark.all(name, benchmark[name] < 1)           | benchmark.a 0.1, benchmark.b 2              | false
            tests.failed == 0                                  | tests.total 1                               | ``
            """)
    void it_says_true_false_or_nothing(String expression, String facts, String answer) {
        Answer said = ready(expression).ask(facts(facts));

        if (answer == null || answer.isEmpty()) {
            assertThat(said).isInstanceOf(Answer.Unsayable.class);
        } else {
            assertThat(said).isEqualTo(new Answer.Said(Boolean.parseBoolean(answer)));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tests.faild == 0                        | 1 | 1  | tests.faild is no such fact; did you mean tests.failed?
            tests.total >= 1 && tests.faild == 0    | 1 | 21 | did you mean tests.failed?
            has(tests.flakky)                       | 1 | 5  | did you mean tests.flaky?
            tests["flakky"] == 0                    | 1 | 1  | did you mean tests.flaky?
            findings.security.hihg == 0             | 1 | 1  | did you mean findings.security.high?
            tests.total > 0 && test.failed == 0     | 1 | 20 | there is no test; facts begin with
            load.error-rate < 1                     | 1 |    | load["error-rate"]
            tests.total >=                          | 1 |    | mismatched input
            tests.total                             | 1 | 1  | neither true nor false
            true                                    | 1 | 1  | It asks for no fact
            """)
    void what_can_never_say_anything_is_refused_with_its_place_and_the_nearest_name(
            String expression, int line, Integer column, String why) {
        Compiled compiled = FactExpression.compile(expression, NAMES);

        assertThat(compiled).isInstanceOf(Compiled.Refused.class);
        Compiled.Refused refused = (Compiled.Refused) compiled;
        assertThat(refused.why()).contains(why);
        assertThat(refused.line()).isEqualTo(line);
        if (column != null) {
            assertThat(refused.column()).as(refused.toString()).isEqualTo(column);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tests.total >= 1 && tests.failed == 0          | tests.total 0, tests.failed 0                   | true
            tests.total == 5                               | tests.total 0                                   | true
            has(tests.total) && tests.total > 0            | tests.total 0                                   | true
            tests["total"] > 0 ? true : false              | tests.total 0                                   | true
            tests.total >= 1 && findings.new == 0          | tests.total 0, findings.new 0                   | true
            tests.total >= 1 && findings.new == 0          | tests.total 0, findings.new 2                   | false
            tests.failed > 0                               | tests.total 0, tests.failed 0                   | false
            """)
    void what_is_not_true_hangs_on_facts_if_it_has_no_answer_without_them(
            String expression, String facts, boolean hangs) {
        assertThat(ready(expression).ask(facts(facts))).isEqualTo(new Answer.Said(false));
        assertThat(ready(expression).hangsOn(Set.of("tests.total"), facts(facts)))
                .isEqualTo(hangs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tests.exists(name, tests[name] >= 1)                          | true
            tests.all(name, tests[name] >= 1)                             | true
            tests.exists_one(name, name == "total" && tests[name] >= 1)   | true
            tests.filter(name, tests[name] > 0).size() > 0                | true
            size(tests) > 9                                               | true
            tests.size() > 9                                              | true
            tests.map(name, tests[name]).exists(many, many > 0)           | true
            findings.new == 0 && size(tests) > 9                          | true
            findings.new == 1 && size(tests) > 9                          | false
            findings.new == 1 && tests.all(name, tests[name] >= 1)        | false
            """)
    void what_looks_at_all_facts_of_a_root_together_hangs_on_each_of_them(String expression, boolean hangs) {
        String facts = "tests.total 0, tests.failed 0, findings.new 0";
        FactExpression asked = ready(expression);

        assertThat(asked.ask(facts(facts))).isEqualTo(new Answer.Said(false));
        assertThat(asked.looksAtAll("tests")).isTrue();
        assertThat(asked.looksAtAll("findings")).isFalse();
        assertThat(asked.hangsOn(Set.of("tests.total"), facts(facts))).isEqualTo(hangs);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            tests.total >= 1                                        | true
            tests . total >= 1                                      | true
            tests["total"] >= 1                                     | true
            tests['total'] >= 1                                     | true
            has(tests.total)                                        | true
            "total" in tests                                        | true
            tests["to" + "tal"] >= 1                                | true
            tests.exists(name, tests[name] > 0)                     | true
            tests.all(name, tests[name] == 0)                       | true
            size(tests) > 3                                         | true
            tests.filter(name, tests[name] > 0) != {}               | true
            dyn(tests).total >= 1                                   | true
            tests.failed == 0                                       | false
            "failed" in tests                                       | false
            findings.total == 0                                     | false
            findings["tests.total"] == 0                            | false
            "tests.total" != "" && findings.new == 0                | false
            tests.total >=                                          | false
            """)
    void whether_it_asks_for_a_fact_is_told_from_what_was_parsed_however_that_is_written(
            String expression, boolean asks) {
        assertThat(FactExpression.asks(expression, new FactNames(Map.of("tests.total", ""))))
                .isEqualTo(asks);
    }

    @Test
    void where_reports_may_say_any_name_each_that_is_asked_for_is_one() {
        FactNames any = new FactNames(Map.of("*", "UNKNOWN", "run.exit", "STATUS"));

        Compiled compiled = FactExpression.compile("bundle.size <= 200 && lint.rules.errors == 0", any);

        assertThat(compiled).isInstanceOf(Compiled.Ready.class);
        FactExpression expression = ((Compiled.Ready) compiled).expression();
        assertThat(expression.ask(facts("bundle.size 199, lint.rules.errors 0")))
                .isEqualTo(new Answer.Said(true));
        assertThat(expression.ask(facts("bundle.size 199"))).isInstanceOf(Answer.Unsayable.class);
    }

    @Test
    void a_place_in_a_later_line_is_told_by_that_line() {
        Compiled compiled = FactExpression.compile("tests.total >= 1 &&\n  tests.faild == 0", NAMES);

        assertThat(compiled.toString()).contains("at line 2, column 3 of the expression");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2001 characters  | 1
            501 nodes        | 2
            51 levels        | 3
            """)
    void what_would_cost_too_much_is_refused_before_it_is_asked(String what, int which) {
        String expression = switch (which) {
            case 1 -> "tests.total == 1" + " ".repeat(1985);
            case 2 -> "tests.total in [" + "1,".repeat(600) + "1]";
            default -> "(".repeat(60) + "tests.total == 1" + ")".repeat(60);
        };

        assertThat(FactExpression.compile(expression, NAMES)).as(what).isInstanceOf(Compiled.Refused.class);
    }

    @Test
    void comprehensions_within_comprehensions_end_without_an_answer() {
        FactExpression expression = ready("[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, "
                + "[1,2,3,4,5,6,7,8,9,10].all(c, [1,2,3,4,5,6,7,8,9,10].all(d, tests.total == 1))))");

        assertThat(expression.ask(facts("tests.total 1"))).isInstanceOf(Answer.Unsayable.class);
    }
}
