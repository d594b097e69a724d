package dev.slipway.release.wiring;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.release.files.FileBytes;
import dev.slipway.release.files.FileNeeds;
import dev.slipway.release.files.FileSettings;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes over the kept files, some at each look, and lets go of those that no release needs. Several instances may do so at once,
 * and a look that was interrupted is simply done again.
 */
final class FileSweep {
    private static final Logger log = LoggerFactory.getLogger(FileSweep.class);

    private final FileBytes files;
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Aggregates<Keeping, KeepingInput> keepings;
    private final FileSettings settings;
    private final InstantSource clock;
    private @Nullable Digest after;

    FileSweep(
            FileBytes files,
            Aggregates<Dossier, ReleaseInput> releases,
            Aggregates<Keeping, KeepingInput> keepings,
            FileSettings settings,
            InstantSource clock) {
        this.files = files;
        this.releases = releases;
        this.keepings = keepings;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * One look.
     *
     * @return how many files went
     */
    int look() {
        List<FileBytes.Kept> page = files.page(after, settings.looksMax());
        int gone = 0;
        for (FileBytes.Kept file : page) {
            Set<ReleaseId> over = FileNeeds.over(
                    file,
                    id -> releases.find(id.value()).map(Snapshot::state),
                    id -> keepings.find(id.value()).map(Snapshot::state),
                    settings.draftFor(),
                    clock.instant());
            if (!over.isEmpty() && files.letGo(file, over)) {
                gone++;
            }
        }
        after = page.size() < settings.looksMax() ? null : page.getLast().digest();
        if (gone > 0) {
            log.info("Of {} files that stand with answers {} are needed no longer", page.size(), gone);
        }
        return gone;
    }
}
