package dev.slipway.release.saga;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.application.Launch;
import dev.slipway.release.wiring.Examples;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Releases that have ended, for tests that do not take them along their way. */
public final class EndedReleases {
    private EndedReleases() {}

    /** Nobody has proposed it. */
    public static Dossier unheard(ReleaseId id) {
        return Dossier.unheard(id);
    }

    /** One of the demo's policy, with artifacts of its own. */
    public static Launch launch(String id, Instant at) {
        return launch(id, at, null);
    }

    /** The same, or a way back. */
    public static Launch launch(String id, Instant at, Launch.@Nullable Rollback rollback) {
        return new Launch(
                new ReleaseId(id),
                1,
                Examples.proposal(id.substring(id.indexOf('@') + 1).replaceFirst("~.*", "")),
                Examples.PUBLISHER,
                Examples.demoPolicy().policy(),
                Examples.demoPolicy().hash(),
                at,
                null,
                rollback,
                null,
                1);
    }

    /** The same, announced by these texts, which nobody has reviewed. */
    public static Dossier announced(Dossier ended, List<Announced> texts) {
        return Change.of(ended, ended.since())
                .announcements(new Announcements(List.of(), texts, List.of()))
                .done();
    }

    /** Of which nothing is known but that it has ended. */
    public static Dossier of(Launch launch, ReleasePhase end, Instant at) {
        return of(launch, end, at, null, List.of(), List.of());
    }

    /** @param committed when its revision was committed; null where that was not kept */
    public static Dossier of(
            Launch launch,
            ReleasePhase end,
            Instant at,
            @Nullable Instant committed,
            List<Milestone> milestones,
            List<RolloutStatus> rollouts) {
        return new Dossier(
                launch.id(),
                launch,
                new ReleaseState.Ended(end, null),
                at,
                null,
                milestones,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                rollouts,
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                0,
                List.of(),
                false,
                null,
                null,
                List.of(),
                0,
                List.of(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                committed,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                null,
                null);
    }
}
