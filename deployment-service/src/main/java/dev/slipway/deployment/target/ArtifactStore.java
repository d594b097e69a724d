package dev.slipway.deployment.target;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Artifacts by content: {@code <directory>/artifacts/<sha256>}. A file is there under its digest only once all of it has
 * been compared with it.
 */
public final class ArtifactStore {
    private final Path directory;
    private final long bytesMax;
    private final ArtifactSources sources;
    private final RemoteArtifacts remote;

    public ArtifactStore(TargetSettings settings, RemoteArtifacts remote) {
        this.directory = settings.directory().resolve("artifacts");
        this.bytesMax = settings.artifactBytesMax().toBytes();
        this.sources = settings.artifactSources();
        this.remote = remote;
    }

    /** What became of a fetch. */
    public sealed interface Fetched {
        record Here(Path path) implements Fetched {}

        /** @param why one sentence for a person; the same again would be refused again */
        record Refused(String why) implements Fetched {}
    }

    /**
     * The artifact as a file, fetched if it is not there yet.
     *
     * @throws IOException if the remote party or the disk is in trouble: a retry may help
     */
    public Fetched fetch(Artifact artifact) throws IOException, InterruptedException {
        Path place = directory.resolve(artifact.digest().hex());
        if (holds(artifact.digest())) {
            Files.setLastModifiedTime(place, FileTime.from(Instant.now())); // wanted again: not the next to be pruned
            return new Fetched.Here(place);
        }
        Files.createDirectories(directory);
        Path incoming = Files.createTempFile(directory, ".incoming-", "");
        try {
            return take(artifact, incoming, place);
        } catch (TooLarge | NoSuchArtifact refused) {
            return new Fetched.Refused(String.valueOf(refused.getMessage()));
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    /** Whether the artifact is there, whole; compared anew. */
    public boolean holds(Digest digest) throws IOException {
        Path place = directory.resolve(digest.hex());
        if (!Files.isRegularFile(place)) {
            return false;
        }
        return digest(place).equals(digest);
    }

    static Digest digest(Path file) throws IOException {
        try (InputStream stored = Files.newInputStream(file)) {
            return copy(stored, null);
        }
    }

    /**
     * Deletes the oldest artifacts past the newest so many, but none that is still needed.
     *
     * @return how many went
     */
    public int prune(Set<Digest> needed, int keptMax) throws IOException {
        if (!Files.isDirectory(directory)) {
            return 0;
        }
        Set<String> names = needed.stream().map(Digest::hex).collect(Collectors.toSet());
        List<Path> old;
        try (Stream<Path> all = Files.list(directory)) {
            old = all.sorted(Comparator.comparingLong(
                                    (Path file) -> file.toFile().lastModified())
                            .reversed())
                    .skip(keptMax)
                    .filter(file -> !names.contains(file.getFileName().toString()))
                    .toList();
        }
        for (Path file : old) {
            Files.deleteIfExists(file);
        }
        return old.size();
    }

    /** The files of all artifacts that are there. */
    List<Path> kept() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.toList();
        }
    }

    private Fetched take(Artifact artifact, Path incoming, Path place) throws IOException, InterruptedException {
        Digest found;
        try (InputStream source = new Bounded(open(artifact.uri()), bytesMax)) {
            found = copy(source, incoming);
        }
        if (!found.equals(artifact.digest())) {
            return new Fetched.Refused("The artifact's digest is %s, not %s as released"
                    .formatted(found.brief(), artifact.digest().brief()));
        }
        readable(incoming);
        Files.move(incoming, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        return new Fetched.Here(place);
    }

    /** Its own program reads it, or runs it if it is one; nobody writes it, and no other user has to do with it. */
    private static void readable(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r-x------"));
        }
    }

    private InputStream open(URI uri) throws IOException, InterruptedException {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "file" -> Files.newInputStream(sources.file(uri));
            case "https" -> remote.open(uri);
            default -> throw new NoSuchArtifact("An artifact comes from file: or https:, not from " + scheme + ":");
        };
    }

    private static Digest copy(InputStream source, @Nullable Path to) throws IOException {
        MessageDigest sha256 = sha256();
        try (DigestInputStream digested = new DigestInputStream(source, sha256)) {
            if (to == null) {
                digested.transferTo(OutputStream.nullOutputStream());
            } else {
                Files.copy(digested, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return new Digest("sha256:" + HexFormat.of().formatHex(sha256.digest()));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("Every JDK has SHA-256", missing);
        }
    }

    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge(long bytesMax) {
            super("The artifact is larger than slipway.targets.artifact-bytes-max, " + bytesMax + " bytes");
        }
    }

    static final class NoSuchArtifact extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoSuchArtifact(String message) {
            super(message);
        }
    }

    /** Ends a stream that is too long. */
    private static final class Bounded extends FilterInputStream {
        private final long bytesMax;
        private long bytes;

        Bounded(InputStream in, long bytesMax) {
            super(in);
            this.bytesMax = bytesMax;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = in.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int more) {
            bytes += more;
            if (bytes > bytesMax) {
                throw new TooLarge(bytesMax);
            }
        }
    }
}
