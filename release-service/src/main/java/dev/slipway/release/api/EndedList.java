package dev.slipway.release.api;

import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Releases that have ended since a time: read from the newest on, within a bound. */
final class EndedList {
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final ApiSettings settings;

    EndedList(Aggregates<Dossier, ReleaseInput> releases, ApiSettings settings) {
        this.releases = releases;
        this.settings = settings;
    }

    /**
     * What is wanted of them.
     *
     * @param whole whether they are all there are; else the oldest are missing
     */
    record Ended<T>(List<T> releases, boolean whole) {
        Ended {
            releases = List.copyOf(releases);
        }
    }

    /** @param wanted of each, as whole releases are large; nothing of those that do not matter */
    <T> Ended<T> since(Instant since, Function<Dossier, Optional<T>> wanted) {
        Map<String, T> ended = new LinkedHashMap<>();
        releases.eachLive(settings.livePage(), each -> {
            if (each.state().state().phase().terminal()) { // it has ended, and is told of still
                wanted.apply(each.state()).ifPresent(value -> ended.put(each.id(), value));
            }
        });
        String last = null;
        int looked = 0;
        while (looked < settings.scanMax()) {
            List<Snapshot<Dossier>> more = releases.finished(last, settings.pageDefault());
            for (Snapshot<Dossier> each : more) {
                if (each.updatedAt().isBefore(since)) {
                    return new Ended<>(List.copyOf(ended.values()), true);
                }
                wanted.apply(each.state()).ifPresent(value -> ended.put(each.id(), value));
                last = each.id();
                looked++;
            }
            if (more.size() < settings.pageDefault()) {
                return new Ended<>(List.copyOf(ended.values()), true);
            }
        }
        return new Ended<>(List.copyOf(ended.values()), false);
    }
}
