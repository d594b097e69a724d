package dev.slipway.release.api;

import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Releases that have ended since a time: read from the newest on, within a bound. */
final class EndedList {
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final ApiSettings settings;

    EndedList(Aggregates<Dossier, ReleaseInput> releases, ApiSettings settings) {
        this.releases = releases;
        this.settings = settings;
    }

    /** @param whole whether they are all there are; else the oldest are missing */
    record Ended(List<Dossier> releases, boolean whole) {
        Ended {
            releases = List.copyOf(releases);
        }
    }

    Ended since(Instant since) {
        Map<String, Dossier> ended = new LinkedHashMap<>();
        releases.eachLive(settings.livePage(), each -> {
            if (each.state().state().phase().terminal()) { // it has ended, and is told of still
                ended.put(each.id(), each.state());
            }
        });
        String last = null;
        int looked = 0;
        while (looked < settings.scanMax()) {
            List<Snapshot<Dossier>> more = releases.finished(last, settings.pageMax());
            for (Snapshot<Dossier> each : more) {
                if (each.updatedAt().isBefore(since)) {
                    return new Ended(List.copyOf(ended.values()), true);
                }
                ended.put(each.id(), each.state());
                last = each.id();
                looked++;
            }
            if (more.size() < settings.pageMax()) {
                return new Ended(List.copyOf(ended.values()), true);
            }
        }
        return new Ended(List.copyOf(ended.values()), false);
    }
}
