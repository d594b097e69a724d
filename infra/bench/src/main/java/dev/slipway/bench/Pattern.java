package dev.slipway.bench;

import java.nio.charset.StandardCharsets;

/** What bodies hold: each byte follows from its place, so that a lost, doubled or moved one shows. */
final class Pattern {
    private static final int PERIOD = 251; // a prime: no buffer size is a multiple of it

    private Pattern() {}

    static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = at(i);
        }
        return bytes;
    }

    static byte at(long place) {
        return (byte) (place % PERIOD);
    }

    /** One event of a stream, 1 KiB with its frame. */
    static byte[] event(int number) {
        String head = "id: %06d\ndata: ".formatted(number);
        return (head + "x".repeat(1_024 - head.length() - 2) + "\n\n").getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] events(int count) {
        byte[] all = new byte[count * 1_024];
        for (int i = 0; i < count; i++) {
            System.arraycopy(event(i), 0, all, i * 1_024, 1_024);
        }
        return all;
    }

    /** What the version says of an upload that came whole. */
    static byte[] received(long size) {
        return "received %d bytes as they were sent".formatted(size).getBytes(StandardCharsets.US_ASCII);
    }
}
