package dev.slipway.release.wiring;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.DutyView.TimeState;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Aggregates.Snapshot;
import dev.slipway.messaging.Cause;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.LookingBack;
import dev.slipway.release.saga.ReleaseInput;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Has releases of which people want something done by a day say so again once that is due soon, and once it is late (ADR 79): a
 * release that has ended has no timer, and mostly it has when an item is raised. Whoever tells the owner tells of each once, so
 * several instances may look, and one that begins anew may say again what was said.
 */
final class ItemSweep {
    private static final Cause DAYS = Cause.of("timer:items");

    private final Aggregates<Application, ApplicationInput> applications;
    private final Aggregates<Dossier, ReleaseInput> releases;
    private final InstantSource clock;
    private final int page;
    private Set<Told> told = Set.of();

    ItemSweep(
            Aggregates<Application, ApplicationInput> applications,
            Aggregates<Dossier, ReleaseInput> releases,
            InstantSource clock,
            int page) {
        this.applications = applications;
        this.releases = releases;
        this.clock = clock;
        this.page = page;
    }

    /** An item of a release, and where it was in its time. */
    private record Told(ReleaseId release, int number, TimeState time) {}

    /**
     * One look at all applications of which something is left.
     *
     * @return how many releases were had to say so
     */
    int look() {
        Instant now = clock.instant();
        Set<Told> due = new HashSet<>();
        applications.eachLive(
                page,
                each -> each.state().itemsLeft().stream()
                        .flatMap(id -> due(id, now))
                        .forEach(due::add));
        Set<ReleaseId> news = due.stream()
                .filter(item -> !told.contains(item))
                .map(Told::release)
                .collect(Collectors.toSet());
        news.forEach(release -> releases.submit(release.value(), new ReleaseInput.AskAgain(), DAYS));
        told = due;
        return news.size();
    }

    /** Of one that has ended: one on its way is asked once it has. */
    private Stream<Told> due(ReleaseId release, Instant now) {
        return releases.find(release.value()).map(Snapshot::state).stream()
                .filter(d -> d.state().phase().terminal())
                .flatMap(d -> LookingBack.due(d).stream())
                .map(item -> new Told(release, item.number(), RetroView.time(item.due(), now)))
                .filter(item -> item.time() != TimeState.OPEN);
    }
}
