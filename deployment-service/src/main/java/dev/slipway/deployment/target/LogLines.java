package dev.slipway.deployment.target;

import dev.slipway.deployment.target.ProgramLog.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole lines out of bytes of a log. A line is shown from its beginning or not at all: whoever asks for a place in the middle
 * of one would else see the second half of a secret, which nothing recognises.
 *
 * @param lines oldest first, without their ends, as they were written
 * @param next place behind them, from which to go on
 */
record LogLines(List<String> lines, long next) {
    private static final String TOO_LONG = "(a line of more than %d bytes, which is not shown)";

    LogLines {
        lines = List.copyOf(lines);
    }

    /**
     * The lines of some bytes.
     *
     * @param read from the byte before {@code asked} on, where there is one
     * @param asked place from which on lines are wanted
     * @param ended whether nobody writes any more, so that what has no end is whole as well
     */
    static LogLines of(Bytes read, long asked, boolean ended) {
        byte[] bytes = read.bytes();
        int start = read.from() == 0 && asked <= 0 ? 0 : behindLine(bytes, 0);
        boolean all = read.from() + bytes.length >= read.end();
        if (start < 0) { // not one line begins in here
            return bytes.length == 0 || (all && !ended)
                    ? new LogLines(List.of(), Math.max(asked, read.from()))
                    : new LogLines(List.of(TOO_LONG.formatted(bytes.length)), read.from() + bytes.length);
        }
        List<String> lines = new ArrayList<>();
        int from = start;
        for (int behind = behindLine(bytes, from); behind > 0; behind = behindLine(bytes, from)) {
            lines.add(text(bytes, from, behind - 1));
            from = behind;
        }
        boolean rest = from < bytes.length;
        if (rest && all && ended) {
            lines.add(text(bytes, from, bytes.length));
            from = bytes.length;
        } else if (rest && !all && from == start) {
            lines.add(TOO_LONG.formatted(bytes.length - from));
            from = bytes.length;
        }
        return new LogLines(lines, read.from() + from);
    }

    private static int behindLine(byte[] bytes, int from) {
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static String text(byte[] bytes, int from, int to) {
        int end = to > from && bytes[to - 1] == '\r' ? to - 1 : to;
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /** The last so many. */
    LogLines last(int linesMax) {
        return new LogLines(lines.subList(Math.max(0, lines.size() - linesMax), lines.size()), next);
    }
}
