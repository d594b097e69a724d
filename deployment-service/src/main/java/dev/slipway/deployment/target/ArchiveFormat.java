package dev.slipway.deployment.target;

import java.util.Locale;
import java.util.Optional;

/** What an artifact is packed as, as its name says; anything else is a file that stays as it is. */
enum ArchiveFormat {
    TAR_GZ,
    ZIP;

    /** @param name of a file, or an address that ends with one */
    static Optional<ArchiveFormat> of(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".tar.gz") || lower.endsWith(".tgz")) {
            return Optional.of(TAR_GZ);
        }
        return lower.endsWith(".zip") ? Optional.of(ZIP) : Optional.empty();
    }
}
