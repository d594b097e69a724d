package dev.slipway.validation.evidence;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Whether a document has nothing in it that XML forbids: told from its bytes, without taking it apart. */
final class OrdinaryXml {
    private static final int BUFFER_CHARS = 8_192;
    private static final int DIGITS_MAX = 8;

    private OrdinaryXml() {}

    /**
     * True only where nothing is to be replaced; a reference that looks forbidden makes it false though it stands in a
     * comment.
     *
     * @param document in UTF-8, from its first character on; it has an array
     */
    static boolean is(ByteBuffer document) {
        byte[] bytes = document.array();
        int end = document.arrayOffset() + document.limit();
        boolean ascii = true;
        for (int i = document.arrayOffset() + document.position(); i < end; i++) {
            byte b = bytes[i];
            if (b > '&') {
                continue; // nearly all
            }
            if (b < 0) {
                ascii = false;
            } else if (b < ' ' && b != '\n' && b != '\r' && b != '\t') {
                return false;
            } else if (b == '&' && i + 1 < end && bytes[i + 1] == '#' && !isLegal(bytes, i + 2, end)) {
                return false;
            }
        }
        return ascii || isText(document);
    }

    /** Of a reference, from behind its # on. */
    private static boolean isLegal(byte[] bytes, int from, int end) {
        boolean hex = from < end && bytes[from] == 'x';
        int codePoint = 0;
        int digits = 0;
        for (int i = hex ? from + 1 : from; i < end && bytes[i] != ';'; i++) {
            int digit = Character.digit(bytes[i], hex ? 16 : 10);
            if (digit < 0 || ++digits > DIGITS_MAX) {
                return false;
            }
            codePoint = codePoint * (hex ? 16 : 10) + digit;
        }
        return LegalXml.isLegal(codePoint) && codePoint <= Character.MAX_CODE_POINT;
    }

    private static boolean isText(ByteBuffer document) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer chars = CharBuffer.allocate(BUFFER_CHARS);
        CoderResult result;
        do {
            chars.clear();
            result = decoder.decode(document, chars, true);
            chars.flip();
            while (chars.hasRemaining()) {
                if (chars.get() > LegalXml.REPLACEMENT) {
                    return false;
                }
            }
        } while (result.isOverflow());
        return result.isUnderflow();
    }
}
