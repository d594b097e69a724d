package dev.slipway.cli;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.release.AwaitedReview;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.DateView;
import dev.slipway.contracts.release.Disruption;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.RunbookView;
import dev.slipway.contracts.release.VoteView;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.release.WaiverView;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.contracts.validation.JudgementStatus;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Releases as tests need them. */
public final class Releases {
    public static final Instant AT = Instant.parse("2026-03-01T10:00:00Z");
    public static final ReleaseId ID = new ReleaseId("hello@1.1.0");
    public static final Digest DIGEST = new Digest("sha256:" + "ab".repeat(32));

    private Releases() {}

    public static ReleaseView release(
            ReleasePhase state, @Nullable Cause cause, @Nullable Waiting waiting, @Nullable RolloutStatus rollout) {
        GateVerdict open = new GateVerdict(
                "smoke",
                "guide",
                Stage.STAGING,
                GateVerdict.Verdict.INCONCLUSIVE,
                false,
                "rule",
                "",
                "no answer yet",
                null,
                AT,
                AT);
        GateVerdict passed = new GateVerdict(
                "unit-tests",
                "guide",
                Stage.PRE_RELEASE,
                GateVerdict.Verdict.PASSED,
                true,
                "rule",
                "tests.total 14, tests.failed 0",
                "",
                "hash",
                null,
                AT);
        return new ReleaseView(
                ID,
                "hello",
                "1.1.0",
                new Sha("1".repeat(40)),
                List.of(new Artifact(URI.create("file:///hello.jar"), DIGEST)),
                "sha256:policy",
                2,
                "STANDARD",
                state,
                AT,
                AT,
                "ci@example.test",
                List.of("grace@example.test"),
                List.of("GitHub <noreply@github.com>"),
                cause,
                waiting,
                List.of(passed, open),
                2,
                List.of(new ReleaseView.ApprovalView("ada@example.test", AT)),
                rollout,
                null,
                List.of(new Milestone(
                        1, Milestone.Kind.ROLLING_BACK, Cause.of("worse", "judged worse"), AT.plusSeconds(8))),
                1,
                null);
    }

    /** Goes without a gate, or is asked to. */
    public static ReleaseView limited(WaiverView limitation) {
        return with(List.of(limitation), List.of(), List.of(), null, null, null);
    }

    /** Asks this of people. */
    public static ReleaseView asking(DutyView duty) {
        return with(List.of(), List.of(duty), List.of(), null, null, null);
    }

    /** Has a date that is no duty's. */
    public static ReleaseView dated(DateView date) {
        return with(List.of(), List.of(), List.of(date), null, null, null);
    }

    /** Is voted on. */
    public static ReleaseView voted(VoteView vote) {
        return with(List.of(), List.of(), List.of(), vote, null, null);
    }

    /** Users had this of it. */
    public static ReleaseView disrupting(Disruption disruption) {
        return with(List.of(), List.of(), List.of(), null, disruption, null);
    }

    /** Cannot be undone. */
    public static ReleaseView forwardOnly(String reason) {
        return with(List.of(), List.of(), List.of(), null, null, reason);
    }

    /** Has an end of which it is told once these are reviewed. */
    public static ReleaseView unreviewed(ReleasePhase state, AwaitedReview... reviews) {
        return release(state, null, null, null).owing(List.of(), List.of(reviews), List.of(), null);
    }

    private static ReleaseView with(
            List<WaiverView> limitations,
            List<DutyView> duties,
            List<DateView> timetable,
            @Nullable VoteView vote,
            @Nullable Disruption disruption,
            @Nullable String forwardOnly) {
        ReleaseView plain = release(ReleasePhase.VALIDATING, null, null, null);
        return new ReleaseView(
                plain.id(),
                plain.application(),
                plain.version(),
                plain.sha(),
                plain.artifacts(),
                plain.policyHash(),
                plain.ordinal(),
                plain.kind(),
                plain.state(),
                plain.since(),
                plain.proposedAt(),
                plain.publisher(),
                plain.authors(),
                plain.unmatchedAuthors(),
                plain.cause(),
                plain.waiting(),
                plain.gates(),
                plain.approvalsRequired(),
                plain.approvals(),
                plain.rollout(),
                plain.mergedAs(),
                plain.milestones(),
                plain.attempt(),
                plain.next(),
                plain.configuration(),
                plain.changes(),
                limitations,
                null,
                duties,
                duties.isEmpty() ? null : "ada@example.test",
                List.of(),
                timetable,
                List.of(
                        new RunbookView.Person("technical-lead", "Ada", "ada@example.test", "#hello"),
                        new RunbookView.Person("support", "Cy", "cy@example.test", null)),
                vote,
                disruption,
                null,
                List.of(),
                forwardOnly,
                null,
                List.of());
    }

    public static RolloutStatus stepping(int percent) {
        return rollout(RolloutStatus.Phase.STEPPING, percent, 1, null);
    }

    /** @param waitingFor what the judge has seen of what it needs */
    public static RolloutStatus baking(int percent, String waitingFor) {
        JudgementStatus judgement = new JudgementStatus(
                new QuestionKey(ID, "production", 1),
                EnvironmentId.parse("hello/production"),
                true,
                4,
                null,
                new JudgementStatus.SideCounts(120, 0, 1),
                new JudgementStatus.SideCounts(6, 0, 0),
                waitingFor);
        return rollout(RolloutStatus.Phase.BAKING, percent, 4, judgement);
    }

    private static RolloutStatus rollout(
            RolloutStatus.Phase phase, int percent, int step, @Nullable JudgementStatus judgement) {
        return new RolloutStatus(
                new QuestionKey(ID, "production", 1),
                EnvironmentId.parse("hello/production"),
                phase,
                percent,
                step,
                4,
                false,
                null,
                null,
                null,
                null,
                judgement,
                List.of("a note"));
    }
}
