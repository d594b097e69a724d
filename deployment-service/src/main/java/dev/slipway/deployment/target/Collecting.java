package dev.slipway.deployment.target;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.deployment.target.ArtifactStore.Fetched;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gets the artifacts of a version together: each fetched and compared with its digest, archives as folders. */
public final class Collecting {
    private final ArtifactStore store;
    private final Archives archives;

    public Collecting(ArtifactStore store, Archives archives) {
        this.store = store;
        this.archives = archives;
    }

    /** What became of it. */
    public sealed interface Collected {
        record Here(List<Part> parts) implements Collected {
            public Here {
                parts = List.copyOf(parts);
            }
        }

        /** @param why one sentence for a person; the same again would be refused again */
        record Refused(String why) implements Collected {}
    }

    /** @throws IOException if a remote party or the disk is in trouble: a retry may help */
    public Collected collect(List<Artifact> artifacts) throws IOException, InterruptedException {
        List<Part> parts = new ArrayList<>();
        for (Artifact artifact : artifacts) {
            switch (store.fetch(artifact)) {
                case Fetched.Refused(String why) -> {
                    return new Collected.Refused(artifacts.size() == 1 ? why : artifact.called() + ": " + why);
                }
                case Fetched.Here(Path file) -> {
                    try {
                        parts.add(new Part(artifact.called(), unpacked(artifact, file)));
                    } catch (ArchiveRefused refused) {
                        return new Collected.Refused(artifact.called() + ": " + refused.getMessage());
                    }
                }
            }
        }
        return new Collected.Here(parts);
    }

    /**
     * Deletes the oldest artifacts past the newest so many, but none that is still needed, and what was unpacked of those
     * that are gone.
     *
     * @return how many artifacts went
     */
    public int prune(Set<Digest> needed, int keptMax) throws IOException {
        int gone = store.prune(needed, keptMax);
        archives.prune(store.kept().stream()
                .map(path -> String.valueOf(path.getFileName()))
                .collect(Collectors.toSet()));
        return gone;
    }

    private Path unpacked(Artifact artifact, Path file) throws IOException {
        Optional<ArchiveFormat> format = format(artifact);
        return format.isPresent() ? archives.folder(format.get(), file, artifact.digest()) : file;
    }

    /** Whether it lies as a folder when it is started, and not as a file. */
    static boolean isArchive(Artifact artifact) {
        return format(artifact).isPresent();
    }

    /** Its address tells, or the name that it was given. */
    private static Optional<ArchiveFormat> format(Artifact artifact) {
        return ArchiveFormat.of(String.valueOf(artifact.uri().getPath())).or(() -> ArchiveFormat.of(artifact.called()));
    }
}
