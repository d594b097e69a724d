package dev.slipway.release.files;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps files byte for byte under their digest, the same bytes once, however many releases have them. */
public interface FileBytes {
    /**
     * Durable when it returns. The same bytes again are wanted again, and nothing is stored anew.
     *
     * @param release that they are handed in for
     * @throws FilesFull if there is no room
     */
    void keep(Digest digest, byte[] content, ReleaseId release);

    /**
     * Says that they are wanted now: whoever would let go of them sees that.
     *
     * @return how many bytes they are; nothing where they are not kept as a whole for that release
     */
    Optional<Long> wanted(Digest digest, ReleaseId release);

    /** The bytes; nothing where they are not kept as a whole. */
    Optional<Content> find(Digest digest);

    /** How many different files are kept for a release. */
    int of(ReleaseId release);

    /**
     * What is kept, in the order of digests.
     *
     * @param after the digest before; null from the first on
     * @param max how many, 1 and above
     */
    List<Kept> page(@Nullable Digest after, int max);

    /**
     * These releases need them no longer; where no other does, the bytes go. Nothing happens where they were wanted since.
     *
     * @param seen as {@link #page} said it
     * @return whether the bytes went
     */
    boolean letGo(Kept seen, Set<ReleaseId> releases);

    /**
     * What is handed out.
     *
     * @param bytes how many
     * @param stream of them; whoever asked closes it
     */
    record Content(long bytes, InputStream stream) {}

    /**
     * What is known of a file.
     *
     * @param at when it was wanted last
     * @param releases that it is kept for
     */
    record Kept(Digest digest, long bytes, Instant at, List<ReleaseId> releases) {
        public Kept {
            releases = List.copyOf(releases);
        }
    }

    /** There is no room for another file. */
    final class FilesFull extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public FilesFull(String message) {
            super(message);
        }
    }
}
