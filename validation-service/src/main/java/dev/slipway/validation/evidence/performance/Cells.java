package dev.slipway.validation.evidence.performance;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.ReportLines;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The parts of a line, by the places of their bytes: a text is made only of those that are asked for as one. */
final class Cells {
    private static final int USUAL = 256;

    private final ReportLines lines;
    private final Printed printed;
    private int[] begins = new int[USUAL];
    private int[] ends = new int[USUAL];
    private int count;
    private boolean quotes;

    Cells(ReportLines lines) {
        this.lines = lines;
        printed = new Printed(lines);
    }

    /** Takes the line, which begins with none, apart at blanks; those at its end are none of it. */
    void words() throws UnreadableEvidence {
        begin();
        int length = stripped();
        for (int from = 0; from < length; ) {
            int end = Math.min(length, lines.indexOfBlank(from));
            begins[count] = from;
            ends[count++] = end;
            from = lines.behindBlanks(end);
        }
    }

    private int stripped() throws UnreadableEvidence {
        if (!lines.isAscii()) {
            return lines.text().stripTrailing().getBytes(StandardCharsets.UTF_8).length;
        }
        int length = lines.length();
        while (length > 0 && Character.isWhitespace(lines.at(length - 1))) {
            length--;
        }
        return length;
    }

    /** Takes the line apart at commas; a quote in quotes is written twice. */
    void commas() throws UnreadableEvidence {
        begin();
        boolean quoted = false;
        int length = lines.length();
        int cell = 0;
        begins[0] = 0;
        for (int i = 0; i < length; i++) {
            byte at = lines.at(i);
            if (at > ',') {
                continue; // nearly all
            }
            if (at == ',' && !quoted) {
                ends[cell++] = i;
                begins[cell] = i + 1;
            } else if (at == '"') {
                quoted = !quoted;
                quotes = true;
            }
        }
        if (quoted) {
            throw lines.refused("A quote here has no end");
        }
        ends[cell] = length;
        count = cell + 1;
    }

    private void begin() {
        count = 0;
        quotes = false;
        if (begins.length <= lines.length()) { // a line has at most one cell more than bytes
            begins = new int[2 * lines.length()];
            ends = new int[2 * lines.length()];
        }
    }

    int count() {
        return count;
    }

    boolean is(int cell, String ascii) throws UnreadableEvidence {
        return quotes ? text(cell).equals(ascii) : lines.is(begins[cell], ends[cell], ascii);
    }

    /** Of words, whether one of them is this. */
    boolean contain(String ascii) throws UnreadableEvidence {
        for (int i = 0; i < count; i++) {
            if (ends[i] - begins[i] == ascii.length() && is(i, ascii)) {
                return true;
            }
        }
        return false;
    }

    String text(int cell) throws UnreadableEvidence {
        String text = lines.text(begins[cell], ends[cell]);
        return quotes ? unquoted(text) : text;
    }

    List<String> texts() throws UnreadableEvidence {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(text(i));
        }
        return texts;
    }

    private static String unquoted(String text) {
        StringBuilder plain = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char at = text.charAt(i);
            if (at != '"') {
                plain.append(at);
            } else if (quoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                plain.append(at);
                i++;
            } else {
                quoted = !quoted;
            }
        }
        return plain.toString();
    }

    /** @param factor 1, or a power of ten below it */
    double number(int cell, BigDecimal factor) throws UnreadableEvidence {
        return quotes ? printed.number(text(cell), factor) : printed.number(begins[cell], ends[cell], factor);
    }

    long whole(int cell) throws UnreadableEvidence {
        return quotes ? printed.count(text(cell)) : printed.count(begins[cell], ends[cell]);
    }
}
