package dev.slipway.cli.release;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.JudgementStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One line of a release that is on its way: what it does now, and how far it is. */
public final class WatchText {
    private static final List<ReleasePhase> WAY = List.of(
            ReleasePhase.PROPOSED,
            ReleasePhase.VALIDATING,
            ReleasePhase.AWAITING_APPROVAL,
            ReleasePhase.STAGING,
            ReleasePhase.CANDIDATE,
            ReleasePhase.ROLLING_OUT,
            ReleasePhase.BAKING,
            ReleasePhase.MERGING,
            ReleasePhase.COMPLETED);

    private WatchText() {}

    /** What changes seldom: a pipe prints a line whenever it does. */
    public static String fact(ReleaseView release) {
        StringBuilder text = new StringBuilder(release.id().value()).append(' ').append(release.state());
        switch (release.state()) {
            case PROPOSED, VALIDATING -> text.append(gates(release.gates()));
            case AWAITING_APPROVAL ->
                text.append(", %d of %s"
                        .formatted(
                                release.approvals().size(),
                                Texts.counted(release.approvalsRequired(), "approval", "approvals")));
            case STAGING -> text.append(rollout(release.rollout(), EnvironmentId.STAGING));
            case CANDIDATE -> text.append(gates(release.gates()));
            case ROLLING_OUT, BAKING -> text.append(rollout(release.rollout(), EnvironmentId.PRODUCTION));
            case MERGING, COMPLETED, SUPERSEDED, UNKNOWN -> {}
            case REJECTED, EXPIRED, ABORTED, RESTORING, ROLLING_BACK, ROLLED_BACK, NEEDS_OPERATOR ->
                text.append(why(release));
        }
        return text.toString();
    }

    /** What changes all the time: counts while it is judged, else what it waits for if the fact does not say it. */
    public static String detail(ReleaseView release) {
        RolloutStatus rollout = release.rollout();
        JudgementStatus judgement = rollout == null ? null : rollout.judgement();
        Waiting waiting = release.waiting();
        return switch (release.state()) {
            case ROLLING_OUT, BAKING -> judgement == null ? waitsFor(waiting) : judgement(judgement);
            case PROPOSED, STAGING, MERGING, RESTORING, NEEDS_OPERATOR, UNKNOWN -> waitsFor(waiting);
            case VALIDATING,
                    AWAITING_APPROVAL,
                    CANDIDATE,
                    ROLLING_BACK,
                    COMPLETED,
                    REJECTED,
                    EXPIRED,
                    ABORTED,
                    SUPERSEDED,
                    ROLLED_BACK -> "";
        };
    }

    private static String waitsFor(@Nullable Waiting waiting) {
        return waiting == null ? "" : "(waits for: %s)".formatted(waiting.what());
    }

    /** 0 to 1 on the way to production. A release that turned back stays where the bar was last. */
    public static double done(ReleaseView release) {
        int at = WAY.indexOf(release.state());
        if (at < 0) {
            return release.state().terminal() ? 1 : 0.5;
        }
        double within = release.state() == ReleasePhase.ROLLING_OUT
                ? Optional.ofNullable(release.rollout())
                                .map(RolloutStatus::trafficPercent)
                                .orElse(0)
                        / 100.0
                : 0;
        return (at + within) / (WAY.size() - 1);
    }

    private static String gates(List<GateVerdict> gates) {
        if (gates.isEmpty()) {
            return "";
        }
        String open =
                gates.stream().filter(WatchText::awaited).map(GateVerdict::gate).collect(Collectors.joining(", "));
        long decided = gates.stream().filter(gate -> !awaited(gate)).count();
        String count = ", %d of %s".formatted(decided, Texts.counted(gates.size(), "gate", "gates"));
        return open.isEmpty() ? count : count + ", waiting for " + open;
    }

    /** One that has passed may still go back while others are awaited, but nobody waits for it. */
    private static boolean awaited(GateVerdict gate) {
        return !gate.complete() && gate.verdict() != GateVerdict.Verdict.PASSED;
    }

    private static String rollout(@Nullable RolloutStatus rollout, String environment) {
        if (rollout == null || !rollout.environment().environment().equals(environment)) {
            return "";
        }
        String share = switch (rollout.phase()) {
            case STEPPING ->
                " %d %% of traffic, step %d of %d".formatted(rollout.trafficPercent(), rollout.step(), rollout.steps());
            case BAKING -> " with %d %% of traffic".formatted(rollout.trafficPercent());
            case WAITING, STARTING, WARMING_UP, FULL, VERIFIED, RESTORING, RESTORED, DISPLACED, NOT_ADMITTED, UNKNOWN ->
                "";
        };
        return ", %s %s%s%s"
                .formatted(
                        environment,
                        rollout.phase()
                                .name()
                                .toLowerCase(java.util.Locale.ROOT)
                                .replace('_', ' '),
                        share,
                        rollout.paused() ? ", paused" : "");
    }

    private static String why(ReleaseView release) {
        return release.cause() == null ? "" : ": " + ReleaseText.cause(release.cause());
    }

    private static String judgement(JudgementStatus judgement) {
        return "(new: %d answers, %d errors; old: %d, %d%s)"
                .formatted(
                        judgement.canary().answers(),
                        judgement.canary().errors(),
                        judgement.baseline().answers(),
                        judgement.baseline().errors(),
                        judgement.waitingFor().isBlank() ? "" : "; waits for " + judgement.waitingFor());
    }
}
