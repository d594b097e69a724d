package dev.slipway.validation.evidence.tracker;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Values separated by commas, as RFC 4180 has them, or by semicolons or tabs. Strict: UTF-8, quotes closed, the last line ended. */
final class CsvRows {
    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final int CELLS_MAX = 2_000;

    private final String text;
    private final char separator;
    private final int rowsMax;
    private final List<List<String>> rows = new ArrayList<>();
    private int line = 1;

    private CsvRows(String text, char separator, int rowsMax) {
        this.text = text;
        this.separator = separator;
        this.rowsMax = rowsMax;
    }

    static String text(byte[] bytes) throws UnreadableEvidence {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException other) {
            throw new UnreadableEvidence("It is not UTF-8");
        }
    }

    /** The character of these that stands most often in the first line. */
    static char separator(String text) {
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        char most = ',';
        for (char each : new char[] {';', '\t'}) {
            if (count(first, each) > count(first, most)) {
                most = each;
            }
        }
        return most;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(character -> character == wanted).count();
    }

    /**
     * Rows of cells, the header first; empty lines are passed over.
     *
     * @throws UnreadableEvidence if there are more than that, or it is no such text or was cut off
     */
    static List<List<String>> of(String text, int rowsMax) throws UnreadableEvidence {
        CsvRows rows = new CsvRows(text, separator(text), rowsMax);
        rows.read();
        return rows.rows;
    }

    private void read() throws UnreadableEvidence {
        int at = 0;
        while (at < text.length()) {
            List<String> cells = new ArrayList<>();
            int from = line;
            at = row(at, cells);
            boolean empty = cells.size() == 1 && cells.getFirst().isEmpty();
            if (empty) {
                continue;
            }
            if (rows.size() > rowsMax) {
                throw error("It has more than %,d rows".formatted(rowsMax));
            }
            if (!rows.isEmpty() && cells.size() != rows.getFirst().size()) {
                throw new UnreadableEvidence(
                        "This row has %d cells, and the first one has %d"
                                .formatted(cells.size(), rows.getFirst().size()),
                        from,
                        1);
            }
            rows.add(cells);
        }
    }

    /** @return where the next row begins */
    private int row(int from, List<String> cells) throws UnreadableEvidence {
        int at = from;
        while (true) {
            StringBuilder cell = new StringBuilder();
            at = at < text.length() && text.charAt(at) == '"' ? quoted(at + 1, cell) : plain(at, cell);
            cells.add(cell.toString());
            if (cells.size() > CELLS_MAX) {
                throw error("A row has more than %,d cells".formatted(CELLS_MAX));
            }
            if (at >= text.length()) {
                throw error("Its last line has no end: it was cut off");
            }
            char end = text.charAt(at);
            if (end == separator) {
                at++;
                continue;
            }
            if (end == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n') {
                at++;
            } else if (end != '\n') {
                throw error("Something follows a closed quote");
            }
            line++;
            return at + 1;
        }
    }

    private int plain(int from, StringBuilder cell) {
        int at = from;
        while (at < text.length()) {
            char next = text.charAt(at);
            boolean lineEnd = next == '\n' || (next == '\r' && at + 1 < text.length() && text.charAt(at + 1) == '\n');
            if (next == separator || lineEnd) {
                break;
            }
            cell.append(next);
            at++;
        }
        return at;
    }

    private int quoted(int from, StringBuilder cell) throws UnreadableEvidence {
        int at = from;
        while (at < text.length()) {
            char next = text.charAt(at);
            if (next == '"' && at + 1 < text.length() && text.charAt(at + 1) == '"') {
                cell.append('"');
                at += 2;
            } else if (next == '"') {
                return at + 1;
            } else {
                line += next == '\n' ? 1 : 0;
                cell.append(next);
                at++;
            }
        }
        throw error("A quote is not closed: it was cut off");
    }

    private UnreadableEvidence error(String message) {
        return new UnreadableEvidence(message, line, 1);
    }
}
