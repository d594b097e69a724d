package dev.slipway.release.files;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Files in memory, for tests. */
public final class MemoryFiles implements FileBytes {
    private final SortedMap<Digest, File> all = new TreeMap<>();
    private final long bytesMax;
    private final InstantSource clock;

    public MemoryFiles(long bytesMax, InstantSource clock) {
        this.bytesMax = bytesMax;
        this.clock = clock;
    }

    private record File(byte[] content, Instant at, Set<ReleaseId> releases) {
        Kept kept(Digest digest) {
            return new Kept(digest, content.length, at, List.copyOf(releases));
        }
    }

    @Override
    public void keep(Digest digest, byte[] content, ReleaseId release) {
        File before = all.get(digest);
        long bytes =
                all.values().stream().mapToLong(file -> file.content().length).sum();
        if (before == null && bytes + content.length > bytesMax) {
            throw new FilesFull("No room for another file of %d bytes: at most %d bytes are kept"
                    .formatted(content.length, bytesMax));
        }
        Set<ReleaseId> releases = new LinkedHashSet<>(before == null ? Set.of() : before.releases());
        releases.add(release);
        all.put(digest, new File(content.clone(), clock.instant(), releases));
    }

    @Override
    public Optional<Long> wanted(Digest digest, ReleaseId release) {
        return Optional.ofNullable(all.get(digest))
                .filter(file -> file.releases().contains(release))
                .map(file -> {
                    all.put(digest, new File(file.content(), clock.instant(), file.releases()));
                    return (long) file.content().length;
                });
    }

    @Override
    public Optional<Content> find(Digest digest) {
        return Optional.ofNullable(all.get(digest))
                .map(file -> new Content(file.content().length, new ByteArrayInputStream(file.content())));
    }

    @Override
    public int of(ReleaseId release) {
        return (int) all.values().stream()
                .filter(file -> file.releases().contains(release))
                .count();
    }

    @Override
    public List<Kept> page(@Nullable Digest after, int max) {
        return all.entrySet().stream()
                .filter(each -> after == null || each.getKey().compareTo(after) > 0)
                .limit(max)
                .map(each -> each.getValue().kept(each.getKey()))
                .toList();
    }

    @Override
    public boolean letGo(Kept seen, Set<ReleaseId> releases) {
        File file = all.get(seen.digest());
        if (file == null || !file.at().equals(seen.at())) {
            return false;
        }
        Set<ReleaseId> left = new LinkedHashSet<>(file.releases());
        left.removeAll(releases);
        if (!left.isEmpty()) {
            all.put(seen.digest(), new File(file.content(), file.at(), left));
            return false;
        }
        all.remove(seen.digest());
        return true;
    }

    long stored() {
        return all.size();
    }
}
