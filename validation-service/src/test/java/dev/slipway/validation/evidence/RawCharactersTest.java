package dev.slipway.validation.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The four tools that write characters into their XML that XML 1.0 forbids, each in its own form: names and output of good runs,
 * and the coloured message of a run that failed. A good run passes, a bad one fails, and neither is unreadable.
 */
final class RawCharactersTest {
    private static final String ESC = "\u001B";
    private static final Gate GATE = new Gate(
            "unit-tests",
            "",
            Stage.PRE_RELEASE,
            "junit",
            "unit",
            List.of(
                    new Threshold("run.exit", "0"),
                    new Threshold("tests.passed", ">= 1"),
                    new Threshold("tests.failed", "0")),
            null,
            null,
            List.of(),
            Duration.ofMinutes(30));

    /** @param raw the first of them, as it is told */
    record Written(String dialect, String raw, int passed, int failed, String report) {
        @Override
        public String toString() {
            return "%s, %d failed".formatted(dialect, failed);
        }
    }

    static Stream<Written> reports() {
        return Stream.of(
                new Written("Node.js test runner", "U+0001", 2, 0, node("""
                        	<testcase name="says \u0001 bell" time="0.000613" classname="test"/>
                        	<testcase name="colour %s[31mred%s[39m" time="0.0002" classname="test"/>
                        """.formatted(ESC, ESC), 2, 0)),
                new Written(
                        "Node.js test runner", "U+001B", 1, 1, node("""
                        	<testcase name="good" time="0.000613" classname="test"/>
                        	<testcase name="bad" time="0.0009" classname="test" failure="%s[31m1 !== 2%s[39m">
                        		<failure type="testCodeFailure" message="%s[31m1 !== 2%s[39m">
                        AssertionError: %s[31m1 !== 2%s[39m\u0000
                        		</failure>
                        	</testcase>
                        """.formatted(ESC, ESC, ESC, ESC, ESC, ESC), 1, 1)),
                new Written("jest-junit", "U+0001", 1, 0, jest("""
                        <testcase classname="names \u0001 raw" name="names \u0001 raw" time="0.002">
                        </testcase>""", 1, 0)),
                new Written("jest-junit", "U+0001", 0, 1, jest("""
                        <testcase classname="bad" name="bad" time="0.002">
                          <failure>Error: expect(received).toBe(expected)
                        Expected: "a\u0001"
                            at Object.toBe (/w/a.test.js:2:9)</failure>
                        </testcase>""", 1, 1)),
                new Written("mocha-junit-reporter", "U+0001", 1, 0, mocha("""
                        <testcase name="names \u0001 raw" time="0.001" classname="names \u0001 raw">
                        </testcase>""", 1, 0)),
                new Written("mocha-junit-reporter", "U+0001", 0, 1, mocha("""
                        <testcase name="names \u0001 raw" time="0.001" classname="names \u0001 raw">
                          <failure message="boom" type="Error"><![CDATA[Error: boom
                            at Context.<anonymous> (a.js:3:9)]]></failure>
                        </testcase>""", 1, 1)),
                new Written("bats", "U+0001", 1, 0, bats("""
                            <testcase classname="a.bats" name="says \u0001 bell" time="0.012" />
                        """, 1, 0)),
                new Written("bats", "U+001B", 0, 1, bats("""
                            <testcase classname="a.bats" name="bad" time="0.012">
                                <failure type="failure">(in test file a.bats, line 2)
                          `false&apos; failed
                        &#27;[31mred&#27;[0m</failure>
                            </testcase>
                        """, 1, 1)));
    }

    @ParameterizedTest
    @MethodSource("reports")
    void names_output_and_colours_of_a_run_are_replaced_and_the_gate_says_what_the_tool_says(Written written)
            throws Exception {
        Reading reading = new JUnitReader(new JUnitReader.Limits(32, 10_000))
                .read(written.report().getBytes(StandardCharsets.UTF_8), "report.xml");
        int exit = written.failed() == 0 ? 0 : 1;
        Ruling ruling = Rules.judge(GATE, reading.facts().plus(RunRecord.facts(exit)));

        assertThat(reading.dialect()).isEqualTo(written.dialect());
        assertThat(reading.facts().toString())
                .startsWith("tests.total %d, tests.passed %d, tests.failed %d"
                        .formatted(written.passed() + written.failed(), written.passed(), written.failed()));
        assertThat(reading.notes())
                .anyMatch(note -> note.matches(".* that XML forbids (was|were) read as U\\+FFFD, .*"
                        + written.raw().replace("+", "\\+") + ".*"));
        assertThat(ruling).isInstanceOf(exit == 0 ? Ruling.Holds.class : Ruling.Breaks.class);
        if (exit == 1) {
            assertThat(Rules.judge(GATE, reading.facts()))
                    .as("the report alone tells it")
                    .isInstanceOf(Ruling.Breaks.class);
        }
    }

    private static String node(String cases, int pass, int fail) {
        return """
                <?xml version="1.0" encoding="utf-8"?>
                <testsuites>
                %s	<!-- tests %d -->
                	<!-- suites 0 -->
                	<!-- pass %d -->
                	<!-- fail %d -->
                	<!-- cancelled 0 -->
                	<!-- skipped 0 -->
                	<!-- todo 0 -->
                	<!-- duration_ms 43.7 -->
                </testsuites>
                """.formatted(cases, pass + fail, pass, fail);
    }

    private static String jest(String cases, int tests, int failures) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="jest tests" tests="%d" failures="%d" errors="0" time="0.4">
                <testsuite name="undefined" errors="0" failures="%d" skipped="0" timestamp="2026-11-28T00:00:00" time="0.3" tests="%d">
                %s
                </testsuite>
                </testsuites>
                """.formatted(tests, failures, failures, tests, cases);
    }

    private static String mocha(String cases, int tests, int failures) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="Mocha Tests" time="0.003" tests="%d" failures="%d">
                  <testsuite name="Root Suite" timestamp="2026-11-28T00:00:00" tests="%d" file="/w/a.js" time="0.003" failures="%d">
                %s
                  </testsuite>
                </testsuites>
                """.formatted(tests, failures, tests, failures, cases);
    }

    private static String bats(String cases, int tests, int failures) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites time="0.024">
                <testsuite name="a.bats" tests="%d" failures="%d" errors="0" skipped="0" time="0.024" timestamp="x" hostname="h">
                %s</testsuite>
                </testsuites>
                """.formatted(tests, failures, cases);
    }
}
