package dev.slipway.deployment.target;

import dev.slipway.contracts.policy.Placeholders;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the artifacts of a version lie when it is started. A file lies in the version's own work directory under its name,
 * so that its ending is there for those who go by it; what an archive held lies in the archive's folder, which versions
 * share and nobody writes.
 *
 * @param folder the first artifact's folder if it is an archive, else the work directory; programs are started in it
 * @param parts by their names, the first one first
 */
record Layout(Path folder, Map<String, Path> parts) {
    Layout {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }

    /**
     * Puts files in place of whatever lies there under their names.
     *
     * @param copies whether each is a file of its own, with an owner and permissions of its own
     */
    static Layout of(List<Part> parts, Path workDirectory, boolean copies) throws IOException {
        Map<String, Path> placed = new LinkedHashMap<>();
        for (Part part : parts) {
            placed.put(
                    part.name(),
                    Files.isDirectory(part.path())
                            ? part.path()
                            : place(part.path(), workDirectory, part.name(), copies));
        }
        Path first = placed.values().iterator().next();
        return new Layout(Files.isDirectory(first) ? first : workDirectory, placed);
    }

    /** The same file under another name, else, where the disk has no such thing, a copy of it. */
    private static Path place(Path file, Path workDirectory, String name, boolean copies) throws IOException {
        Path place = workDirectory.resolve(name);
        if (Files.isDirectory(place)) {
            FolderSums.delete(place);
        }
        Files.deleteIfExists(place);
        if (copies) {
            return Files.copy(file, place, StandardCopyOption.COPY_ATTRIBUTES);
        }
        try {
            return Files.createLink(place, file);
        } catch (FileSystemException | UnsupportedOperationException otherDisk) {
            return Files.copy(file, place, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    Path artifact() {
        return parts.values().iterator().next();
    }

    /** By the placeholders that stand for them. */
    Map<String, String> placeholders() {
        Map<String, String> all = new TreeMap<>();
        all.put(Placeholders.ARTIFACT, artifact().toString());
        all.put(Placeholders.FOLDER, folder.toString());
        parts.forEach((name, place) -> all.put(Placeholders.ARTIFACTS_PREFIX + name, place.toString()));
        return all;
    }

    /** Whether a file is one of these artifacts, or was in one of these archives. */
    boolean holds(Path file) {
        Path plain = file.normalize();
        return parts.values().stream().anyMatch(part -> plain.startsWith(part));
    }
}
