package dev.slipway.gateway.passing;

/**
 * Follows the frames of a WebSocket (RFC 6455 section 5.2) in one direction without touching them, to know where one ends
 * and whether the last was a Close: only there something may be put in. One thread's.
 */
public final class FrameTrack {
    private static final int FIRST_BYTES = 2;
    private static final int HEAD_MAX = 14;
    private static final int OPCODE = 0x0f;
    private static final int CLOSE = 8;
    private static final int MASKED = 0x80;
    private static final int LENGTH = 0x7f;
    private static final int LENGTH_OF_2 = 126;
    private static final int LENGTH_OF_8 = 127;

    private final byte[] head = new byte[HEAD_MAX];
    private int headBytes;
    private int headNeeded = FIRST_BYTES;
    private long payloadLeft;
    private boolean closed;

    /** Bytes that came, by their index. */
    @FunctionalInterface
    public interface Bytes {
        byte at(int index);
    }

    /** Whether what comes next is the first byte of a frame. */
    public boolean atBoundary() {
        return headBytes == 0;
    }

    /** Whether a whole Close frame has come. */
    public boolean closed() {
        return closed;
    }

    /** Follows all bytes from one index up to another. */
    public void follow(Bytes bytes, int from, int to) {
        int at = from;
        while (at < to) {
            at = toBoundary(bytes, at, to);
        }
    }

    /**
     * Follows the bytes up to the end of the frame that is under way, or of the next one.
     *
     * @return the index after the frame's last byte, or {@code to} where it does not end before
     */
    public int toBoundary(Bytes bytes, int from, int to) {
        int at = from;
        while (at < to) {
            if (headBytes < headNeeded) {
                head[headBytes++] = bytes.at(at++);
                if (headBytes == FIRST_BYTES) {
                    headNeeded = FIRST_BYTES + lengthBytes() + ((head[1] & MASKED) == 0 ? 0 : 4);
                }
                payloadLeft = headBytes == headNeeded ? length() : 0;
            } else {
                int step = (int) Math.min(payloadLeft, to - at);
                payloadLeft -= step;
                at += step;
            }
            if (headBytes == headNeeded && payloadLeft == 0) {
                end();
                return at;
            }
        }
        return at;
    }

    private void end() {
        closed |= (head[0] & OPCODE) == CLOSE;
        headBytes = 0;
        headNeeded = FIRST_BYTES;
    }

    private int lengthBytes() {
        return switch (head[1] & LENGTH) {
            case LENGTH_OF_2 -> 2;
            case LENGTH_OF_8 -> 8;
            default -> 0;
        };
    }

    private long length() {
        int bytes = lengthBytes();
        if (bytes == 0) {
            return head[1] & LENGTH;
        }
        long length = 0;
        for (int i = 0; i < bytes; i++) {
            length = (length << 8) | (head[FIRST_BYTES + i] & 0xff);
        }
        return length & Long.MAX_VALUE; // the first bit is none of the length
    }
}
