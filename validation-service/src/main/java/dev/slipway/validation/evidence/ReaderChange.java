package dev.slipway.validation.evidence;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a version of the readers reads otherwise than the one before it in bytes that both read, ADR 83. Whoever changes such a
 * fact adds one: evidence that an older version took in is then read again before it decides, and of a verdict that was judged by
 * what that had read all else is held to what is read now.
 *
 * @param version from 1; what is stored without a number was read before there were any
 * @param kinds whose reports it reads otherwise
 * @param facts which it may read otherwise, by name; {@link #REFUSED} where it refuses reports that were read before
 * @param sign stands in every report that it reads otherwise, as bytes of ISO 8859-1
 * @param what it reads otherwise, for people, without a full stop
 */
public record ReaderChange(int version, Set<String> kinds, Set<String> facts, Pattern sign, String what) {
    public static final String REFUSED = "(refused)";

    /** All there were, in order. */
    public static final List<ReaderChange> ALL = List.of(new ReaderChange(
            1,
            Set.of(JUnitReader.KIND),
            Set.of("tests.failed", "tests.errors", "tests.passed", "tests.skipped", "tests.flaky"),
            Pattern.compile(
                    "\\b(?:status|result)\\s*=\\s*[\"'][\\s_-]*(?:fail|err|broken|crash|time)",
                    Pattern.CASE_INSENSITIVE),
            "a test case whose status says that it failed has failed, also where it stands there as skipped, as a warning or as"
                    + " run again"));

    public ReaderChange {
        kinds = Set.copyOf(kinds);
        facts = Set.copyOf(facts);
    }

    /** A version for people. */
    public static String reader(int version) {
        return version == 0 ? "an earlier reader" : "reader " + version;
    }
}
