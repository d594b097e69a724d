package dev.slipway.validation.evidence.coverage;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** How reports that are plain text begin and end. */
final class Beginnings {
    private static final byte[] BOM = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private Beginnings() {}

    /** Whether this is the first that stands there. */
    static boolean is(byte[] report, String ascii) {
        int from = at(report, 0, BOM) ? BOM.length : 0;
        while (from < report.length && isBlank(report[from])) {
            from++;
        }
        return at(report, from, ascii.getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether this is the last. */
    static boolean ends(byte[] report, String ascii) {
        int to = report.length;
        while (to > 0 && isBlank(report[to - 1])) {
            to--;
        }
        byte[] last = ascii.getBytes(StandardCharsets.US_ASCII);
        return to >= last.length && at(report, to - last.length, last);
    }

    /** What it is instead, where that shows. */
    static @Nullable String no(byte[] report, boolean ours, String what) {
        return !ours && is(report, "<")
                ? "XML, not " + what
                : !ours && (is(report, "{") || is(report, "[")) ? "JSON, not " + what : null;
    }

    private static boolean at(byte[] report, int from, byte[] bytes) {
        if (report.length - from < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (report[from + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
