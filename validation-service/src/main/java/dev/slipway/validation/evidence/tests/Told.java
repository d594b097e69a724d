package dev.slipway.validation.evidence.tests;

import dev.slipway.validation.evidence.NamingTests.Each;
import dev.slipway.validation.evidence.Reading;
import dev.slipway.validation.evidence.TestCounts;
import dev.slipway.validation.evidence.TestCounts.Outcome;
import dev.slipway.validation.evidence.XmlPull;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What the test cases of a report show, what went wrong outside of every case, and what the report claims in its sums. Of
 * failures the larger number counts. The same name twice is not one test here, as it is in JUnit's reports: these formats
 * shorten the names of tests with data, and none of them writes a test that was run again.
 */
final class Told {
    private final Each each;
    private final TestCounts counts = new TestCounts();
    private final List<String> notes = new ArrayList<>();
    private long broken;
    private long beyond;

    /** @param each is told of every test that has a name */
    Told(Each each) {
        this.each = each;
    }

    /** Whether a test's name need be put together. */
    boolean hears() {
        return each.hears();
    }

    void count(String test, Outcome outcome, BigDecimal seconds) {
        if (!test.isBlank()) {
            each.ended(test, outcome);
        }
        counts.count(outcome);
        counts.took(seconds);
    }

    /** An error outside of every test, which may say no more than what a test shows. */
    void broken() {
        broken++;
    }

    boolean isBroken() {
        return broken > 0;
    }

    /** An error outside of every test that none of them shows. */
    void beyond() {
        beyond++;
    }

    /** Tests that were skipped together and stand nowhere by themselves. */
    void skipped(long tests) {
        counts.skipBeyondCases(tests);
    }

    void warned() {
        counts.warn(1);
    }

    void note(String said) {
        notes.add(said);
    }

    /**
     * Weighs sums against cases.
     *
     * @param what claims them, for people
     * @param tests claimed, or below 0 for none
     * @param bad failures and errors
     * @param errors among them
     * @param before how many tests were shown before, and failed
     */
    void claim(String what, long tests, long bad, long errors, Before before) {
        long shown = counts.tests() - before.tests();
        long failed = counts.failed() + beyond - before.failed();
        if (tests >= 0 && tests < shown) {
            notes.add("%s claims %d tests and shows %d".formatted(what, tests, shown));
        } else if (tests > 0 && shown == 0) {
            notes.add("%s claims %d tests and shows none".formatted(what, tests));
        }
        if (bad > failed) {
            notes.add("%s claims %d that failed and shows %d".formatted(what, bad, failed));
            counts.failBeyondCases(bad - failed, errors - counts.errors());
        }
    }

    /** What was told before a part of the report that has sums of its own. */
    record Before(long tests, long failed) {
        static final Before ALL = new Before(0, 0);
    }

    Before now() {
        return new Before(counts.tests(), counts.failed() + beyond);
    }

    Reading reading(String dialect, XmlPull xml) {
        if (beyond > 0) {
            counts.failBeyondCases(beyond, beyond);
            notes.add("%d went wrong outside of every test".formatted(beyond));
        }
        if (broken > 0 && counts.failed() == 0) {
            counts.failBeyondCases(broken, broken);
            notes.add("%d went wrong outside of every test".formatted(broken));
        }
        xml.replacedNote().ifPresent(notes::addFirst);
        return new Reading(dialect, counts.facts(), Reading.told(notes));
    }
}
