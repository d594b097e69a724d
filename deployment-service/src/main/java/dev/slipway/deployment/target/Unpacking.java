package dev.slipway.deployment.target;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.ArchiveException;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Reads an archive into a {@link NewTree}. What cannot be read as such an archive is refused, as it would be again. */
final class Unpacking {
    private static final int PLAIN_FILE_MODE = 0644;
    private static final int FOUR_BYTES_OF_END = 0x06054b50; // PK 5 6: end of central directory, APPNOTE 4.3.16
    private static final int END_BYTES = 22;
    private static final int END_BYTES_MAX = END_BYTES + 65_535; // with the longest comment
    private static final int ENTRIES_AT = 10;
    private static final int SIXTEEN_BITS = 0xffff;

    private Unpacking() {}

    static void unpack(ArchiveFormat format, Path archive, NewTree tree, int entriesMax) throws IOException {
        try {
            switch (format) {
                case TAR_GZ -> tarGz(archive, tree);
                case ZIP -> zip(archive, tree, entriesMax);
            }
        } catch (ZipException | EOFException | ArchiveException | IllegalArgumentException damaged) {
            throw unreadable(format, damaged);
        } catch (IOException trouble) {
            if (String.valueOf(trouble.getMessage())
                    .matches("(?s).*(not in the .gz format|[Cc]orrupt|Truncated|Error detected parsing).*")) {
                throw unreadable(format, trouble);
            }
            throw trouble;
        }
    }

    private static ArchiveRefused unreadable(ArchiveFormat format, Exception why) {
        ArchiveRefused refused = new ArchiveRefused(
                "The artifact is named like a %s archive and cannot be read as one (%s): pack it anew"
                        .formatted(format == ArchiveFormat.ZIP ? ".zip" : ".tar.gz", why.getMessage()));
        refused.initCause(why);
        return refused;
    }

    private static void tarGz(Path archive, NewTree tree) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                InputStream bytes = GzipCompressorInputStream.builder()
                        .setInputStream(file)
                        .setDecompressConcatenated(true)
                        .get();
                TarArchiveInputStream tar = new TarArchiveInputStream(bytes)) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName();
                if (entry.isSymbolicLink() || entry.isLink()) {
                    throw NewTree.link(name);
                } else if (entry.isDirectory()) {
                    tree.addFolder(name);
                } else if (entry.isFile() && !isSpecial(entry) && tar.canReadEntryData(entry)) {
                    tree.addFile(name, entry.getMode(), tar);
                } else if (!entry.isGlobalPaxHeader()) { // what git archive begins with
                    throw NewTree.kind(name);
                }
            }
        }
    }

    /** isFile() holds for what it does not know, too. */
    private static boolean isSpecial(TarArchiveEntry entry) {
        return entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice() || entry.isGlobalPaxHeader();
    }

    private static void zip(Path archive, NewTree tree, int entriesMax) throws IOException {
        NewTree.requireFewEnough(entriesSaid(archive), entriesMax); // all of them are held in memory
        try (ZipFile zip = ZipFile.builder().setPath(archive).get()) {
            for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
                String name = entry.getName();
                if (entry.isUnixSymlink()) {
                    throw NewTree.link(name);
                } else if (entry.isDirectory()) {
                    tree.addFolder(name);
                } else if (zip.canReadEntryData(entry)) {
                    try (InputStream content = zip.getInputStream(entry)) {
                        tree.addFile(name, mode(entry), content);
                    }
                } else {
                    throw NewTree.kind(name);
                }
            }
        }
    }

    /** Zips made on other systems hold no modes. */
    private static int mode(ZipArchiveEntry entry) {
        return entry.getUnixMode() == 0 ? PLAIN_FILE_MODE : entry.getUnixMode();
    }

    /** How many entries the archive says that it has; 65,535 may be more. */
    private static int entriesSaid(Path archive) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(archive.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(file.length(), END_BYTES_MAX)];
            file.seek(file.length() - end.length);
            file.readFully(end);
            ByteBuffer numbers = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN);
            for (int at = end.length - END_BYTES; at >= 0; at--) {
                if (numbers.getInt(at) == FOUR_BYTES_OF_END) {
                    return numbers.getShort(at + ENTRIES_AT) & SIXTEEN_BITS;
                }
            }
        }
        throw new ZipException("it has no end of its directory");
    }
}
