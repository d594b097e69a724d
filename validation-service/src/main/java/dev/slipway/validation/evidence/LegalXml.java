package dev.slipway.validation.evidence;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The characters of an XML document as a parser takes them. What XML 1.0 forbids (section 2.2: most control characters, raw
 * or as a reference) and bytes that are no text in the document's encoding become U+FFFD, each remembered with its place:
 * test tools write terminal colours and other people's output as they come. Whoever reads what counts asks whether
 * anything was replaced there.
 */
final class LegalXml extends Reader {
    static final char REPLACEMENT = '\uFFFD';
    private static final int END = -1;
    private static final int NO_TEXT = -2;
    private static final int BUFFER_CHARS = 8_192;
    private static final int REFERENCE_CHARS_MAX = 16;
    private static final int REMEMBERED_MAX = 1_000;
    private static final int DECLARATION_BYTES_MAX = 200;
    private static final Pattern ENCODING =
            Pattern.compile("^\\s*<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']");
    private static final Pattern REFERENCE = Pattern.compile("#(?:([0-9]{1,10})|x([0-9a-fA-F]{1,8}));");

    /**
     * A character that was replaced.
     *
     * @param codePoint of it, or below zero for bytes that are no text
     * @param line of the document, from 1
     * @param column of the document, from 1
     * @param parserColumn where the parser saw the replacement
     * @param shorter by how many characters the line got shorter
     */
    record Replaced(int codePoint, int line, int column, int parserColumn, int shorter) {
        String what() {
            return codePoint < 0 ? "a byte that is no text" : "the character U+%04X".formatted(codePoint);
        }
    }

    private enum Within {
        MARKUP,
        COMMENT,
        CDATA
    }

    private final ByteBuffer bytes;
    private final CharsetDecoder decoder;
    private final CharBuffer decoded = CharBuffer.allocate(BUFFER_CHARS);
    private final Deque<Integer> ahead = new ArrayDeque<>();
    private final Deque<Character> due = new ArrayDeque<>();
    private final List<Replaced> replaced = new ArrayList<>();
    private final StringBuilder tail = new StringBuilder();
    private final boolean ordinary;
    private Within within = Within.MARKUP;
    private boolean noText;
    private boolean drained;
    private long count;
    private int line = 1;
    private int column;
    private int parserColumn;
    private int before;

    private LegalXml(ByteBuffer bytes, Charset charset) {
        this.bytes = bytes;
        this.decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        this.ordinary = charset.equals(StandardCharsets.UTF_8) && OrdinaryXml.is(bytes.duplicate());
        decoded.flip();
    }

    /** By byte order mark, else by what the document declares, else UTF-8. */
    static LegalXml of(byte[] document) throws UnreadableEvidence {
        int b0 = document.length > 0 ? document[0] & 0xFF : 0x100;
        int b1 = document.length > 1 ? document[1] & 0xFF : 0x100;
        int b2 = document.length > 2 ? document[2] & 0xFF : 0x100;
        if (b0 == 0xEF && b1 == 0xBB && b2 == 0xBF) {
            return new LegalXml(ByteBuffer.wrap(document).position(3), StandardCharsets.UTF_8);
        }
        if ((b0 == 0xFE && b1 == 0xFF) || (b0 == 0 && b1 == '<')) {
            return new LegalXml(ByteBuffer.wrap(document).position(b0 == 0 ? 0 : 2), StandardCharsets.UTF_16BE);
        }
        if ((b0 == 0xFF && b1 == 0xFE) || (b0 == '<' && b1 == 0)) {
            return new LegalXml(ByteBuffer.wrap(document).position(b0 == '<' ? 0 : 2), StandardCharsets.UTF_16LE);
        }
        return new LegalXml(ByteBuffer.wrap(document), declared(document));
    }

    private static Charset declared(byte[] document) throws UnreadableEvidence {
        int length = Math.min(document.length, DECLARATION_BYTES_MAX);
        Matcher declared = ENCODING.matcher(new String(document, 0, length, StandardCharsets.ISO_8859_1));
        if (!declared.find()) {
            return StandardCharsets.UTF_8;
        }
        try {
            Charset charset = Charset.forName(declared.group(1));
            // one that took two bytes a character could not have been declared in bytes of one
            return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32")
                    ? StandardCharsets.UTF_8
                    : charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new UnreadableEvidence("The encoding %s is not known here; write UTF-8".formatted(declared.group(1)));
        }
    }

    /** How many were replaced. */
    long count() {
        return count;
    }

    Optional<Replaced> first() {
        return replaced.stream().findFirst();
    }

    /** The first that was replaced between two places as the parser tells them. */
    Optional<Replaced> between(Place from, Place to) {
        return replaced.stream()
                .filter(one -> new Place(one.line(), one.parserColumn()).compareTo(from) >= 0)
                .filter(one -> new Place(one.line(), one.parserColumn()).compareTo(to) <= 0)
                .findFirst();
    }

    /** The place in the document, where the parser's column counts what it was given. */
    Place inDocument(Place parsers) {
        int shorter = replaced.stream()
                .filter(one -> one.line() == parsers.line() && one.parserColumn() < parsers.column())
                .mapToInt(Replaced::shorter)
                .sum();
        return new Place(parsers.line(), parsers.column() + shorter);
    }

