package dev.slipway.validation.evidence;

import java.math.BigDecimal;
import java.util.List;

/** Sums over the tests of a report while it is read. Every test is in exactly one of the classes of {@link #tests()}. */
public final class TestCounts {
    /** What every report of tests may say. */
    public static final List<KnownFact> KNOWN = List.of(
            KnownFact.neither("tests.total", Fact.Unit.COUNT, "how many tests there are"),
            KnownFact.higher("tests.passed", Fact.Unit.COUNT, "how many passed, flaky ones among them"),
            KnownFact.lower("tests.failed", Fact.Unit.COUNT, "failures and errors as one sum"),
            KnownFact.lower("tests.errors", Fact.Unit.COUNT, "the errors among those that failed"),
            KnownFact.lower("tests.skipped", Fact.Unit.COUNT, "how many were skipped"),
            KnownFact.neither("tests.expected", Fact.Unit.COUNT, "failed as was said before"),
            KnownFact.lower("tests.disabled", Fact.Unit.COUNT, "not run and not meant to be"),
            KnownFact.lower("tests.flaky", Fact.Unit.COUNT, "passed after they had failed"),
            KnownFact.lower("tests.warnings", Fact.Unit.COUNT, "elements that warn"),
            KnownFact.lower("tests.seconds", Fact.Unit.SECONDS, "how long they took"),
            KnownFact.neither(
                    "stability.runs",
                    Fact.Unit.COUNT,
                    "over how many runs of the branch the stability of tests is told"),
            KnownFact.lower(
                    "stability.flaky",
                    Fact.Unit.COUNT,
                    "tests that passed and failed on the same commit, over the last runs of the branch"),
            KnownFact.lower(
                    "stability.worst",
                    Fact.Unit.PERCENT,
                    "in which share of those runs the flakiest test failed though it passed on the same commit"));

    private static final int NANO_DIGITS = 9;
    private static final long NANOS_MAX = 1_000_000_000_000_000_000L;

    /** How one test ended. */
    public enum Outcome {
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

        public boolean bad() {
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
    /** Beside them; such a sum costs little. */
    private long nanos;

    public void count(Outcome outcome) {
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

    void add(TestCounts other) {
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
        seconds = seconds().add(other.seconds());
        nanos = 0;
    }

    /** Tests of which nothing but their number is known. */
    void claimPassed(long tests) {
        claimed += tests;
    }

    /** Failures that no case shows; they are among the tests that were claimed, as far as there are some. */
    public void failBeyondCases(long more, long ofThemErrors) {
        long asErrors = Math.clamp(ofThemErrors, 0, more);
        errors += asErrors;
        failures += more - asErrors;
        claimed -= Math.min(claimed, more);
    }

    public void skipBeyondCases(long more) {
        skipped += more;
        claimed -= Math.min(claimed, more);
    }

    public void warn(long elements) {
        warnings += elements;
    }

    void claimFlaky(long tests) {
        flaky = Math.max(flaky, tests);
    }

    void claimWarnings(long elements) {
        warnings = Math.max(warnings, elements);
    }

    public void took(BigDecimal time) {
        seconds = seconds.add(time);
    }

    /** @param time in nanoseconds, 0 to {@value #NANOS_MAX} */
    void tookNanos(long time) {
        if (nanos > NANOS_MAX) {
            seconds = seconds();
            nanos = 0;
        }
        nanos += time;
    }

    void tookAtLeast(BigDecimal time) {
        seconds = seconds().max(time);
        nanos = 0;
    }

    BigDecimal seconds() {
        return nanos == 0 ? seconds : seconds.add(BigDecimal.valueOf(nanos, NANO_DIGITS));
    }

    public long failed() {
        return failures + errors;
    }

    public long errors() {
        return errors;
    }

    public long tests() {
        return passed + claimed + failed() + skipped + expected + disabled + warned;
    }

    /** Tests that ran, as far as the report shows them. */
    long ran() {
        return passed + failed() + expected + warned;
    }

    public Facts facts() {
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
                new Fact("tests.seconds", seconds(), Fact.Unit.SECONDS)));
    }
}
