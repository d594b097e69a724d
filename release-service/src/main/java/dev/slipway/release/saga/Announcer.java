package dev.slipway.release.saga;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.Announced;
import java.io.IOException;
import java.util.List;

/** Writes what the end of a release is announced by. */
@FunctionalInterface
public interface Announcer {
    /**
     * All that are due, of what is known of the release by now.
     *
     * @throws IOException if what has changed cannot be read from Git now; a retry may help
     */
    List<Announced> write(ReleaseId release) throws IOException;
}
