package dev.slipway.platform.inbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Lines that survive the death of the process, in two files at most: the open one, and the one that was closed when it
 * had reached its size, which replaces the closed one before it.
 */
final class Journal implements AutoCloseable {
    private final Path open;
    private final Path closed;
    private final long bytesMax;
    private FileChannel channel;

    Journal(Path directory, String name, long bytesMax) {
        this.open = directory.resolve(name + ".jsonl");
        this.closed = directory.resolve(name + ".1.jsonl");
        this.bytesMax = bytesMax;
        try {
            Files.createDirectories(directory);
            channel = append();
            endCutLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All lines that are kept, oldest first. The last one of a process that died may be cut short. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (Path file : List.of(closed, open)) {
            if (Files.exists(file)) {
                lines.addAll(Arrays.asList(read(file).split("\n", -1)));
            }
        }
        lines.removeIf(String::isBlank);
        return lines;
    }

    /** @throws UncheckedIOException if the line is not written */
    synchronized void add(String line) {
        try {
            if (channel.size() >= bytesMax) {
                rotate();
            }
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void rotate() throws IOException {
        channel.close();
        Files.move(open, closed, StandardCopyOption.REPLACE_EXISTING);
        channel = append();
    }

    private FileChannel append() throws IOException {
        return FileChannel.open(open, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void endCutLine() throws IOException {
        if (channel.size() > 0 && !read(open).endsWith("\n")) {
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}));
        }
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
