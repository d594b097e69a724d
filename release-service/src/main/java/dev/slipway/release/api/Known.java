package dev.slipway.release.api;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.Problems;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** Finds releases, or says that there is none. */
final class Known {
    private Known() {}

    static Dossier release(Aggregates<Dossier, ReleaseInput> releases, String id) {
        return legal(id)
                .flatMap(releases::find)
                .map(Aggregates.Snapshot::state)
                .filter(found -> found.launch() != null)
                .orElseThrow(
                        () -> Problems.refused(
                                HttpStatus.NOT_FOUND,
                                "no-such-release",
                                "There is no such release. GET /api/v1/releases lists them; an id has the form application@version."));
    }

    private static Optional<String> legal(String id) {
        try {
            return Optional.of(new ReleaseId(id).value());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
