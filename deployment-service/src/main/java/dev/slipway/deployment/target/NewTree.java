package dev.slipway.deployment.target;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A folder that is being filled from an archive. Nothing is written outside it, nothing past its bounds, nothing twice, and
 * nothing but folders and plain files.
 */
final class NewTree {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int OWNER_EXECUTES = 0100;

    private final Path folder;
    private final long bytesMax;
    private final int entriesMax;
    private final SortedMap<String, String> sums = new TreeMap<>();
    private long bytes;
    private int entries;

    /**
     * @param folder an empty one
     * @param bytesMax of all files together
     * @param entriesMax files and folders that the archive names
     */
    NewTree(Path folder, long bytesMax, int entriesMax) {
        this.folder = folder;
        this.bytesMax = bytesMax;
        this.entriesMax = entriesMax;
    }

    /** What was written so far, as {@link FolderSums} reads it back. */
    SortedMap<String, String> sums() {
        return new TreeMap<>(sums);
    }

    void addFolder(String name) throws IOException {
        Path place = place(name);
        try {
            Files.createDirectories(place);
        } catch (FileAlreadyExistsException file) {
            throw new ArchiveRefused("The archive holds %s twice, as a file and as a folder".formatted(shown(name)));
        }
    }

    /** @param mode as in stat(2); only whether its owner may execute it is kept */
    void addFile(String name, int mode, InputStream content) throws IOException {
        Path place = place(name);
        if (place.equals(folder)) {
            throw new ArchiveRefused("The archive holds a file without a name");
        }
        boolean program = (mode & OWNER_EXECUTES) != 0;
        var digest = ArtifactStore.sha256();
        try {
            Files.createDirectories(Objects.requireNonNull(place.getParent()));
            try (OutputStream file = Files.newOutputStream(place, StandardOpenOption.CREATE_NEW);
                    OutputStream out = new DigestOutputStream(file, digest)) {
                copy(content, out);
            }
        } catch (FileAlreadyExistsException twice) {
            throw new ArchiveRefused("The archive holds %s twice: pack it anew".formatted(shown(name)));
        }
        FolderSums.close(place, program);
        String hex = HexFormat.of().formatHex(digest.digest());
        sums.put(folder.relativize(place).toString(), FolderSums.line(program, new Digest("sha256:" + hex)));
    }

    static ArchiveRefused link(String name) {
        return new ArchiveRefused(
                "The archive holds a link, %s, and links are not unpacked: pack the files themselves (tar --dereference, zip without -y)"
                        .formatted(shown(name)));
    }

    static ArchiveRefused kind(String name) {
        return new ArchiveRefused(
                "The archive holds %s, which is neither a file nor a folder, or is packed in a way that is not read: pack plain files"
                        .formatted(shown(name)));
    }

    private void copy(InputStream content, OutputStream out) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            bytes += read;
            if (bytes > bytesMax) {
                throw new ArchiveRefused(
                        "The archive holds more than slipway.targets.unpacked-bytes-max, %d bytes, once unpacked: pack less, or have the administrator raise it"
                                .formatted(bytesMax));
            }
            out.write(buffer, 0, read);
        }
    }

    /** Where an entry of this name belongs; each counts. */
    private Path place(String name) {
        entries++;
        requireFewEnough(entries, entriesMax);
        try {
            Path path = Path.of(name);
            if (!path.isAbsolute() && !namesParent(path) && name.indexOf('\\') < 0) {
                return folder.resolve(path).normalize();
            }
        } catch (InvalidPathException strange) {
            // said below: no place of this name is in the folder
        }
        throw new ArchiveRefused("The archive names a place outside its folder, %s: pack it with paths from its own top"
                .formatted(shown(name)));
    }

    static void requireFewEnough(long entries, int entriesMax) {
        if (entries > entriesMax) {
            throw new ArchiveRefused(
                    "The archive holds more than slipway.targets.unpacked-entries-max, %d files and folders: pack fewer, or have the administrator raise it"
                            .formatted(entriesMax));
        }
    }

    private static boolean namesParent(Path path) {
        for (Path part : path) {
            if (part.toString().equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static String shown(String name) {
        return Texts.shown(name);
    }
}
