package dev.slipway.deployment.target;

import java.nio.file.Path;
import java.util.Objects;

/**
 * An artifact on this machine, compared with its digest.
 *
 * @param name what it is called
 * @param path a file, or the folder of an archive
 */
public record Part(String name, Path path) {
    /** A file that is called as it is called there. */
    static Part of(Path file) {
        return new Part(Objects.requireNonNull(file.getFileName()).toString(), file);
    }
}
