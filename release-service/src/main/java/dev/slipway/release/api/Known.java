package dev.slipway.release.api;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.messaging.Aggregates;
import dev.slipway.release.application.Application;
import dev.slipway.release.retention.Keeping;
import dev.slipway.release.retention.KeepingInput;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseInput;
import dev.slipway.web.Problems;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Finds releases and policies, or says that there is none. */
final class Known {
    private Known() {}

    static Dossier release(Aggregates<Dossier, ReleaseInput> releases, String id) {
        return legal(id)
                .flatMap(releases::find)
                .map(Aggregates.Snapshot::state)
                .filter(found -> found.launch() != null)
                .orElseThrow(() -> Problems.refused(
                        HttpStatus.NOT_FOUND,
                        "no-such-release",
                        "There is no such release. GET /api/v1/releases lists them; an id has the form"
                                + " application@version."));
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

    /** Those on their way before the ended, of each the one that was let begin last; a way back goes by no guide. */
    static Optional<Dossier> newest(Aggregates<Dossier, ReleaseInput> releases, @Nullable Application known) {
        if (known == null) {
            return Optional.empty();
        }
        List<ReleaseId> ended = known.taken().reversed().stream()
                .map(Application.Taken::release)
                .filter(Objects::nonNull)
                .toList();
        return Stream.concat(known.live().reversed().stream(), ended.stream())
                .flatMap(id -> releases.find(id.value()).stream())
                .map(Aggregates.Snapshot::state)
                .filter(found -> found.launch() != null && !found.isRollback())
                .findFirst();
    }

    /** @param therefore what cannot be said without a policy, in words that follow a comma */
    static Application.PolicyInForce policy(@Nullable Application known, ApplicationName name, String therefore) {
        Application.PolicyInForce policy = known == null ? null : known.policy();
        if (policy == null) {
            throw Problems.refused(
                    HttpStatus.NOT_FOUND,
                    "no-policy",
                    "Application %s has no policy, %s. PUT /api/v1/applications/%s/policy"
                            .formatted(name, therefore, name));
        }
        return policy;
    }

    private static Optional<String> legal(String id) {
        try {
            return Optional.of(new ReleaseId(id).value());
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
