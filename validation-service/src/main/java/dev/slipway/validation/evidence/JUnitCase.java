package dev.slipway.validation.evidence;

import dev.slipway.validation.evidence.TestCounts.Outcome;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One {@code <testcase>} while it is read: what its attributes and elements say, and how it ended. */
final class JUnitCase {
    /** What Catch2 says of a test that may fail, whether it did or not. */
    private static final String MAY_FAIL = "TEST_CASE tagged with !mayfail";
    /** How ctest begins the reason of a test that skipped itself; its other reasons mean that it could not be run. */
    private static final String SKIPPED_ITSELF = "SKIP_";

    private static final Pattern ESLINT_WARNING =
            Pattern.compile("\\s*line \\d+, col \\d+, Warning - .*", Pattern.DOTALL);
    private static final Set<String> RAN = Set.of(
            "run",
            "ran",
            "completed",
            "pass",
            "passed",
            "success",
            "successful",
            "succeeded",
            "ok",
            "finished",
            "flaky");
    private static final Set<String> FAILED = Set.of(
            "fail",
            "failed",
            "failure",
            "error",
            "errored",
            "broken",
            "crashed",
            "aborted",
            "cancelled",
            "canceled",
            "timeout",
            "timedout",
            "interrupted",
            "unexpected",
            "undefined");
    /** Of these what stands beside a skip, a warning or another run means no other outcome. */
    private static final Set<String> SURELY_FAILED =
            Set.of("fail", "failed", "failure", "error", "errored", "broken", "crashed", "timeout", "timedout");

    private static final Set<String> SKIPPED =
            Set.of("skip", "skipped", "ignored", "pending", "todo", "untested", "inconclusive", "notapplicable");
    private static final Set<String> DISABLED = Set.of("disabled", "notrun", "suppressed", "excluded", "filtered");

    private final @Nullable TestKey key;
    private final boolean named;
    private final String status;
    private final String result;
    private final boolean eslint;
    private int failures;
    private int errors;
    private int acceptable;
    private int skips;
    private int flakes;
    private int warnings;
    private boolean expected;
    private @Nullable String reason;

    /**
     * @param key by which it is the same test as another of its suite; null if nobody can say
     * @param status as it stands there, or empty
     * @param result as it stands there, or empty
     * @param eslint whether the suite is ESLint's, which writes its warnings as failures
     */
    JUnitCase(@Nullable TestKey key, boolean named, String status, String result, boolean eslint) {
        this.key = key;
        this.named = named;
        this.status = word(status);
        this.result = word(result);
        this.eslint = eslint;
    }

    @Nullable
    TestKey key() {
        return key;
    }

    /**
     * A {@code <failure>} or {@code <error>}. Some say no more than a warning, in so many words.
     *
     * @param text how it begins, where it was read
     */
    void bad(boolean error, String type, String text) {
        boolean warning = type.equals("WARN") // doctest's WARN never fails a test
                || type.endsWith("RiskyTestError") // PHPUnit: a test that asserts nothing; the run is good
                || type.equals("TodoTestSucceeded") // TAP: a TODO that is done
                || (eslint && ESLINT_WARNING.matcher(text).matches());
        if (warning) {
            acceptable++;
        } else if (error) {
            errors++;
        } else {
            failures++;
        }
    }

    void skipped(String type, @Nullable String message) {
        skips++;
        expected |= type.equals("todo") || MAY_FAIL.equals(message);
        reason = reason == null ? message : reason;
    }

    void warned() {
        warnings++;
    }

    /** It failed, and a later run of it is told as well. */
    void flaked() {
        flakes++;
    }

    /** How many elements say that something went wrong, whatever became of it. */
    int badElements() {
        return failures + errors + acceptable;
    }

    int skipElements() {
        return skips;
    }

    int warningElements() {
        return warnings + acceptable;
    }

    /** How it ended, or null if its status or result is a word that nobody here knows. */
    @Nullable
    Outcome outcome() {
        if (failures + errors > 0) {
            return expected ? Outcome.EXPECTED : errors > 0 ? Outcome.ERRORED : Outcome.FAILED;
        }
        if (!expected && (SURELY_FAILED.contains(status) || SURELY_FAILED.contains(result))) {
            return Outcome.FAILED;
        }
        if (skips > 0) {
            return couldNotRun() ? Outcome.FAILED : Outcome.SKIPPED;
        }
        if (flakes > 0) { // a hook that failed and has no name never passed
            return named ? Outcome.FLAKY : Outcome.ERRORED;
        }
        if (warnings > 0) {
            return Outcome.WARNED;
        }
        return status.isEmpty() && result.isEmpty() ? Outcome.PASSED : asItSays();
    }

    private @Nullable Outcome asItSays() {
        if (FAILED.contains(status) || FAILED.contains(result)) {
            return Outcome.FAILED;
        }
        if (DISABLED.contains(status) || DISABLED.contains(result)) {
            return Outcome.DISABLED;
        }
        if (SKIPPED.contains(status) || SKIPPED.contains(result)) {
            return Outcome.SKIPPED;
        }
        return unknown().isEmpty() ? Outcome.PASSED : null;
    }

    /** The word that is not known, for people. */
    String unknown() {
        return status.isEmpty() || RAN.contains(status)
                ? result.isEmpty() || RAN.contains(result) ? "" : result
                : status;
    }

    private boolean couldNotRun() {
        return status.equals("notrun") && (reason == null || !reason.startsWith(SKIPPED_ITSELF));
    }

    private static String word(String text) {
        return text.isEmpty() ? text : text.strip().toLowerCase(Locale.ROOT).replaceAll("[ _-]", "");
    }
}
