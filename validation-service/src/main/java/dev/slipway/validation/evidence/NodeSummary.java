package dev.slipway.validation.evidence;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The comments with which Node's test runner closes a report: {@code <!-- fail 1 -->} and others. What fails in a test that
 * has tests within it stands nowhere else.
 */
final class NodeSummary {
    private static final Pattern LINE =
            Pattern.compile("\\s*(tests|pass|fail|cancelled|skipped|todo|duration_ms) ([0-9]{1,9})(?:\\.[0-9]*)?\\s*");
    private static final Pattern UNSAYABLE =
            Pattern.compile("[\\s\uFFFD]*(fail|cancelled)[\\s\uFFFD]*[0-9\uFFFD]*\uFFFD[0-9\uFFFD]*\\s*");

    private long fail;
    private long cancelled;
    private boolean present;

    /** False where a count is meant that cannot be read, because of a character that was replaced. */
    boolean read(String comment) {
        Matcher line = LINE.matcher(comment);
        if (line.matches()) {
            present = true;
            long number = Long.parseLong(line.group(2));
            switch (line.group(1)) {
                case "fail" -> fail = Math.max(fail, number);
                case "cancelled" -> cancelled = Math.max(cancelled, number);
                default -> {
                    // what went well needs no second witness
                }
            }
        }
        return line.matches() || !UNSAYABLE.matcher(comment).matches();
    }

    boolean present() {
        return present;
    }

    long failed() {
        return fail + cancelled;
    }
}
