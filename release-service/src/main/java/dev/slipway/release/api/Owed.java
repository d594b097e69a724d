package dev.slipway.release.api;

import dev.slipway.contracts.release.AwaitedReview;
import dev.slipway.contracts.release.OwedDuty;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.release.application.Application;
import dev.slipway.release.saga.AfterWork;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.LookingBack;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.ReviewAsking;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is left to do of releases that have ended, for whoever looks at one that came after them. */
final class Owed {
    private Owed() {}

    /**
     * What people want done still of releases of an application, the oldest release first.
     *
     * @param application as it is known; null where it never was
     * @param now by which it is due soon, or late
     */
    static List<RetroView.Owed> items(
            Aggregates<Dossier, ReleaseInput> releases, @Nullable Application application, Instant now) {
        return of(releases, application)
                .flatMap(d -> LookingBack.owed(d).stream())
                .map(item -> item.at(now))
                .toList();
    }

    /** The same of those that were proposed before this one. */
    static List<RetroView.Owed> itemsBefore(
            Aggregates<Dossier, ReleaseInput> releases, @Nullable Application application, Dossier d, Instant now) {
        return of(releases, application)
                .filter(other -> other.release().at().isBefore(d.release().at()))
                .flatMap(other -> LookingBack.owed(other).stream())
                .map(item -> item.at(now))
                .toList();
    }

    private static Stream<Dossier> of(Aggregates<Dossier, ReleaseInput> releases, @Nullable Application application) {
        return application == null
                ? Stream.of()
                : application.itemsLeft().stream()
                        .flatMap(id -> releases.find(id.value()).stream())
                        .map(Snapshot::state)
                        .filter(found -> found.launch() != null)
                        .sorted(Comparator.comparing(found -> found.release().at()));
    }

    /**
     * Live releases of the same application that were proposed before it, oldest first. Those that have ended are live as long
     * as something is left, and lie together, as ids begin with the application.
     *
     * @param page how many are read at once
     */
    static List<Dossier> releasesBefore(Aggregates<Dossier, ReleaseInput> releases, int page, Dossier d) {
        String application = d.id().application().value() + "@";
        List<Dossier> earlier = new ArrayList<>();
        String after = application;
        List<Snapshot<Dossier>> found;
        do {
            found = releases.live(after, page);
            for (Snapshot<Dossier> each : found) {
                after = each.id();
                Dossier other = each.state();
                if (each.id().startsWith(application)
                        && other.launch() != null
                        && other.release().at().isBefore(d.release().at())) {
                    earlier.add(other);
                }
            }
        } while (found.size() == page && after.startsWith(application));
        return earlier.stream()
                .sorted(Comparator.comparing((Dossier other) -> other.release().at()))
                .toList();
    }

    /** What people are asked for still of those of them that have ended. */
    static List<OwedDuty> duties(List<Dossier> earlier) {
        return earlier.stream().flatMap(other -> AfterWork.owed(other).stream()).toList();
    }

    /** What is announced of those of them that have ended, once somebody has reviewed it. */
    static List<AwaitedReview> reviews(List<Dossier> earlier) {
        return earlier.stream()
                .flatMap(other -> ReviewAsking.awaited(other).stream())
                .filter(AwaitedReview::ended)
                .toList();
    }
}
