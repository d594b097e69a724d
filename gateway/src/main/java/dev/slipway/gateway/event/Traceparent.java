package dev.slipway.gateway.event;

import org.jspecify.annotations.Nullable;

/** The header {@code traceparent} of W3C Trace Context, level 1. */
public final class Traceparent {
    private static final int CHARS = 55;
    private static final int TRACE_FROM = 3;
    private static final int SPAN_FROM = 36;
    private static final int FLAGS_FROM = 53;

    private Traceparent() {}

    /** The value, if it is one. */
    public static @Nullable String read(@Nullable String value) {
        return value != null
                        && value.length() == CHARS
                        && hex(value, 0, TRACE_FROM - 1)
                        && hex(value, TRACE_FROM, SPAN_FROM - 1)
                        && hex(value, SPAN_FROM, FLAGS_FROM - 1)
                        && hex(value, FLAGS_FROM, CHARS)
                        && value.charAt(TRACE_FROM - 1) == '-'
                        && value.charAt(SPAN_FROM - 1) == '-'
                        && value.charAt(FLAGS_FROM - 1) == '-'
                ? value
                : null;
    }

    private static boolean hex(String value, int from, int to) {
        for (int at = from; at < to; at++) {
            char digit = value.charAt(at);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
    }
}
