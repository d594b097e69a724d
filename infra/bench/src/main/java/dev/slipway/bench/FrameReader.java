package dev.slipway.bench;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Reads WebSocket frames (RFC 6455 section 5) from the pieces in which they come, and joins fragments of a message. */
final class FrameReader {
    static final int TEXT_OR_BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    private static final int MESSAGE_BYTES_MAX = 1 << 20;
    private static final int HEAD_BYTES_MAX = 14;

    private final Heard heard;
    private final byte[] head = new byte[HEAD_BYTES_MAX];
    private byte[] payload = new byte[0]; // most connections never have a frame
    private int headLength;
    private int message;
    private int frameStart;
    private long left = -1;

    /** Hears of whole messages and of control frames. */
    @FunctionalInterface
    interface Heard {
        /** @param opcode {@link #TEXT_OR_BINARY} for a message, else that of the control frame */
        void frame(int opcode, byte[] payload, int length);
    }

    FrameReader(Heard heard) {
        this.heard = heard;
    }

    void read(ByteBuf in, int bytes) {
        int end = in.readerIndex() + bytes;
        int place = in.readerIndex();
        while (place < end || left == 0) {
            if (left < 0) {
                head[headLength++] = in.getByte(place++);
                if (headLength == headSize()) {
                    begin();
                }
            } else {
                int part = (int) Math.min(left, end - place);
                in.getBytes(place, payload, message, part);
                message += part;
                place += part;
                left -= part;
                if (left > 0) {
                    return;
                }
                ended();
            }
        }
    }

    private int headSize() {
        if (headLength < 2) {
            return HEAD_BYTES_MAX;
        }
        int said = head[1] & 0x7f;
        return 2 + (said == 126 ? 2 : said == 127 ? 8 : 0) + (masked() ? 4 : 0);
    }

    private boolean masked() {
        return head[1] < 0;
    }

    private void begin() {
        int said = head[1] & 0x7f;
        int lengthBytes = said == 126 ? 2 : said == 127 ? 8 : 0;
        long length = lengthBytes == 0 ? said : 0;
        for (int i = 0; i < lengthBytes; i++) {
            length = (length << 8) | (head[2 + i] & 0xff);
        }
        if (message + length > MESSAGE_BYTES_MAX) {
            throw new MessageReader.NotHttp("a message is longer than %d bytes".formatted(MESSAGE_BYTES_MAX));
        }
        if (message + length > payload.length) {
            payload = Arrays.copyOf(payload, Math.max((int) (message + length), 2 * payload.length));
        }
        frameStart = message;
        left = length;
    }

    private void ended() {
        int opcode = head[0] & 0x0f;
        boolean last = head[0] < 0;
        if (masked()) {
            for (int i = frameStart; i < message; i++) {
                payload[i] ^= head[headLength - 4 + ((i - frameStart) & 3)];
            }
        }
        headLength = 0;
        left = -1;
        if (opcode >= CLOSE) {
            byte[] control = Arrays.copyOfRange(payload, frameStart, message);
            message = frameStart;
            heard.frame(opcode, control, control.length);
        } else if (last) {
            int length = message;
            message = 0;
            heard.frame(TEXT_OR_BINARY, payload, length);
        }
    }

    /** A frame that is a whole binary message; a client's is masked, here by zeros, which is as good as any key. */
    static byte[] binary(byte[] message, boolean ofClient) {
        int lengthBytes = message.length < 126 ? 0 : message.length < 65_536 ? 2 : 8;
        byte[] frame = new byte[2 + lengthBytes + (ofClient ? 4 : 0) + message.length];
        frame[0] = (byte) 0x82;
        int said = lengthBytes == 0 ? message.length : lengthBytes == 2 ? 126 : 127;
        frame[1] = (byte) (said | (ofClient ? 0x80 : 0));
        for (int i = 0; i < lengthBytes; i++) {
            frame[2 + i] = (byte) ((long) message.length >> (8 * (lengthBytes - 1 - i)));
        }
        System.arraycopy(message, 0, frame, frame.length - message.length, message.length);
        return frame;
    }
}
