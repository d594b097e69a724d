package dev.slipway.validation.evidence;

import dev.slipway.contracts.Texts;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Several reports in one request, as a ZIP: all of them are taken in or none. It is not kept; its files are. */
public final class ReportArchive implements EvidenceFiles {
    private static final int NAME_CHARS_MAX = 200;
    private static final String BROKEN = "The archive is broken: it is no whole ZIP file";
    /** Size of the record that ends an archive, and where in it the number of entries stands. */
    private static final int END_BYTES = 22;

    private static final int END_ENTRIES = 10;
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    /**
     * Limits of what is sent together.
     *
     * @param filesMax in one archive or folder
     * @param fileBytesMax of one file
     * @param bytesMax of all together, unpacked
     */
    public record Limits(int filesMax, long fileBytesMax, long bytesMax) {}

    private final byte[] archive;
    private final Limits limits;

    public ReportArchive(byte[] archive, Limits limits) {
        this.archive = archive.clone();
        this.limits = limits;
    }

    public static boolean is(byte[] body) {
        return body.length > 3 && body[0] == 'P' && body[1] == 'K' && (body[2] == 3 || body[2] == 5);
    }

    /** Packs files; the same files in the same order give the same bytes. */
    public static byte[] of(EvidenceFiles files) throws UnreadableEvidence {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            files.each((name, _, content) -> {
                try {
                    ZipEntry entry = new ZipEntry(name);
                    entry.setTimeLocal(NO_TIME);
                    zip.putNextEntry(entry);
                    zip.write(content);
                    zip.closeEntry();
                } catch (IOException impossible) {
                    throw new UncheckedIOException(impossible); // memory takes it
                }
            });
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    @Override
    public void each(Visitor visitor) throws UnreadableEvidence {
        int entries = 0;
        int files = 0;
        long total = 0;
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries++;
                if (entry.isDirectory()) {
                    continue;
                }
                String name = name(entry);
                byte[] content = zip.readNBytes(Math.toIntExact(limits.fileBytesMax() + 1));
                total += content.length;
                files++;
                require(files <= limits.filesMax(), "An archive has at most %d files", limits.filesMax());
                require(
                        content.length <= limits.fileBytesMax(),
                        name + " has more than %d bytes, unpacked: leave out what is not needed, or report in parts",
                        limits.fileBytesMax());
                require(total <= limits.bytesMax(), "An archive has at most %d bytes, unpacked", limits.bytesMax());
                visitor.visit(name, false, content);
            }
        } catch (IOException | IllegalArgumentException broken) {
            throw new UnreadableEvidence(BROKEN);
        }
        if (entries != entriesByDirectory()) { // one cut short looks like one with fewer files
            throw new UnreadableEvidence(BROKEN);
        }
    }

    /** As the directory at its end says, or -1 without one. */
    private int entriesByDirectory() {
        for (int at = archive.length - END_BYTES; at >= 0; at--) {
            if (archive[at] == 'P' && archive[at + 1] == 'K' && archive[at + 2] == 5 && archive[at + 3] == 6) {
                return (archive[at + END_ENTRIES] & 0xFF) | (archive[at + END_ENTRIES + 1] & 0xFF) << 8;
            }
        }
        return -1;
    }

    private static void require(boolean holds, String message, long limit) throws UnreadableEvidence {
        if (!holds) {
            throw new UnreadableEvidence(message.formatted(limit));
        }
    }

    private static String name(ZipEntry entry) {
        String name = Texts.visible(entry.getName().replace('\\', '/'), '?');
        return name.length() > NAME_CHARS_MAX ? "…" + name.substring(name.length() - NAME_CHARS_MAX) : name;
    }
}
