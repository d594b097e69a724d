package dev.slipway.release.api;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.springframework.http.ResponseEntity;

/** The answer to whoever made a release: where it is, once a reader finds it there. */
final class Newborn {
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);

    private final Aggregates<Dossier, ReleaseInput> releases;
    private final Duration visibleWithin;

    Newborn(Aggregates<Dossier, ReleaseInput> releases, Duration visibleWithin) {
        this.releases = releases;
        this.visibleWithin = visibleWithin;
    }

    /** The release is durable already, on its way from its application; a reader should find it at once. */
    ResponseEntity<Map<String, String>> accepted(ReleaseId release) {
        long deadline = System.nanoTime() + visibleWithin.toNanos();
        while (releases.find(release.value()).isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/releases/" + release.value()))
                .body(Map.of("id", release.value()));
    }
}
