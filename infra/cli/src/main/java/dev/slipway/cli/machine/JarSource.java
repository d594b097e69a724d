package dev.slipway.cli.machine;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/**
 * A jar that a program runs from, wherever it is now.
 *
 * @param crc CRC-32 of its content: it tells builds apart, it protects from nobody
 * @param copy puts it at a path that is free
 */
record JarSource(String fileName, long bytes, long crc, Copy copy) {
    /** Puts a jar at a path. */
    @FunctionalInterface
    interface Copy {
        void to(Path target) throws IOException;
    }

    static JarSource of(Path jar) throws IOException {
        CRC32 crc = new CRC32();
        try (InputStream content =
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(jar), 1 << 16), crc)) {
            content.transferTo(java.io.OutputStream.nullOutputStream());
        }
        return new JarSource(
                jar.getFileName().toString(), Files.size(jar), crc.getValue(), target -> Files.copy(jar, target));
    }

    /** One line that is equal for equal jars. */
    String fingerprint() {
        return "%s %d %08x".formatted(fileName, bytes, crc);
    }
}
