package dev.slipway.validation.evidence;

import dev.slipway.validation.evidence.TestCounts.Outcome;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One suite while it is read, or the root: what it claims in its attributes, and what its cases show. Attributes are claims:
 * tools count in them what has no case, count the same thing in two of them, or count assertions. So failures and errors
 * are one sum; it adds to what the cases show only as far as it is larger.
 */
final class JUnitSuite {
    /**
     * What attributes say.
     *
     * @param tests nothing where it does not stand there
     * @param errors among the bad ones
     * @param bad failures and errors
     * @param flaky in Surefire's {@code flakes}
     */
    record Claims(
            OptionalLong tests, long bad, long errors, long skipped, long warnings, long flaky, BigDecimal seconds) {
        static final Claims NONE = new Claims(OptionalLong.empty(), 0, 0, 0, 0, 0, BigDecimal.ZERO);
    }

    private final String name;
    private final Claims claims;
    private final boolean root;
    private final TestCounts counts = new TestCounts();
    private final TestCounts own = new TestCounts();
    private final Map<TestKey, Outcome> cases = new HashMap<>();
    private long badElements;
    private long skipElements;
    private long brokenOutsideCases;

    /** @param root whether it is the report itself; what that claims to have passed proves nothing */
    JUnitSuite(String name, Claims claims, boolean root) {
        this.name = name;
        this.claims = claims;
        this.root = root;
    }

    /** @param time as it stands there, in seconds */
    void ended(JUnitCase test, Outcome outcome, String time) {
        badElements += test.badElements();
        skipElements += test.skipElements() + (outcome == Outcome.DISABLED ? 1 : 0);
        own.warn(test.warningElements());
        JUnitSeconds.add(time, own);
        @Nullable TestKey key = test.key();
        if (key == null) {
            own.count(outcome);
        } else {
            cases.merge(key, outcome, JUnitSuite::again);
        }
    }

    /** One class and name twice is one test: passed after it failed it is flaky, and a skipped run mends nothing. */
    private static Outcome again(Outcome first, Outcome then) {
        boolean went = then == Outcome.PASSED || then == Outcome.FLAKY;
        if (first.bad()) {
            return went ? Outcome.FLAKY : then.bad() ? then : first;
        }
        if (then.bad() || first == Outcome.SKIPPED || first == Outcome.DISABLED) {
            return then;
        }
        return first == Outcome.PASSED && then == Outcome.FLAKY ? then : first;
    }

    /** An error that stands in the suite itself. */
    void broken() {
        brokenOutsideCases++;
    }

    /**
     * Weighs claims and cases once all of the suite is read.
     *
     * @param each is told of the tests that can be told from others
     */
    TestCounts settled(Consumer<String> notes, NamingTests.Each each) {
        cases.values().forEach(own::count);
        if (each.hears()) {
            cases.forEach((key, outcome) -> each.ended(key.called(), outcome));
        }
        counts.add(own);
        boolean shown = counts.tests() > 0;
        contradictions(notes);
        if (brokenOutsideCases > 0 && counts.failed() == 0) { // else it sums up what the cases show
            counts.failBeyondCases(brokenOutsideCases, brokenOutsideCases);
        }
        if (!shown && !root) {
            long tests = claims.tests().orElse(0);
            counts.claimPassed(Math.max(0, tests - counts.failed()));
        }
        long bad = claims.bad() - Math.max(counts.failed(), badElements + brokenOutsideCases);
        if (bad > 0) {
            counts.failBeyondCases(bad, claims.errors() - counts.errors());
        }
        long skipped = claims.skipped() - skipElements;
        if (skipped > 0) {
            counts.skipBeyondCases(skipped);
        }
        counts.claimFlaky(claims.flaky());
        counts.claimWarnings(claims.warnings());
        settleSeconds();
        return counts;
    }

    /** The time of a root is often that of the wall, with suites side by side: it counts where nothing else tells. */
    private void settleSeconds() {
        if (!root || counts.seconds().signum() == 0) {
            counts.tookAtLeast(claims.seconds());
        }
    }

    /**
     * Fewer claimed than shown is a contradiction: a run that broke off. Some tools leave out what was skipped, and some
     * count a suite within a suite as one test.
     */
    private void contradictions(Consumer<String> notes) {
        long ran = root ? counts.ran() : own.ran();
        if (claims.tests().isPresent() && claims.tests().getAsLong() < ran) {
            notes.accept("%s claims %d tests and shows %d that ran"
                    .formatted(name, claims.tests().getAsLong(), ran));
        } else if (root && counts.tests() == 0 && claims.tests().orElse(0) > 0) {
            notes.accept("%s claims %d tests and shows none"
                    .formatted(name, claims.tests().getAsLong()));
        }
    }

    /** What a suite within it says. */
    void add(JUnitSuite inner, TestCounts settled) {
        counts.add(settled);
        badElements += Math.max(inner.badElements + inner.brokenOutsideCases, settled.failed());
        skipElements += Math.max(inner.skipElements, inner.claims.skipped());
    }
}
