package dev.slipway.validation.evidence;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A report of lines, one after another. Lines end with LF or CR LF; they are strictly UTF-8. Nothing is copied before
 * {@link #text} asks for it: readers of long reports look at the bytes.
 */
public final class ReportLines {
    /**
     * Limits of a report.
     *
     * @param linesMax in all
     * @param lineBytesMax of one line
     */
    public record Limits(int linesMax, int lineBytesMax) {}

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long LINE_ENDS = '\n' * ONES;

    private final byte[] report;
    private final Limits limits;
    private final String what;
    private int line;
    private int from;
    private int to;
    private int following;
    private boolean ascii = true;

    /** @param what the kind of report for people, at the beginning of a sentence: {@code An LCOV report} */
    public ReportLines(byte[] report, String what, Limits limits) throws UnreadableEvidence {
        this.report = report;
        this.what = what;
        this.limits = limits;
        if (report.length == 0) {
            throw new UnreadableEvidence("It is empty: its tool wrote nothing into it");
        }
        if (startsWith(report, 0xFF, 0xFE) || startsWith(report, 0xFE, 0xFF)) {
            throw new UnreadableEvidence("It is UTF-16, as PowerShell's > writes it; write it as UTF-8", 1, 1);
        }
        following = startsWith(report, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    }

    private static boolean startsWith(byte[] report, int... bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (report.length <= i || (report[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    /** Moves on to the next line; false behind the last one, on which it stays. */
    public boolean next() throws UnreadableEvidence {
        if (following >= report.length) {
            return false;
        }
        byte[] bytes = report;
        from = following;
        int at = from;
        long all = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, at);
            long ends = eight ^ LINE_ENDS;
            if (((ends - ONES) & ~ends & HIGH_BITS) != 0) {
                break; // a line's end is among them
            }
            all |= eight;
        }
        for (; at < bytes.length && bytes[at] != '\n'; at++) {
            all |= bytes[at];
        }
        to = at > from && bytes[at - 1] == '\r' ? at - 1 : at;
        following = at + 1;
        ascii = (all & HIGH_BITS) == 0;
        line++;
        check();
        return true;
    }

    private void check() throws UnreadableEvidence {
        if (line > limits.linesMax()) {
            throw refused("%s has at most %d lines".formatted(what, limits.linesMax()), 1);
        }
        if (length() > limits.lineBytesMax()) {
            throw refused(
                    "A line of it has at most %d bytes".formatted(limits.lineBytesMax()), limits.lineBytesMax() + 1);
        }
        if (!ascii) {
            decoded(0, length());
        }
    }

    /** From 1; 0 before the first. */
    public int line() {
        return line;
    }

    /** Of the line in bytes, without its end. */
    public int length() {
        return to - from;
    }

    /** @param place in the line, from 0 */
    public byte at(int place) {
        return report[from + place];
    }

    /** @param ascii nothing beyond it */
    public boolean startsWith(String ascii) {
        if (length() < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (report[from + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether this stands in the line between two places. */
    public boolean is(int begin, int end, String ascii) {
        if (end - begin != ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (report[from + begin + i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Whether every byte of the line is a character of ASCII. */
    public boolean isAscii() {
        return ascii;
    }

    /** Where the byte first stands in the line from a place on, or -1. */
    public int indexOf(char ascii, int place) {
        for (int i = from + place; i < to; i++) {
            if (report[i] == ascii) {
                return i - from;
            }
        }
        return -1;
    }

    /** Where the first blank stands in the line from a place on, or its length. */
    public int indexOfBlank(int place) {
        byte[] bytes = report;
        int end = to;
        int at = from + place;
        while (at < end && !isBlank(bytes[at])) {
            at++;
        }
        return at - from;
    }

    /** Where the first byte stands from a place on that is no blank, or the line's length. */
    public int behindBlanks(int place) {
        int at = from + place;
        while (at < to && isBlank(report[at])) {
            at++;
        }
        return at - from;
    }

    /** A blank between two words: {@code \s} of a regular expression. */
    private static boolean isBlank(byte each) {
        return each <= ' ' && (each == ' ' || (each >= '\t' && each <= '\r'));
    }

    /** Where the byte last stands in the line, or -1. */
    public int lastIndexOf(char ascii) {
        return lastIndexOf(ascii, length());
    }

    /** Where the byte last stands in the line before a place, or -1. */
    public int lastIndexOf(char ascii, int before) {
        for (int i = from + before - 1; i >= from; i--) {
            if (report[i] == ascii) {
                return i - from;
            }
        }
        return -1;
    }

    /** The line without its end. */
    public String text() throws UnreadableEvidence {
        return text(0, length());
    }

    /** A part of the line between two places that {@link #indexOf} told. */
    public String text(int begin, int end) throws UnreadableEvidence {
        return ascii ? new String(report, from + begin, end - begin, StandardCharsets.ISO_8859_1) : decoded(begin, end);
    }

    /** The same without blanks around it. */
    public String stripped(int begin, int end) throws UnreadableEvidence {
        if (!ascii) {
            return decoded(begin, end).strip();
        }
        int first = begin;
        int last = end;
        while (first < last && Character.isWhitespace(at(first))) {
            first++;
        }
        while (last > first && Character.isWhitespace(at(last - 1))) {
            last--;
        }
        return text(first, last);
    }

    /** Whether the last line was cut off or left open: it has no end. */
    public boolean isOpenEnded() {
        return report[report.length - 1] != '\n';
    }

    public UnreadableEvidence refused(String message) {
        return refused(message, 1);
    }

    /** @param column in the line, from 1 */
    public UnreadableEvidence refused(String message, int column) {
        return new UnreadableEvidence(message, Math.max(1, line), column);
    }

    private String decoded(int begin, int end) throws UnreadableEvidence {
        ByteBuffer part = ByteBuffer.wrap(report, from + begin, end - begin);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(part)
                    .toString();
        } catch (CharacterCodingException noText) {
            throw refused("A byte here is no UTF-8 text", Math.max(0, part.position() - from) + 1);
        }
    }
}
