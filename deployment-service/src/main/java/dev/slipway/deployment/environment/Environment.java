package dev.slipway.deployment.environment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One environment of an application: its slot, its queue of one, and what it remembers.
 *
 * @param highest highest rank that was admitted, queued or dropped; nothing at or below it starts any more
 * @param forgotten highest rank whose answer is beyond memory
 * @param snapshots verified releases, newest first; the first one is what a rollback restores
 * @param active the rollout that holds the slot, or null
 * @param waiting the rollout that is next, or null
 * @param answers final answers, oldest first
 * @param retired versions that serve no more and are to be stopped
 * @param proving questions for the way back that are being worked on
 * @param proofs answers to such questions, oldest first
 * @param judgement latest judgement of the active rollout; ticks, so it leaves no journal entry of its own
 */
public record Environment(
        EnvironmentId id,
        @Nullable Rank highest,
        @Nullable Rank forgotten,
        List<Snapshot> snapshots,
        @Nullable Active active,
        @Nullable Waiting waiting,
        List<Answer> answers,
        Traffic traffic,
        List<Retired> retired,
        List<Proving> proving,
        List<WayBackStatus> proofs,
        @Nullable Judgement judgement) {
    public Environment {
        snapshots = List.copyOf(snapshots);
        answers = List.copyOf(answers);
        retired = List.copyOf(retired);
        proving = List.copyOf(proving);
        proofs = List.copyOf(proofs);
    }

    /**
     * A rollout that waits for the slot.
     *
     * @param held whether a person must say that it may start, because the one before it was rolled back
     */
    public record Waiting(Plan plan, boolean held) {}

    /**
     * A question for the way back, and what a rollback would restore when it was asked.
     *
     * @param until when the answer is given even if nothing was found out
     */
    public record Proving(QuestionKey question, Snapshot to, Instant until) {}

    static Environment empty(EnvironmentId id) {
        return new Environment(
                id, null, null, List.of(), null, null, List.of(), Traffic.NONE, List.of(), List.of(), List.of(), null);
    }

    /** What a rollback restores; null before the first verified release. */
    @JsonIgnore
    public @Nullable Snapshot verified() {
        return snapshots.isEmpty() ? null : snapshots.getFirst();
    }

    /** Keys of the versions that should be running now, as far as nobody is busy starting or restoring them. */
    @JsonIgnore
    public List<String> expectedToRun() {
        List<String> keys = new ArrayList<>();
        boolean restoring = active != null && active.stage() instanceof Stage.Restoring;
        Snapshot verified = verified();
        if (verified != null && !restoring) {
            keys.add(verified.key());
        }
        if (active != null && active.stage().watched()) {
            keys.add(active.key());
        }
        return keys;
    }

    /** Artifacts that a rollout or a way back may still need. */
    @JsonIgnore
    public Set<Digest> neededArtifacts() {
        Set<Digest> needed = new HashSet<>();
        snapshots.forEach(snapshot -> needed.add(snapshot.artifact().digest()));
        proving.forEach(proof -> needed.add(proof.to().artifact().digest()));
        if (active != null) {
            needed.add(active.plan().artifact().digest());
        }
        return needed;
    }

    /** The latest judgement, if it is about this rollout. */
    @Nullable
    JudgementStatus judgementOf(Active rollout) {
        return judgement != null && judgement.status().question().equals(rollout.question())
                ? judgement.status()
                : null;
    }

    /** Why the active rollout is worse, as long as that matters. */
    @Nullable
    Worse worse() {
        JudgementStatus latest = active == null || !active.stage().watched() ? null : judgementOf(active);
        return latest == null ? null : latest.worse();
    }

    Optional<RolloutStatus> answerTo(QuestionKey question) {
        return answers.stream()
                .map(Answer::status)
                .filter(status -> status.question().equals(question))
                .findFirst();
    }

    boolean isActive(QuestionKey question) {
        return active != null && active.question().equals(question);
    }

    boolean isWaiting(QuestionKey question) {
        return waiting != null && waiting.plan().question().equals(question);
    }

    Environment withRanks(@Nullable Rank newHighest, @Nullable Rank newForgotten) {
        return new Environment(
                id,
                newHighest,
                newForgotten,
                snapshots,
                active,
                waiting,
                answers,
                traffic,
                retired,
                proving,
                proofs,
                judgement);
    }

    Environment withSnapshots(List<Snapshot> kept) {
        return new Environment(
                id, highest, forgotten, kept, active, waiting, answers, traffic, retired, proving, proofs, judgement);
    }

    Environment withActive(@Nullable Active next) {
        return new Environment(
                id, highest, forgotten, snapshots, next, waiting, answers, traffic, retired, proving, proofs,
                judgement);
    }

    Environment withWaiting(@Nullable Waiting next) {
        return new Environment(
                id, highest, forgotten, snapshots, active, next, answers, traffic, retired, proving, proofs, judgement);
    }

    Environment withAnswers(List<Answer> kept) {
        return new Environment(
                id, highest, forgotten, snapshots, active, waiting, kept, traffic, retired, proving, proofs, judgement);
    }

    Environment withTraffic(Traffic next) {
        return new Environment(
                id, highest, forgotten, snapshots, active, waiting, answers, next, retired, proving, proofs, judgement);
    }

    Environment withRetired(List<Retired> next) {
        return new Environment(
                id, highest, forgotten, snapshots, active, waiting, answers, traffic, next, proving, proofs, judgement);
    }

    Environment retiring(Retired more) {
        List<Retired> all = new ArrayList<>(retired);
        all.removeIf(known -> known.key().equals(more.key()));
        all.add(more);
        return withRetired(all);
    }

    Environment withProofs(List<Proving> open, List<WayBackStatus> done) {
        return new Environment(
                id, highest, forgotten, snapshots, active, waiting, answers, traffic, retired, open, done, judgement);
    }

    Environment withJudgement(@Nullable Judgement latest) {
        return new Environment(
                id, highest, forgotten, snapshots, active, waiting, answers, traffic, retired, proving, proofs, latest);
    }
}
