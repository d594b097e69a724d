package dev.slipway.deployment.target;

import dev.slipway.contracts.Digest;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Archives as folders: {@code <directory>/unpacked/<sha256 of the archive>}, and beside each {@code <sha256>.sums}, which
 * tells what it held when it was unpacked. A folder is there under its archive's digest only once all of it is; it is
 * closed to writers, and compared with its sums each time that it is asked for: one that was changed since is unpacked
 * anew, and told.
 */
public final class Archives {
    private static final Logger log = LoggerFactory.getLogger(Archives.class);
    private static final String INCOMING = ".incoming-";
    private static final String SUMS = ".sums";
    private static final Duration UNPACKED_WITHIN = Duration.ofHours(1);

    private final Path directory;
    private final long bytesMax;
    private final int entriesMax;

    public Archives(TargetSettings settings) {
        this(
                settings.directory().resolve("unpacked"),
                settings.unpackedBytesMax().toBytes(),
                settings.unpackedEntriesMax());
    }

    Archives(Path directory, long bytesMax, int entriesMax) {
        this.directory = directory;
        this.bytesMax = bytesMax;
        this.entriesMax = entriesMax;
    }

    /**
     * The folder of an archive, unpacked if it is not there yet.
     *
     * @param archive compared with its digest already
     * @throws ArchiveRefused if it is not unpacked; the message names the remedy
     * @throws IOException if the disk is in trouble: a retry may help
     */
    Path folder(ArchiveFormat format, Path archive, Digest digest) throws IOException {
        Path place = directory.resolve(digest.hex());
        if (holds(digest)) {
            return place;
        }
        Files.createDirectories(directory);
        if (Files.exists(place)) {
            log.warn("What was unpacked of {} was changed since; it is unpacked anew", digest.brief());
            setAside(place);
        }
        Path incoming = Files.createTempDirectory(directory, INCOMING);
        try {
            NewTree tree = new NewTree(incoming, bytesMax, entriesMax);
            Unpacking.unpack(format, archive, tree, entriesMax);
            FolderSums.closeFolders(incoming);
            publish(incoming, place, FolderSums.text(tree.sums()));
            return place;
        } finally {
            FolderSums.delete(incoming);
        }
    }

    /** Where the archive's folder is, or would be. */
    Path place(Digest digest) {
        return directory.resolve(digest.hex());
    }

    /** Whether the archive's folder is there as it was unpacked; compared anew. */
    public boolean holds(Digest digest) throws IOException {
        Path place = directory.resolve(digest.hex());
        return isThere(place) && Files.readString(sums(place)).equals(FolderSums.text(FolderSums.of(place)));
    }

    private static boolean isThere(Path place) {
        return Files.isDirectory(place) && Files.isRegularFile(sums(place));
    }

    /**
     * Whether all that was unpacked is still there as it was; compared anew. What was added is passed over: a program that
     * may write beside its own files does so, as Python does with the bytecode of what it imports.
     */
    boolean holdsAll(Digest digest) throws IOException {
        Path place = directory.resolve(digest.hex());
        return isThere(place)
                && FolderSums.text(FolderSums.of(place))
                        .lines()
                        .collect(Collectors.toSet())
                        .containsAll(Files.readAllLines(sums(place)));
    }

    /**
     * Deletes the folders of all archives but those of these names, and what a crash left.
     *
     * @param kept hexadecimal digests
     */
    void prune(Set<String> kept) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        List<Path> gone;
        try (Stream<Path> all = Files.list(directory)) {
            gone = all.filter(path -> !kept.contains(digestOf(path)))
                    .filter(path -> !isFresh(path))
                    .toList();
        }
        for (Path path : gone) {
            if (Files.isDirectory(path)) {
                FolderSums.delete(path);
            } else {
                Files.deleteIfExists(path);
            }
        }
    }

    /** The sums first: a folder without them is unpacked anew, and one that is there is compared with them. */
    private static void publish(Path incoming, Path place, String sums) throws IOException {
        Path unfinished = Files.writeString(incoming.resolveSibling(incoming.getFileName() + SUMS), sums);
        Files.move(unfinished, sums(place), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try {
            Files.move(incoming, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException faster) {
            log.debug("Somebody else unpacked {} meanwhile", place.getFileName());
        }
    }

    /** What still runs from it keeps it until it is tidied up. */
    private static void setAside(Path place) throws IOException {
        Path aside = Files.createTempDirectory(place.resolveSibling("."), INCOMING);
        Files.move(place, aside.resolve("changed"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Perhaps being unpacked just now. */
    private static boolean isFresh(Path path) {
        return path.getFileName().toString().startsWith(INCOMING)
                && path.toFile().lastModified() > System.currentTimeMillis() - UNPACKED_WITHIN.toMillis();
    }

    private static Path sums(Path place) {
        return place.resolveSibling(place.getFileName() + SUMS);
    }

    private static String digestOf(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(SUMS) ? name.substring(0, name.length() - SUMS.length()) : name;
    }
}
