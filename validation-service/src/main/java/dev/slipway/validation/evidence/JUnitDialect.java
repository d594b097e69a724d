package dev.slipway.validation.evidence;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Which tool wrote a report, as far as it shows. For people alone: what is counted never rests on it. */
final class JUnitDialect {
    static final String UNKNOWN = "JUnit XML";

    /**
     * What is looked at.
     *
     * @param root name of the root's element
     * @param rootName its attribute {@code name}, as all others empty where there is none
     * @param schema of the root, as it says where its schema is
     * @param suite attributes of the first suite, each as {@code name=value}, apart by line ends
     * @param test the same of the first test case
     * @param summary whether comments sum the run up
     */
    record Signs(String root, String rootName, String schema, String suite, String test, boolean summary) {
        boolean suiteHas(String attribute) {
            return ("\n" + suite).contains("\n" + attribute);
        }

        boolean testHas(String attribute) {
            return ("\n" + test).contains("\n" + attribute);
        }
    }

    private record Sign(String dialect, Predicate<Signs> found) {}

    private static final List<Sign> SIGNS = List.of(
            new Sign("Node.js test runner", Signs::summary),
            new Sign("Maven Surefire", signs -> signs.schema().contains("surefire-test-report")),
            new Sign("ESLint", signs -> signs.suiteHas("package=org.eslint")),
            new Sign("pytest", signs -> signs.suiteHas("name=pytest")),
            new Sign("jest-junit", signs -> signs.rootName().equals("jest tests")),
            new Sign("mocha-junit-reporter", signs -> signs.rootName().equals("Mocha Tests")),
            new Sign("Vitest", signs -> signs.rootName().equals("vitest tests")),
            new Sign("RSpec", signs -> signs.suiteHas("name=rspec")),
            new Sign("Cucumber", signs -> signs.suiteHas("name=Cucumber")),
            new Sign("GoogleTest", signs -> signs.testHas("result=") && signs.testHas("status=")),
            new Sign("CTest", signs -> signs.root().equals("testsuite") && signs.testHas("status=")),
            new Sign("doctest", signs -> signs.testHas("status=run") && signs.testHas("classname=")),
            new Sign("bats", signs -> signs.suiteHas("name=") && signs.test().contains(".bats")),
            new Sign("PHPUnit", signs -> signs.suiteHas("assertions=")),
            new Sign("Boost.Test", signs -> signs.testHas("assertions=") && signs.suiteHas("id=0")),
            new Sign("JUnit console launcher", signs -> signs.suiteHas("name=JUnit ")));

    /** What was tried and stands in no report of that tool, so that no reader could count it. */
    private static final Map<String, String> UNSEEN = Map.of(
            "jest-junit",
            "a todo looks like a test that passed, and a file that does not load is missing unless reportTestSuiteErrors is on",
            "Node.js test runner",
            "a hook that throws after the tests of a suite",
            "Vitest",
            "an error outside of any test",
            "RSpec",
            "an error in after(:all) or after(:suite)",
            "Cucumber",
            "an error in a hook after all scenarios",
            "GoogleTest",
            "an error in tearing a suite down",
            "doctest",
            "a test that should fail and passes; one that may fail, and does, looks like any that failed",
            "Boost.Test",
            "that a failure was expected: it looks like any other and counts as failed",
            UNKNOWN,
            "with newman and with formatters of TAP a test that was skipped, or a todo that failed, looks like one that passed");

    private JUnitDialect() {}

    /** A sentence's end for people: what reports of this tool do not show; empty where nothing is known of the kind. */
    static String unseen(String dialect) {
        return UNSEEN.getOrDefault(dialect, "");
    }

    static String of(Signs signs) {
        return SIGNS.stream()
                .filter(sign -> sign.found().test(signs))
                .map(Sign::dialect)
                .findFirst()
                .orElse(UNKNOWN);
    }
}
