package dev.slipway.release.api;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.ci.Proposal;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.ReleaseView.Accepted;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.release.saga.Telling;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.springframework.http.ResponseEntity;

/** The answer to whoever made a release: where it is, once a reader finds it there, and what came of the request. */
final class Newborn {
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Duration visibleWithin;

    Newborn(Aggregates<Dossier, ReleaseInput> releases, Duration visibleWithin) {
        this.releases = releases;
        this.visibleWithin = visibleWithin;
    }

    /**
     * Who has seen a release end may propose its version again at once: so its application hears of the end first, which is
     * on its way to it.
     */
    void endsAreHeard(Aggregates<Application, ApplicationInput> applications, Proposal proposal) {
        long deadline = System.nanoTime() + visibleWithin.toNanos();
        while (endIsOnItsWay(applications, proposal) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** The same for whoever asks for what is refused while any release is on its way. */
    void endsAreHeard(Aggregates<Application, ApplicationInput> applications, ApplicationName application) {
        long deadline = System.nanoTime() + visibleWithin.toNanos();
        while (anyEndIsOnItsWay(applications, application) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    private boolean anyEndIsOnItsWay(
            Aggregates<Application, ApplicationInput> applications, ApplicationName application) {
        return applications.find(application.value()).stream()
                .flatMap(found -> found.state().live().stream())
                .flatMap(release -> releases.find(release.value()).stream())
                .anyMatch(found -> found.state().state().phase().terminal());
    }

    private boolean endIsOnItsWay(Aggregates<Application, ApplicationInput> applications, Proposal proposal) {
        return applications.find(proposal.application().value()).stream()
                .flatMap(found -> found.state().taken().stream())
                .filter(taken ->
                        taken.version().equals(proposal.version()) && taken.fate() == Application.Fate.ON_ITS_WAY)
                .flatMap(taken -> Optional.ofNullable(taken.release()).stream())
                .flatMap(release -> releases.find(release.value()).stream())
                .anyMatch(found -> found.state().state().phase().terminal());
    }

    /** The release is durable already, on its way from its application; a reader should find it at once. */
    ResponseEntity<Accepted> accepted(ReleaseId release) {
        long deadline = System.nanoTime() + visibleWithin.toNanos();
        Optional<Aggregates.Snapshot<Dossier>> found = releases.find(release.value());
        while (found.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            found = releases.find(release.value());
        }
        String text = found.map(Aggregates.Snapshot::state)
                .filter(d -> d.launch() != null)
                .map(Newborn::text)
                .orElse("");
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/releases/" + release.value()))
                .body(new Accepted(release.value(), text));
    }

    /** What there is to know at once: that it is refused, that it was tried before, that it is not tried again. */
    static String text(Dossier d) {
        Cause refused = d.release().refused();
        if (refused != null) {
            return "Refused: " + refused.text();
        }
        long attempt = d.release().attempt();
        String what = attempt > 1 ? "%s, attempt %d at this version,".formatted(d.id(), attempt) : d.id().value();
        String state = "%s is %s.".formatted(what, d.state().phase());
        if (!d.state().phase().terminal()) {
            return state;
        }
        String next = Telling.next(d);
        return next == null
                ? state + " The same content is not released twice."
                : "%s %s%s."
                        .formatted(state, next.substring(0, 1).toUpperCase(java.util.Locale.ROOT), next.substring(1));
    }
}
