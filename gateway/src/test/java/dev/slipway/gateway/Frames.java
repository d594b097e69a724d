package dev.slipway.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Frames of WebSockets (RFC 6455 section 5.2), as bytes. Each byte of a text is one character below 256. */
final class Frames {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final byte[] MASK = {0x11, 0x22, 0x33, 0x44};

    private Frames() {}

    /** One frame that was read, unmasked. */
    record Frame(boolean fin, int opcode, byte[] payload) {
        int closeCode() {
            return ByteBuffer.wrap(payload).getShort() & 0xffff;
        }

        String text() {
            return new String(payload, StandardCharsets.ISO_8859_1);
        }
    }

    static String masked(boolean fin, int opcode, String payload) {
        return string(bytes(fin ? FIN | opcode : opcode, payload.getBytes(StandardCharsets.ISO_8859_1), MASK));
    }

    static String plain(boolean fin, int opcode, String payload) {
        return string(bytes(fin ? FIN | opcode : opcode, payload.getBytes(StandardCharsets.ISO_8859_1), null));
    }

    static String close(int code, boolean masked) {
        byte[] payload = ByteBuffer.allocate(2).putShort((short) code).array();
        return string(bytes(FIN | CLOSE, payload, masked ? MASK : null));
    }

    /** @param first with its flags and its opcode */
    static byte[] bytes(int first, byte[] payload, byte @Nullable [] mask) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 14);
        frame.write(first);
        int masked = mask == null ? 0 : MASKED;
        if (payload.length < 126) {
            frame.write(masked | payload.length);
        } else if (payload.length < 1 << 16) {
            frame.write(masked | 126);
            frame.writeBytes(
                    ByteBuffer.allocate(2).putShort((short) payload.length).array());
        } else {
            frame.write(masked | 127);
            frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
        }
        if (mask != null) {
            frame.writeBytes(mask);
        }
        for (int i = 0; i < payload.length; i++) {
            frame.write(mask == null ? payload[i] : payload[i] ^ mask[i % mask.length]);
        }
        return frame.toByteArray();
    }

    /** The next frame; null at the end of the connection. */
    static @Nullable Frame read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        int first = in.read();
        if (first < 0) {
            return null;
        }
        int second = in.readUnsignedByte();
        long length = switch (second & 0x7f) {
            case 126 -> in.readUnsignedShort();
            case 127 -> in.readLong();
            default -> second & 0x7f;
        };
        byte[] mask = (second & MASKED) == 0 ? new byte[4] : in.readNBytes(4);
        byte[] payload = in.readNBytes((int) length);
        if (payload.length < length) {
            throw new EOFException();
        }
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return new Frame((first & FIN) != 0, first & 0x0f, payload);
    }

    /** What a version answers to the key of a handshake (RFC 6455 section 4.2.2). */
    static String accept(String key) {
        try {
            byte[] all = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(all));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String string(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
