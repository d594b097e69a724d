package dev.slipway.release.saga;

import static dev.slipway.contracts.EnvironmentId.PRODUCTION;
import static dev.slipway.contracts.EnvironmentId.STAGING;

import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.policy.Stage;

/** Whether the question that a release has open is answered, so that it is asked again only in case an answer was lost. */
public final class Answered {
    private Answered() {}

    /** True only where the answer is about the very thing that is asked now. */
    public static boolean inFull(Dossier d) {
        return switch (d.state()) {
            case ReleaseState.Validating _ -> assessed(d, Steps.ASSESS_PRE_RELEASE);
            case ReleaseState.Staging s ->
                switch (s.part()) {
                    case ROLLING_OUT -> d.rollout(STAGING).isPresent();
                    case VERIFYING -> assessed(d, Steps.ASSESS_STAGING);
                    case CONFIRMING -> false;
                };
            case ReleaseState.RollingOut s ->
                !s.withdraws()
                        && !ForwardOnly.asksForPause(d)
                        && d.rollout(PRODUCTION)
                                .filter(status -> !(s.seen() && status.atTurn())) // it is told that it may begin
                                .isPresent();
            case ReleaseState.Baking s ->
                switch (s.part()) {
                    case ROLLING_OUT -> d.rollout(PRODUCTION).isPresent();
                    case VERIFYING ->
                        Waits.heard(d)
                                .map(heard -> heard
                                        && (d.guide().gates(Stage.PRODUCTION).isEmpty()
                                                || assessed(d, Steps.ASSESS_PRODUCTION)))
                                .orElseGet(() -> assessed(d, Steps.ASSESS_PRODUCTION));
                    case CONFIRMING -> false;
                };
            case ReleaseState.Merging s -> s.looks() && Questions.confirmed(d) && assessed(d, Steps.ASSESS_ARRIVAL);
            case ReleaseState.Restoring _ -> goesBack(d, STAGING);
            case ReleaseState.RollingBack _ -> goesBack(d, PRODUCTION);
            case ReleaseState.Unheard _, ReleaseState.Proposed _, ReleaseState.NeedsOperator _ -> false;
            case ReleaseState.AwaitingApproval _, ReleaseState.Candidate _ ->
                Waits.heard(d).orElse(false);
            case ReleaseState.Ended s -> s.lettingGo() == null && Telling.told(d) && Announcements.awaitsReview(d);
        };
    }

    private static boolean assessed(Dossier d, String step) {
        return d.assessment(step).isPresent();
    }

    private static boolean goesBack(Dossier d, String environment) {
        return d.rollout(environment)
                .filter(status -> status.phase() == RolloutStatus.Phase.RESTORING)
                .isPresent();
    }
}
