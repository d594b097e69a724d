package dev.slipway.release.saga;

import static dev.slipway.contracts.EnvironmentId.PRODUCTION;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.policy.ForwardOnlyRule;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.messaging.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is done with a release that production does not go back from by itself, because it cannot be undone (ADR 69). No state
 * is its own: it is held where it is, by production itself or, where what was asked of it in production did not pass, here; and
 * whoever its policy names is asked. Until then nothing moves traffic back.
 */
public final class ForwardOnly {
    /** Of the proof of the way back, which is none. */
    static final String KIND = "forward-only";

    private ForwardOnly() {}

    /** Whether it was declared to be one; a way back never is. */
    static boolean isMeant(Dossier d) {
        return d.launch() != null && !d.isRollback() && d.release().proposal().forwardOnly() != null;
    }

    /** Why it cannot be undone; null where it can. */
    public static @Nullable String reason(Dossier d) {
        return isMeant(d) ? d.release().proposal().forwardOnly() : null;
    }

    private static String why(Dossier d) {
        return Objects.requireNonNull(reason(d)).strip();
    }

    /** To follow what people are asked to approve; empty where it can be undone. */
    static String question(Dossier d) {
        return isMeant(d)
                ? " It may only go forward: %s Production will not go back from it by itself; where it goes wrong it is held, and %s are asked."
                        .formatted(Texts.sentence(why(d)), people(d))
                : "";
    }

    /** To follow what is waited for of people who approve it; empty where it can be undone. */
    static String words(Dossier d) {
        return isMeant(d) ? "; it may only go forward (%s)".formatted(why(d)) : "";
    }

    /** Roles of whom is asked what is to be done. */
    static List<String> asked(Dossier d) {
        ForwardOnlyRule rule = d.guide().forwardOnly();
        return rule == null ? List.of() : rule.ask();
    }

    private static String names(Dossier d) {
        return "people of " + String.join(", ", asked(d));
    }

    /** What is answered where another release has to show that production can go back: that it will not, and why. */
    static WayBackStatus wayBack(Dossier d) {
        Baseline before = d.release().baseline();
        return new WayBackStatus(
                d.question(Steps.WAY_BACK),
                d.environment(PRODUCTION),
                true,
                KIND,
                null,
                before == null ? null : before.version(),
                instead(d) + "; on record");
    }

    /** What is done in place of going back, for the record. */
    static String instead(Dossier d) {
        return "it may only go forward: %s Instead of going back it is held, and %s are asked"
                .formatted(Texts.sentence(why(d)), people(d));
    }

    private static String people(Dossier d) {
        return asked(d).isEmpty() ? "people" : names(d);
    }

    /** What it is held for, in production or because of what was asked of it there; empty where it is not held. */
    static Optional<Cause> held(Dossier d) {
        return heldByGates(d).or(() -> heldByGit(d)).or(() -> byProduction(d));
    }

    private static Optional<Cause> byProduction(Dossier d) {
        return isMeant(d) && inProduction(d)
                ? d.rollout(PRODUCTION).filter(ForwardOnly::isHeld).map(Recording::paused)
                : Optional.empty();
    }

    /** Whether production keeps it where it is for its own sake, and not because a person has paused it. */
    static boolean isHeld(RolloutStatus status) {
        return status.paused()
                && status.cause() != null
                && switch (status.phase()) {
                    case STARTING, WARMING_UP, STEPPING, BAKING, FULL -> true;
                    case WAITING, VERIFIED, RESTORING, RESTORED, DISPLACED, NOT_ADMITTED, UNKNOWN -> false;
                };
    }

    /** What did not pass of what was asked of it when users had it. */
    static Optional<Cause> heldByGates(Dossier d) {
        return isMeant(d)
                        && d.state() instanceof ReleaseState.Baking baking
                        && baking.part() == ReleaseState.Part.VERIFYING
                ? Optional.ofNullable(d.cause())
                : Optional.empty();
    }

    /** What Git did not show at its turn, where production has begun with it all the same and nobody has said yet that it goes on. */
    static Optional<Cause> heldByGit(Dossier d) {
        return isMeant(d)
                        && d.state() instanceof ReleaseState.RollingOut rollingOut
                        && !rollingOut.withdraws()
                        && Yielding.begun(d)
                ? Optional.ofNullable(d.cause())
                        .filter(cause ->
                                cause.kind().equals(Taking.GONE) || cause.kind().equals(Overdue.KIND))
                : Optional.empty();
    }

    /** Whether production has not stopped yet where Git's answer holds it, and can. */
    static boolean asksForPause(Dossier d) {
        return heldByGit(d).isPresent()
                && d.rollout(PRODUCTION)
                        .filter(status -> !status.paused())
                        .filter(status -> switch (status.phase()) {
                            case STARTING, WARMING_UP, STEPPING, BAKING -> true;
                            case WAITING, FULL, VERIFIED, RESTORING, RESTORED, DISPLACED, NOT_ADMITTED, UNKNOWN ->
                                false;
                        })
                        .isPresent();
    }