    /** Line and column, from 1. */
    record Place(int line, int column) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return line == other.line ? Integer.compare(column, other.column) : Integer.compare(line, other.line);
        }
    }

    @Override
    public int read(char[] into, int offset, int length) {
        if (ordinary && length > 1 && due.isEmpty() && ahead.isEmpty() && !decoded.hasRemaining()) {
            return straight(into, offset, length);
        }
        int written = 0;
        while (written < length) {
            int next = produce();
            if (next == END) {
                return written == 0 ? END : written;
            }
            into[offset + written++] = (char) next;
        }
        return written;
    }

    /** Where there is nothing to replace: most documents are of that kind, and this is many times as fast. */
    private int straight(char[] into, int offset, int length) {
        int plain = plain(into, offset, Math.min(length, bytes.remaining()));
        if (plain > 0 || !bytes.hasRemaining()) {
            return plain == 0 ? END : plain;
        }
        CharBuffer decodes = CharBuffer.wrap(into, offset, length);
        decoder.decode(bytes, decodes, true); // it takes two characters at least, so it gets on
        int written = decodes.position() - offset;
        return written == 0 ? END : written;
    }

    /** How many characters of ASCII stand here and were given: bytes that are characters need no decoder. */
    private int plain(char[] into, int offset, int atMost) {
        byte[] all = bytes.array();
        int from = bytes.arrayOffset() + bytes.position();
        int given = 0;
        while (given < atMost && all[from + given] >= 0) {
            into[offset + given] = (char) all[from + given];
            given++;
        }
        bytes.position(bytes.position() + given);
        return given;
    }

    @Override
    public void close() {
        // nothing is held
    }

    private int produce() {
        if (!due.isEmpty()) {
            return passed(due.remove());
        }
        int next = take();
        if (next == END) {
            return END;
        }
        if (next == '&' && within == Within.MARKUP) {
            return reference();
        }
        if (next >= 0 && Character.isHighSurrogate((char) next) && isLow(peek(0))) {
            due.add((char) take());
            return passed((char) next);
        }
        return next == NO_TEXT || !isLegal(next) ? replaced(next, 0) : passed((char) next);
    }

    /** A reference to a forbidden character; any other is the parser's. */
    private int reference() {
        if (peek(0) != '#') {
            return passed('&');
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < REFERENCE_CHARS_MAX && text.indexOf(";") < 0 && peek(i) >= 0; i++) {
            text.append((char) peek(i));
        }
        Matcher reference = REFERENCE.matcher(text);
        if (!reference.matches()) {
            return passed('&');
        }
        long codePoint = reference.group(1) != null
                ? Long.parseLong(reference.group(1))
                : Long.parseLong(reference.group(2), 16);
        if (codePoint > Character.MAX_CODE_POINT || isLegal((int) codePoint)) {
            return passed('&'); // one beyond Unicode is refused by the parser
        }
        for (int i = 0; i < text.length(); i++) {
            take();
        }
        return replaced((int) codePoint, text.length());
    }

    private int replaced(int codePoint, int shorter) {
        count++;
        passed(REPLACEMENT);
        if (replaced.size() < REMEMBERED_MAX) {
            replaced.add(new Replaced(codePoint, line, column, parserColumn, shorter));
        }
        column += shorter;
        return REPLACEMENT;
    }

    static boolean isLegal(int c) {
        return c == '\t'
                || c == '\n'
                || c == '\r'
                || (c >= 0x20 && c <= 0xD7FF)
                || (c >= 0xE000 && c <= REPLACEMENT)
                || c >= 0x10000;
    }

    private static boolean isLow(int c) {
        return c >= 0 && Character.isLowSurrogate((char) c);
    }

    /** Counts places as the parser does: a line ends with LF, CR or both. */
    private char passed(char c) {
        if (before == '\n' || (before == '\r' && c != '\n')) {
            line++;
            column = 0;
            parserColumn = 0;
        }
        before = c;
        column++;
        parserColumn++;
        notice(c);
        return c;
    }

    /** In a comment and in CDATA an ampersand is an ampersand. */
    private void notice(char c) {
        tail.append(c);
        if (tail.length() > 9) {
            tail.deleteCharAt(0);
        }
        if (c != '[' && c != '-' && c != '>') {
            return;
        }
        String last = tail.toString();
        within = switch (within) {
            case MARKUP ->
                last.endsWith("<![CDATA[") ? Within.CDATA : last.endsWith("<!--") ? Within.COMMENT : Within.MARKUP;
            case COMMENT -> last.endsWith("-->") ? Within.MARKUP : Within.COMMENT;
            case CDATA -> last.endsWith("]]>") ? Within.MARKUP : Within.CDATA;
        };
    }

    private int take() {
        Integer next = ahead.poll();
        return next == null ? decode() : next;
    }

    private int peek(int places) {
        while (ahead.size() <= places) {
            int next = decode();
            if (next == END) {
                return END;
            }
            ahead.add(next);
        }
        return ahead.stream().skip(places).findFirst().orElse(END);
    }

    private int decode() {
        while (!decoded.hasRemaining()) {
            if (noText) {
                noText = false;
                return NO_TEXT;
            }
            if (drained) {
                return END;
            }
            fill();
        }
        return decoded.get();
    }

    private void fill() {
        decoded.clear();
        CoderResult result = decoder.decode(bytes, decoded, true);
        decoded.flip();
        if (result.isError()) {
            bytes.position(bytes.position() + result.length());
            noText = true;
        } else if (result.isUnderflow()) {
            drained = true;
        }
    }
}
