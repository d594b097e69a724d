package dev.slipway.cli.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * The files in a ZIP that shows everybody the same. There are two ways to read one: from its beginning, file by file, and by
 * the table at its end. Where these differ, or anything stands beside the files, whoever unpacks it may see something else
 * than what was checked, so it is refused.
 */
final class ArchiveEntries {
    private static final int END_BYTES = 22;
    private static final int END_SIGNATURE = 0x06054b50;
    private static final int TABLE_BYTES_AT = 12;
    private static final int TABLE_AT = 16;
    private static final int COMMENT_BYTES_AT = 20;

    private ArchiveEntries() {}

    /**
     * All of them, by name.
     *
     * @throws IOException if it is no ZIP, holds more than it may, a file twice, or anything beside its files; the message
     *     says which
     */
    static SortedMap<String, byte[]> read(Path file, long bytesMax, int entriesMax) throws IOException {
        SortedMap<String, byte[]> entries = fromItsBeginning(file, bytesMax, entriesMax);
        requireNothingBehind(file);
        requireSameTable(file, entries);
        return entries;
    }

    private static SortedMap<String, byte[]> fromItsBeginning(Path file, long bytesMax, int entriesMax)
            throws IOException {
        SortedMap<String, byte[]> entries = new TreeMap<>();
        long bytes = 0;
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] content = zip.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, bytesMax - bytes + 1));
                bytes += content.length;
                if (bytes > bytesMax || entries.size() == entriesMax) {
                    throw new ZipException(
                            "it holds more than %d MB or %d files".formatted(bytesMax >> 20, entriesMax));
                }
                if (entries.put(entry.getName(), content) != null) {
                    throw new ZipException("it holds %s twice".formatted(entry.getName()));
                }
            }
        }
        return entries;
    }

    /** The table ends where its own end begins, and that is the end of the file. */
    private static void requireNothingBehind(Path file) throws IOException {
        ByteBuffer end = ByteBuffer.allocate(END_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel bytes = FileChannel.open(file)) {
            long from = bytes.size() - END_BYTES;
            while (from >= 0 && end.hasRemaining() && bytes.read(end, from + end.position()) > 0) {
                // until all of it is there
            }
            long table = Integer.toUnsignedLong(end.getInt(TABLE_AT));
            long tableBytes = Integer.toUnsignedLong(end.getInt(TABLE_BYTES_AT));
            if (end.getInt(0) != END_SIGNATURE || end.getShort(COMMENT_BYTES_AT) != 0 || table + tableBytes != from) {
                throw new ZipException("it is no ZIP, or something stands before or behind its files");
            }
        }
    }

    private static void requireSameTable(Path file, SortedMap<String, byte[]> entries) throws IOException {
        Set<String> listed = new HashSet<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = entry.getName();
                byte[] content = entries.get(name);
                if (content == null
                        || !listed.add(name)
                        || entry.getComment() != null
                        || !Arrays.equals(content, content(zip, entry, content.length + 1))) {
                    throw new ZipException("its table of contents has another %s than stands in it".formatted(name));
                }
            }
        }
        if (listed.size() < entries.size()) {
            throw new ZipException(
                    "its table of contents lists %d of %d files".formatted(listed.size(), entries.size()));
        }
    }

    private static byte[] content(ZipFile zip, ZipEntry entry, int bytesMax) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes(bytesMax);
        }
    }
}