    /** Whether production may have begun with it and has not kept it yet: what takes it back then takes users back. */
    static boolean inProduction(Dossier d) {
        return switch (d.state()) {
            case ReleaseState.RollingOut _, ReleaseState.Baking _ -> true;
            case ReleaseState.NeedsOperator needs ->
                switch (needs.trouble()) {
                    case PRODUCTION, CONFIRMING -> true;
                    case STAGING, NOTHING_TO_RESTORE, MERGING, ARRIVING -> false;
                };
            case ReleaseState.Unheard _,
                    ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Staging _,
                    ReleaseState.Candidate _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.Ended _ -> false;
        };
    }

    /** Whether production would go back for it and nobody has said yet that it is to do so although it may only go forward. */
    static boolean forbidsGoingBack(Dossier d) {
        return isMeant(d)
                && inProduction(d)
                && d.milestones().stream().noneMatch(told -> told.kind() == Milestone.Kind.ROLLING_BACK);
    }

    /** Whether what production says of it counts in every part of the bake, as it may be held there. */
    static boolean follows(Dossier d, @Nullable RolloutStatus before, RolloutStatus status) {
        return isMeant(d)
                && d.state() instanceof ReleaseState.Baking
                && status.environment().isProduction()
                && (isHeld(status) || (before != null && isHeld(before)));
    }

    /** Whether it is held for something else than it was, which people have not heard of. */
    static boolean isNews(Dossier d, @Nullable RolloutStatus before, RolloutStatus status) {
        RolloutStatus.RolloutCause known = before == null || !before.paused() ? null : before.cause();
        RolloutStatus.RolloutCause cause = status.cause();
        return isMeant(d)
                && isHeld(status)
                && cause != null
                && (known == null || !known.kind().equals(cause.kind()));
    }

    /** What people are told: what was found, that nothing goes back for it, and what they can do. */
    static Cause told(Dossier d, Cause why) {
        return new Cause(
                why.kind(),
                "%s It may only go forward (%s), so production does not go back. %s"
                        .formatted(Texts.sentence(why.text()), why(d), remedies(d)),
                why.observed(),
                why.limit());
    }

    private static String remedies(Dossier d) {
        return "Go on: ./slipway release %s; repair it by a newer version, which takes its place: ./slipway release create VERSION --fixes %s --artifact FILE; or take it back all the same: %s"
                .formatted(onwards(d), d.id(), although(d));
    }

    /** What the judge has found it says for good, and what nobody can know it waits for once more: a person passes the step. */
    private static String onwards(Dossier d) {
        boolean promoted = cause(d).filter(
                        cause -> cause.saidByJudge() || cause.kind().equals("inconclusive"))
                .isPresent();
        return (promoted ? "promote " : "resume ") + d.id();
    }

    /** Whether the judge has found it worse, after which no step passes by itself. */
    static boolean isJudged(Dossier d) {
        return cause(d).filter(RolloutStatus.RolloutCause::saidByJudge).isPresent();
    }

    private static Optional<RolloutStatus.RolloutCause> cause(Dossier d) {
        return d.rollout(PRODUCTION).map(RolloutStatus::cause);
    }

    private static String although(Dossier d) {
        return "./" + typed(d);
    }

    /** What it waits for while it is held. */
    static Optional<Waiting> waiting(Dossier d, Wait wait) {
        return held(d).map(why -> new Waiting(
                "people",
                "%s to say what is done, as it may only go forward (%s): it goes on, is repaired by a newer version, or is taken back all the same. %s"
                        .formatted(people(d), why(d), why.text()),
                wait.since(),
                wait.until(),
                "./slipway release " + onwards(d)));
    }

    /** What a plan says of it in place of going back. */
    static String plan(Dossier d) {
        return "Production does not go back by itself, as it may only go forward (%s): it is held with the share that it has, and %s say whether it goes on, is repaired by a newer version, or is taken back all the same."
                .formatted(why(d), people(d));
    }

    /** How a person has production go back from it before it is kept. */
    public static String typed(Dossier d) {
        return "slipway release abort %s --although-forward-only REASON".formatted(d.id());
    }

    /** Answer to whoever would take it back without saying that they know. */
    static Refusal refusal(Dossier d, String what) {
        return new Refusal(
                KIND,
                "Release %s is %s and may only go forward: %s To %s takes users back to what was there before, which takes a reason of its own: %s%s"
                        .formatted(
                                d.id(),
                                d.state().phase(),
                                Texts.sentence(why(d)),
                                what,
                                although(d),
                                held(d).map(_ ->
                                                ". Else go on: ./slipway release %s; or repair it by a newer version: ./slipway release create VERSION --fixes %s --artifact FILE"
                                                        .formatted(onwards(d), d.id()))
                                        .orElse("")));
    }
}
