package dev.slipway.release.saga;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.release.saga.ReleaseInput.Assessed;
import dev.slipway.release.saga.ReleaseInput.Heard;
import dev.slipway.release.saga.ReleaseInput.Judged;
import dev.slipway.release.saga.ReleaseInput.RolloutChanged;
import dev.slipway.release.saga.ReleaseInput.Told;
import dev.slipway.release.saga.ReleaseInput.WayBackChanged;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Writes down what was heard. Older statuses are dropped; an equal version is still an answer. */
final class Recording {
    private static final int SOURCES_MAX = 20;
    private static final int CONVERSATIONS_MAX = 200;

    private final Entering entering;

    Recording(Entering entering) {
        this.entering = entering;
    }

    Dossier heard(Dossier d, Heard heard, Instant now) {
        return switch (heard) {
            case Assessed assessed ->
                old(d, heard) || foreign(d, assessed.status().question())
                        ? d
                        : noting(d, heard, now).assessment(assessed.status()).done();
            case WayBackChanged wayBack ->
                old(d, heard) || foreign(d, wayBack.status().question())
                        ? d
                        : noting(d, heard, now).wayBack(wayBack.status()).done();
            case RolloutChanged rollout ->
                old(d, heard) || foreign(d, rollout.status().question())
                        ? d
                        : Disruptions.kept(rollout(d, rollout, now), now);
            case Judged judged ->
                d.launch() != null && judged.status().question().equals(d.question(EnvironmentId.PRODUCTION))
                        ? Disruptions.kept(
                                Change.of(d, now).judgement(judged.status()).done(), now)
                        : d;
            case Told told -> told(d, told.status(), now);
        };
    }

    private static boolean old(Dossier d, Heard heard) {
        return old(d, heard.source(), heard.version());
    }

    private static boolean old(Dossier d, String source, long version) {
        return d.heard().stream().anyMatch(last -> last.source().equals(source) && last.version() > version);
    }

    /** What another aggregate of this service says: an older word is dropped, like that of any other source. */
    static Dossier latest(Dossier d, String about, long said, UnaryOperator<Dossier> heard, Instant now) {
        if (said == 0 || d.launch() == null || d.state() instanceof ReleaseState.Ended) {
            return heard.apply(d);
        }
        return old(d, about, said)
                ? d
                : Change.of(heard.apply(d), now).heard(about, said, SOURCES_MAX).done();
    }

    private static boolean foreign(Dossier d, QuestionKey question) {
        return !question.release().equals(d.id()) || d.launch() == null || question.attempt() != attempt(d, question);
    }

    /** What production said of a place in its queue that the release has left is no answer to the question of now. */
    private static int attempt(Dossier d, QuestionKey question) {
        return d.question(question.step()).attempt();
    }

    private static Change noting(Dossier d, Heard heard, Instant now) {
        return Change.of(d, now).heard(heard.source(), heard.version(), SOURCES_MAX);
    }

    /** Progress starts the wait again; a rollout that waits for a person is told to people. */
    private Dossier rollout(Dossier d, RolloutChanged heard, Instant now) {
        RolloutStatus status = heard.status();
        Optional<RolloutStatus> before = d.rollout(status.environment().environment());
        boolean forgotten = status.phase() == RolloutStatus.Phase.UNKNOWN && d.state() instanceof ReleaseState.Ended;
        if (!forgotten
                && before.filter(known -> forGood(known) && known.phase() != status.phase())
                        .isPresent()) {
            return d; // it answers one thing, for good, for as long as it is remembered
        }
        Change change = noting(d, heard, now).rollout(status);
        boolean moved = before.isEmpty() || !samePlace(before.get(), status);
        boolean follows = movesIn(d.state(), status) || ForwardOnly.follows(d, before.orElse(null), status);
        if (moved && follows) {
            change.to(d.state().waiting(Wait.from(now, entering.progressWithin(d, status))));
        }
        boolean pausedNow = status.paused()
                && before.filter(RolloutStatus::paused).isEmpty()
                && ForwardOnly.heldByGit(d).isEmpty(); // people know already what for
        boolean news = pausedNow || ForwardOnly.isNews(d, before.orElse(null), status);
        if (news && follows && status.environment().isProduction()) {
            told(change, d, status);
        }
        return change.done();
    }

    /** What a person has paused is told like any other, also of what may only go forward: nobody is asked anything. */
    private void told(Change change, Dossier d, RolloutStatus status) {
        if (ForwardOnly.isHeld(status)) {
            entering.paused(change, d, Disruptions.told(change.done(), paused(status)));
        } else {
            entering.milestone(change, Milestone.Kind.PAUSED, Disruptions.told(change.done(), paused(status)));
        }
    }

    private static boolean forGood(RolloutStatus status) {
        return switch (status.phase()) {
            case VERIFIED, RESTORED, DISPLACED, NOT_ADMITTED -> true;
            case WAITING, STARTING, WARMING_UP, STEPPING, BAKING, FULL, RESTORING, UNKNOWN -> false;
        };
    }

    private static boolean samePlace(RolloutStatus one, RolloutStatus other) {
        return one.phase() == other.phase()
                && one.step() == other.step()
                && one.paused() == other.paused()
                && one.atTurn() == other.atTurn();
    }

    private static boolean movesIn(ReleaseState state, RolloutStatus status) {
        return switch (state) {
            case ReleaseState.RollingOut _ -> status.environment().isProduction();
            case ReleaseState.Staging staging ->
                staging.part() == ReleaseState.Part.ROLLING_OUT
                        && !status.environment().isProduction();
            case ReleaseState.Baking baking ->
                baking.part() == ReleaseState.Part.ROLLING_OUT
                        && status.environment().isProduction();
            case ReleaseState.Unheard _,
                    ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Candidate _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _,
                    ReleaseState.Ended _ -> false;
        };
    }

    static Cause paused(RolloutStatus status) {
        if (status.phase() == RolloutStatus.Phase.WAITING) {
            return Cause.of(
                    "held",
                    "It is held before it begins: production went back from the release before it, and it may contain"
                            + " the same fault.");
        }
        RolloutStatus.RolloutCause cause = status.cause();
        String at = "The rollout waits for a person at %d %%.".formatted(status.trafficPercent());
        return cause == null
                ? Cause.of("paused", at)
                : new Cause(cause.kind(), at + " " + cause.text(), cause.observed(), cause.limit());
    }

    /** Counts of a conversation only rise, so the highest is the latest. */
    private static Dossier told(Dossier d, DeliveryStatus status, Instant now) {
        if (status.announcement() != null) {
            Announcements heard = Announcements.of(d).heard(status);
            return heard.equals(Announcements.of(d))
                    ? d
                    : Change.of(d, now).announcements(heard).done();
        }
        boolean older = d.deliveries().stream()
                .anyMatch(last -> Telling.sameConversation(last, status)
                        && (last.plannedUpTo() > status.plannedUpTo() || last.equals(status)));
        boolean full = d.deliveries().size() >= CONVERSATIONS_MAX
                && d.deliveries().stream().noneMatch(last -> Telling.sameConversation(last, status));
        return older || full || d.launch() == null
                ? d
                : Change.of(d, now).delivery(status).done();
    }
}
