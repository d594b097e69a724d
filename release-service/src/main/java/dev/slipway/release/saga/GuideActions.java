package dev.slipway.release.saga;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.GuideView.LineState;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.saga.GuideStates.Standing;
import dev.slipway.release.saga.ReleaseState.Trouble;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where a release is in lines of its guide that something answers which Slipway does. */
final class GuideActions {
    private final Dossier d;

    GuideActions(Dossier d) {
        this.d = d;
    }

    Standing standing(GuideAnswer.Action action) {
        return switch (action) {
            case MERGE -> merged("merged as ", "merge");
            case TAG -> merged("tagged with the merge as ", "tag");
            case STAGE -> staged();
            case DEPLOY -> deployed();
            case ROLLBACK -> rolledBack();
            case NOTIFY -> told();
        };
    }

    /** What has not begun: its turn comes, or the release ended before it. */
    Standing ahead(String what) {
        ReleasePhase phase = d.state().phase();
        return phase.terminal()
                ? Standing.at(LineState.OPEN, "the release ended as %s before: %s".formatted(phase, what), d.since())
                : Standing.of(LineState.OPEN, what);
    }

    private Standing merged(String done, String what) {
        if (d.isRollback() || d.isConfiguration()) {
            return Standing.of(LineState.DOES_NOT_APPLY, "of such a release nothing is merged or tagged");
        }
        if (d.mergedAs() != null) {
            return Standing.at(LineState.PASSED, done + d.mergedAs().value(), at(Milestone.Kind.COMPLETED));
        }
        if (d.state().phase() == ReleasePhase.COMPLETED || needs(Trouble.MERGING)) {
            return Standing.at(LineState.FAILED, why("it was not done"), d.since());
        }
        return d.state() instanceof ReleaseState.Merging
                ? Standing.at(LineState.DUE, "it is being done", d.since())
                : ahead("%s follows production".formatted(what));
    }

    private Standing staged() {
        if (d.isRollback()) {
            return Standing.of(LineState.DOES_NOT_APPLY, "a way back goes to production at once");
        }
        Instant staged = at(Milestone.Kind.STAGED);
        if (staged != null) {
            return Standing.at(LineState.PASSED, "staging has run it, verified", staged);
        }
        if (d.state() instanceof ReleaseState.Staging) {
            return Standing.at(LineState.DUE, "staging is moved to it", d.since());
        }
        return d.rollout(EnvironmentId.STAGING).isPresent()
                ? Standing.at(LineState.FAILED, why("staging did not verify it"), d.since())
                : ahead("staging has not run it");
    }

    private Standing deployed() {
        if (isVerified()) {
            return Standing.at(LineState.PASSED, "production runs it, verified", at(Milestone.Kind.COMPLETED));
        }
        return switch (d.state()) {
            case ReleaseState.RollingOut _, ReleaseState.Baking _ ->
                Standing.at(
                        LineState.DUE,
                        d.rollout(EnvironmentId.PRODUCTION)
                                .map(status -> "%d %% of traffic".formatted(status.trafficPercent()))
                                .orElse("production is to begin"),
                        d.since());
            case ReleaseState.RollingBack _ -> Standing.at(LineState.FAILED, why("production goes back"), d.since());
            case ReleaseState.NeedsOperator needs ->
                switch (needs.trouble()) {
                    case PRODUCTION, NOTHING_TO_RESTORE ->
                        Standing.at(LineState.FAILED, why("production went wrong"), d.since());
                    case CONFIRMING -> Standing.at(LineState.DUE, "production has to confirm it", d.since());
                    case STAGING, MERGING, ARRIVING -> ahead("production has not run it");
                };
            case ReleaseState.Ended ended
            when ended.phase() == ReleasePhase.ROLLED_BACK ->
                Standing.at(LineState.FAILED, why("production went back"), d.since());
            case ReleaseState.Unheard _,
                    ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Staging _,
                    ReleaseState.Candidate _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.Ended _ -> ahead("production has not run it");
        };
    }

    private boolean isVerified() {
        return d.state().phase() == ReleasePhase.COMPLETED
                || d.rollout(EnvironmentId.PRODUCTION)
                        .filter(status -> status.phase() == RolloutStatus.Phase.VERIFIED)
                        .isPresent();
    }

    private Standing rolledBack() {
        if (d.state().phase() == ReleasePhase.ROLLED_BACK) {
            return Standing.at(LineState.PASSED, "production went back", d.since());
        }
        if (d.state() instanceof ReleaseState.RollingBack) {
            return Standing.at(LineState.DUE, "production is going back", d.since());
        }
        if (needs(Trouble.PRODUCTION) || needs(Trouble.NOTHING_TO_RESTORE)) {
            return Standing.at(LineState.FAILED, why("production did not go back"), d.since());
        }
        if (ForwardOnly.isMeant(d)) {
            return Standing.of(LineState.DOES_NOT_APPLY, ForwardOnly.instead(d));
        }
        return isVerified() || d.state().phase().terminal()
                ? Standing.of(LineState.DOES_NOT_APPLY, "production had nothing to go back from")
                : Standing.of(LineState.OPEN, "production goes back by itself if it goes wrong");
    }

    private Standing told() {
        int delivered =
                d.deliveries().stream().mapToInt(DeliveryStatus::delivered).sum();
        int lost =
                d.deliveries().stream().mapToInt(DeliveryStatus::undeliverable).sum();
        if (lost > 0) {
            return Standing.of(
                    LineState.FAILED,
                    "%s could not be delivered: slipway deliveries"
                            .formatted(Texts.counted(lost, "message", "messages")));
        }
        if (d.milestones().isEmpty()) {
            return ahead("there is nothing to tell yet");
        }
        String so = "%s delivered".formatted(Texts.counted(delivered, "message", "messages"));
        boolean all = d.state().phase().terminal()
                && Telling.toldOfEnd(d)
                && d.deliveries().stream().allMatch(conversation -> conversation.delivered() > 0);
        return all ? Standing.at(LineState.PASSED, so, d.since()) : Standing.of(LineState.DUE, so + " so far");
    }

    private boolean needs(Trouble trouble) {
        return d.state() instanceof ReleaseState.NeedsOperator needs && needs.trouble() == trouble;
    }

    private @Nullable Instant at(Milestone.Kind kind) {
        return d.milestones().stream()
                .filter(told -> told.kind() == kind)
                .map(Milestone::at)
                .reduce((_, last) -> last)
                .orElse(null);
    }

    private String why(String otherwise) {
        Cause cause = d.cause();
        return cause == null ? otherwise : cause.text();
    }
}
