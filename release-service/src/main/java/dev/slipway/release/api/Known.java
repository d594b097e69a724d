package dev.slipway.release.api;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
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

    /** The same; of one whose record went by retention it is said when, and by which rule. */
    static Dossier release(
            Aggregates<Dossier, ReleaseInput> releases, Aggregates<Keeping, KeepingInput> keepings, String id) {
        legal(id)
                .flatMap(keepings::find)
                .map(found -> found.state().records())
                .filter(_ -> releases.find(id).isEmpty())
                .ifPresent(gone -> {
                    throw Problems.refused(
                            HttpStatus.GONE,
                            "record-gone",
                            "The record of this release went on %s by retention (%s): %d entries%s. GET /api/v1/releases/%s/retention says what else went."
                                    .formatted(
                                            (gone.gone() == null ? gone.decided() : gone.gone())
                                                    .toString()
                                                    .substring(0, 10),
                                            gone.rule(),
                                            gone.pieces(),
                                            gone.end() == null ? "" : ", the last of them with hash " + gone.end(),
                                            id));
                });
        return release(releases, id);
    }

    private static Optional<String> legal(String id) {
        try {
            return Optional.of(new ReleaseId(id).value());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
