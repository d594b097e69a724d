package dev.slipway.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * A report of one kind as its tools write it, always the same.
 *
 * @param kind of evidence
 * @param title for people; {@code %,d} stands for its size
 * @param size of whatever the title counts, at most what a report of 20 MB holds; 1 for a summary, which does not grow with
 *     what it tells of
 */
record SampleReport(String kind, String title, int size, Form form, Writing writing) {
    private static final int TENTHS = 10;

    /** How a bare parser pulls it. */
    enum Form {
        XML,
        JSON,
        LINES
    }

    /** Writes a report that tells of so many things. */
    @FunctionalInterface
    interface Writing {
        void write(PrintStream out, int size);
    }

    /** One that is as small as it is. */
    static SampleReport summary(String kind, Form form, String text) {
        return new SampleReport(kind, kind, 1, form, (out, _) -> out.print(text));
    }

    /** @param tenths of its full size, 1 to 10 */
    String title(int tenths) {
        return title.formatted(part(tenths));
    }

    /** @param tenths of its full size, 1 to 10 */
    byte[] bytes(int tenths) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            writing.write(out, part(tenths));
        }
        return bytes.toByteArray();
    }

    private int part(int tenths) {
        return Math.max(1, size / TENTHS * tenths);
    }
}
