package dev.slipway.validation.evidence;

import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes that must be UTF-8 throughout: parsers are lenient with what they pass over. */
final class Utf8 {
    private static final int BUFFER_CHARS = 8_192;
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long NO_ASCII = 0x8080808080808080L;

    private Utf8() {}

    /** @throws UnreadableEvidence at the first byte that is no UTF-8 */
    static void require(byte[] document) throws UnreadableEvidence {
        if (document.length >= 2 && (isWide(document[0], document[1]) || document[0] == 0 || document[1] == 0)) {
            throw new UnreadableEvidence("It is UTF-16 or UTF-32, as some shells write it; write UTF-8", 1, 1);
        }
        int ascii = ascii(document);
        if (ascii == document.length) {
            return;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.wrap(document, ascii, document.length - ascii);
        CharBuffer chars = CharBuffer.allocate(BUFFER_CHARS);
        CoderResult result;
        do {
            chars.clear();
            result = decoder.decode(bytes, chars, true);
            if (result.isError()) {
                throw at("A byte here is no UTF-8", document, bytes.position());
            }
        } while (result.isOverflow());
    }

    private static boolean isWide(byte first, byte second) {
        return (first == (byte) 0xFE && second == (byte) 0xFF) || (first == (byte) 0xFF && second == (byte) 0xFE);
    }

    /** How many bytes at the beginning are plain. */
    private static int ascii(byte[] document) {
        int i = 0;
        while (i + 4 * Long.BYTES <= document.length
                && (((long) EIGHT.get(document, i)
                                        | (long) EIGHT.get(document, i + Long.BYTES)
                                        | (long) EIGHT.get(document, i + 2 * Long.BYTES)
                                        | (long) EIGHT.get(document, i + 3 * Long.BYTES))
                                & NO_ASCII)
                        == 0) {
            i += 4 * Long.BYTES;
        }
        while (i < document.length && document[i] >= 0) {
            i++;
        }
        return i;
    }

    /** An error with the place of a byte, counted in lines and characters from 1. */
    static UnreadableEvidence at(String message, byte[] document, long offset) {
        int until = Math.clamp(offset, 0, document.length);
        int line = 1;
        int from = 0;
        for (int i = 0; i < until; i++) {
            if (document[i] == '\n' || (document[i] == '\r' && i + 1 < document.length && document[i + 1] != '\n')) {
                line++;
                from = i + 1;
            }
        }
        int column = 1;
        for (int i = from; i < until; i++) {
            if ((document[i] & 0xC0) != 0x80) {
                column++;
            }
        }
        boolean bom = line == 1 && until >= 3 && document[0] == (byte) 0xEF && document[1] == (byte) 0xBB;
        return new UnreadableEvidence(message, line, bom ? column - 1 : column);
    }
}
