package dev.slipway.release.dora;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ForwardOnly;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of a release that production was moved to.
 *
 * @param kind what it was for
 * @param leaves the version that a way back leaves; null for others
 * @param fixes the release that an operator proposed it to fix; null for others
 * @param committed when its revision was; null where that was not kept
 * @param completed whether production has verified it and all was done
 * @param detected when it was first known to be bad; null while nobody said so
 * @param restored when production was verified again after it was taken back; null where it was not, or nobody said so
 */
public record Outcome(
        ReleaseId id,
        String version,
        Kind kind,
        @Nullable String leaves,
        @Nullable String fixes,
        @Nullable Instant committed,
        Instant proposed,
        boolean completed,
        @Nullable Instant detected,
        @Nullable Instant restored,
        Instant ended) {
    /** What a release is for. */
    public enum Kind {
        CHANGE,
        CONFIGURATION,
        /** Unplanned: below what production had, or to fix a release that needs an operator. */
        HOTFIX,
        /** Unplanned: back to a version that was verified before. */
        WAY_BACK;

        boolean unplanned() {
            return this == HOTFIX || this == WAY_BACK;
        }
    }

    /** Nothing where it has not ended, or production was not moved to it. */
    public static Optional<Outcome> of(Dossier d) {
        Launch launch = d.launch();
        if (launch == null || !d.state().phase().terminal()) {
            return Optional.empty();
        }
        boolean completed = d.state().phase() == ReleasePhase.COMPLETED;
        boolean repaired = isRepaired(d);
        if (!completed && !takenBack(d) && !repaired) {
            return Optional.empty();
        }
        @Nullable Instant takenBack = at(d, Milestone.Kind.ROLLING_BACK);
        @Nullable Instant regressed = at(d, repaired ? Milestone.Kind.PAUSED : Milestone.Kind.REGRESSED);
        boolean again = d.rollout(EnvironmentId.PRODUCTION)
                .filter(status -> status.phase() == RolloutStatus.Phase.RESTORED && status.running() != null)
                .isPresent();
        return Optional.of(new Outcome(
                d.id(),
                launch.proposal().version(),
                kind(d, launch),
                launch.rollback() == null ? null : launch.rollback().fromVersion(),
                launch.proposal().fixes(),
                d.committed(),
                launch.at(),
                completed,
                takenBack == null ? regressed : takenBack,
                !completed && again ? d.since() : null,
                d.since()));
    }

    /** Also whoever is stopped in production's queue is asked to go back: production was never moved to it. */
    private static boolean takenBack(Dossier d) {
        return d.state().phase() == ReleasePhase.ROLLED_BACK
                || (at(d, Milestone.Kind.ROLLING_BACK) != null
                        && d.rollout(EnvironmentId.PRODUCTION)
                                .filter(Outcome::begun)
                                .isPresent());
    }

    /** What may only go forward is not taken back: what repaired it has taken its place, and its share of traffic. */
    private static boolean isRepaired(Dossier d) {
        return ForwardOnly.reason(d) != null
                && d.state().phase() == ReleasePhase.SUPERSEDED
                && d.rollout(EnvironmentId.PRODUCTION)
                        .filter(status -> status.phase() == RolloutStatus.Phase.DISPLACED && status.step() > 0)
                        .isPresent();
    }

    private static boolean begun(RolloutStatus status) {
        return switch (status.phase()) {
            case WAITING, DISPLACED, NOT_ADMITTED -> false;
            case STARTING, WARMING_UP, STEPPING, BAKING, FULL, VERIFIED, RESTORING, RESTORED, UNKNOWN -> true;
        };
    }

    private static Kind kind(Dossier d, Launch launch) {
        if (d.isRollback()) {
            return Kind.WAY_BACK;
        } else if (launch.proposal().isForOperators()) {
            return Kind.HOTFIX;
        }
        return d.isConfiguration() ? Kind.CONFIGURATION : Kind.CHANGE;
    }

    private static @Nullable Instant at(Dossier d, Milestone.Kind kind) {
        return d.milestones().stream()
                .filter(milestone -> milestone.kind() == kind)
                .map(Milestone::at)
                .findFirst()
                .orElse(null);
    }

    /** Whether it counts as a rollout: a way back brings nothing new. */
    boolean rollout() {
        return kind != Kind.WAY_BACK;
    }

    String application() {
        return id.application().value();
    }
}
