package dev.slipway.validation.evidence;

import java.math.BigDecimal;
import java.util.List;

/** Sums over test cases while a report is read. Every test is in exactly one of the classes of {@link #tests()}. */
final class JUnitCounts {
    /** How one test ended. */
    enum Outcome {
        PASSED,
        /** Passed after it had failed. */
        FLAKY,
        FAILED,
        ERRORED,
        SKIPPED,
        /** Failed, as was said before that it would. */
        EXPECTED,
        /** Not run, and not meant to be. */
        DISABLED,
        /** Neither passed nor failed: its tool warns. */
        WARNED;

        boolean bad() {
            return this == FAILED || this == ERRORED;
        }
    }

    private long passed;
    private long flaky;
    private long failures;
    private long errors;
    private long skipped;
    private long expected;
    private long disabled;
    private long warned;
    /** Passed as a suite claims, without a case that shows it. */
    private long claimed;

    private long warnings;
    private BigDecimal seconds = BigDecimal.ZERO;

    void count(Outcome outcome) {
        switch (outcome) {
            case PASSED -> passed++;
            case FLAKY -> {
                passed++;
                flaky++;
            }
            case FAILED -> failures++;
            case ERRORED -> errors++;
            case SKIPPED -> skipped++;
            case EXPECTED -> expected++;
            case DISABLED -> disabled++;
            case WARNED -> warned++;
        }
    }

    void add(JUnitCounts other) {
        passed += other.passed;
        flaky += other.flaky;
        failures += other.failures;
        errors += other.errors;
        skipped += other.skipped;
        expected += other.expected;
        disabled += other.disabled;
        warned += other.warned;
        claimed += other.claimed;
        warnings += other.warnings;
        seconds = seconds.add(other.seconds);
    }

    /** Tests of which nothing but their number is known. */
    void claimPassed(long tests) {
        claimed += tests;
    }

    /** Failures that no case shows; they are among the tests that were claimed, as far as there are some. */
    void failBeyondCases(long more, long ofThemErrors) {
        long asErrors = Math.clamp(ofThemErrors, 0, more);
        errors += asErrors;
        failures += more - asErrors;
        claimed -= Math.min(claimed, more);
    }

    void skipBeyondCases(long more) {
        skipped += more;
        claimed -= Math.min(claimed, more);
    }

    void warn(long elements) {
        warnings += elements;
    }

    void claimFlaky(long tests) {
        flaky = Math.max(flaky, tests);
    }

    void claimWarnings(long elements) {
        warnings = Math.max(warnings, elements);
    }

    void took(BigDecimal time) {
        seconds = seconds.add(time);
    }

    void tookAtLeast(BigDecimal time) {
        seconds = seconds.max(time);
    }

    BigDecimal seconds() {
        return seconds;
    }

    long failed() {
        return failures + errors;
    }

    long errors() {
        return errors;
    }

    long tests() {
        return passed + claimed + failed() + skipped + expected + disabled + warned;
    }

    /** Tests that ran, as far as the report shows them. */
    long ran() {
        return passed + failed() + expected + warned;
    }

    Facts facts() {
        return new Facts(List.of(
                Fact.count("tests.total", tests()),
                Fact.count("tests.passed", passed + claimed),
                Fact.count("tests.failed", failed()),
                Fact.count("tests.errors", errors),
                Fact.count("tests.skipped", skipped),
                Fact.count("tests.flaky", flaky),
                Fact.count("tests.expected", expected),
                Fact.count("tests.disabled", disabled),
                Fact.count("tests.warnings", warnings),
                new Fact("tests.seconds", seconds, Fact.Unit.SECONDS)));
    }
}
