package dev.slipway.bench;

import io.netty.buffer.ByteBuf;
import io.netty.util.ByteProcessor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads one HTTP/1.1 message after the other (RFC 9112) from the pieces in which they come. It knows lengths and chunks
 * and nothing else, and what it costs is next to nothing beside what is measured: a whole codec would be a third of it.
 */
final class MessageReader {
    private static final int HEAD_BYTES_MAX = 32_768;
    private static final int CHUNK_LINE_BYTES_MAX = 64;
    private static final int SWITCHING_PROTOCOLS = 101;

    /** Who hears of a message, in its order. */
    interface Heard {
        /** @param head all of it, with the empty line; valid during the call */
        void head(Head head);

        /** Part of the body, from the reader index on. */
        void body(ByteBuf in, int bytes);

        void end();
    }

    /** What is wrong with the bytes. */
    static final class NotHttp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotHttp(String message) {
            super(message, null, false, false);
        }
    }

    private enum At {
        HEAD,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        RAW
    }

    private final Heard heard;
    private final byte[] line = new byte[HEAD_BYTES_MAX];
    private int length;
    private long left;
    private At at = At.HEAD;

    MessageReader(Heard heard) {
        this.heard = heard;
    }

    /** A head, as bytes: whoever wants a text of it makes one. */
    static final class Head {
        private final byte[] bytes;
        private final int length;

        private Head(byte[] bytes, int length) {
            this.bytes = bytes;
            this.length = length;
        }

        /** Of an answer; 0 for what is none. */
        int status() {
            boolean answer = length > 12 && bytes[0] == 'H' && bytes[4] == '/';
            return answer ? (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + (bytes[11] - '0') : 0;
        }

        /** Whether it has a header, by its name in lower case. */
        boolean has(String name) {
            return valueAt(name.getBytes(StandardCharsets.US_ASCII)) >= 0;
        }

        String text() {
            return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        }

        /** The value of a header, empty where it is absent. */
        String value(String name) {
            int from = valueAt(name.getBytes(StandardCharsets.US_ASCII));
            int to = from;
            while (to >= 0 && to < length && bytes[to] != '\r') {
                to++;
            }
            return from < 0 ? "" : new String(bytes, from, to - from, StandardCharsets.ISO_8859_1).strip();
        }

        private int valueAt(byte[] lowerCaseName) {
            int from = afterLine(0);
            while (from < length - 2) {
                if (begins(from, lowerCaseName)) {
                    return from + lowerCaseName.length + 1;
                }
                from = afterLine(from);
            }
            return -1;
        }

        private boolean begins(int from, byte[] lowerCaseName) {
            int colon = from + lowerCaseName.length;
            if (colon >= length || bytes[colon] != ':') {
                return false;
            }
            for (int i = 0; i < lowerCaseName.length; i++) {
                if ((bytes[from + i] | 0x20) != lowerCaseName[i] && bytes[from + i] != lowerCaseName[i]) {
                    return false;
                }
            }
            return true;
        }

        private int afterLine(int from) {
            int place = from;
            while (place < length && bytes[place] != '\n') {
                place++;
            }
            return place + 1;
        }
    }

    /** From now on the bytes are not HTTP any more: all of them are body. */
    void raw() {
        at = At.RAW;
    }

    /** Takes all that is there. */
    void read(ByteBuf in) {
        while (in.isReadable()) {
            switch (at) {
                case HEAD -> {
                    if (lineInto(in, HEAD_BYTES_MAX) && (length == 2 || headIsWhole())) {
                        headRead();
                    }
                }
                case BODY, CHUNK -> {
                    int bytes = (int) Math.min(left, in.readableBytes());
                    heard.body(in, bytes);
                    in.skipBytes(bytes);
                    left -= bytes;
                    if (left == 0) {
                        partRead();
                    }
                }
                case CHUNK_SIZE -> {
                    if (lineInto(in, CHUNK_LINE_BYTES_MAX)) {
                        left = chunkSize();
                        length = 0;
                        at = left == 0 ? At.TRAILER : At.CHUNK;
                    }
                }
                case CHUNK_END -> {
                    if (lineInto(in, 2)) {
                        length = 0;
                        at = At.CHUNK_SIZE;
                    }
                }
                case TRAILER -> {
                    if (lineInto(in, HEAD_BYTES_MAX) && (length == 2 || headIsWhole())) {
                        ended();
                    }
                }
                case RAW -> {
                    int bytes = in.readableBytes();
                    heard.body(in, bytes);
                    in.skipBytes(bytes);
                }
            }
        }
    }

    /** Moves bytes up to and with the end of a line; true if that end was there. */
    private boolean lineInto(ByteBuf in, int max) {
        int end = in.forEachByte(ByteProcessor.FIND_LF);
        int bytes = end < 0 ? in.readableBytes() : end + 1 - in.readerIndex();
        if (length + bytes > max) {
            throw new NotHttp("a head or a line is longer than %d bytes".formatted(max));
        }
        in.readBytes(line, length, bytes);
        length += bytes;
        return end >= 0;
    }

    private boolean headIsWhole() {
        return length >= 4 && line[length - 3] == '\n' && line[length - 2] == '\r';
    }

    private void headRead() {
        Head head = new Head(line, length);
        heard.head(head);
        if (at == At.RAW) {
            length = 0;
            return;
        }
        int status = head.status();
        if (head.has("transfer-encoding")) {
            at = At.CHUNK_SIZE;
        } else {
            String said = head.value("content-length");
            if (said.isEmpty() && status != 0 && status >= 200 && status != 204 && status != 304) {
                throw new NotHttp("an answer has neither a length nor chunks: " + head.text());
            }
            left = said.isEmpty() || status == SWITCHING_PROTOCOLS ? 0 : Long.parseLong(said);
            at = At.BODY;
        }
        length = 0;
        if (at == At.BODY && left == 0) {
            ended();
        }
    }

    private void partRead() {
        if (at == At.CHUNK) {
            at = At.CHUNK_END;
        } else {
            ended();
        }
    }

    private void ended() {
        length = 0;
        at = At.HEAD;
        heard.end();
    }

    private long chunkSize() {
        String said = new String(line, 0, length, StandardCharsets.US_ASCII).strip();
        int extension = said.indexOf(';');
        try {
            return Long.parseLong(extension < 0 ? said : said.substring(0, extension), 16);
        } catch (NumberFormatException notHex) {
            throw new NotHttp("a chunk's size is '%s'".formatted(said.toLowerCase(Locale.ROOT)));
        }
    }

    /** For tests and messages: what was read of a head that is not whole. */
    @Override
    public String toString() {
        return at + " " + new String(Arrays.copyOf(line, length), StandardCharsets.ISO_8859_1);
    }
}
