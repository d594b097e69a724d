package dev.slipway.deployment.environment;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.deployment.Health;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.RolloutStatus.RolloutCause;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.policy.Target;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.contracts.validation.JudgementStatus.Worse;
import dev.slipway.deployment.watch.MemoryGuard;
import dev.slipway.deployment.watch.Watched;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
 * @param heard ids of the last messages by which people steered, oldest first: such a message counts once, however often
 *     it arrives
 * @param watched how what is verified has been since then; null while nothing bad was ever seen of it
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
        @Nullable Judgement judgement,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> heard,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Watched watched) {
    private static final int HEARD_MAX = 50;

    public Environment {
        snapshots = List.copyOf(snapshots);
        answers = List.copyOf(answers);
        retired = List.copyOf(retired);
        proving = List.copyOf(proving);
        proofs = List.copyOf(proofs);
        heard = List.copyOf(heard);
    }

    /**
     * A rollout that waits for the slot.
     *
     * @param held whether a person must say that it may start
     * @param cause why it is held, or null if it is not, or if a person paused it
     * @param notes what was decided about it, oldest first
     */
    public record Waiting(
            Plan plan,
            boolean held,
            @Nullable RolloutCause cause,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> notes) {
        private static final int NOTES_MAX = 10;

        public Waiting {
            notes = List.copyOf(notes);
        }

        static Waiting of(Plan plan) {
            return new Waiting(plan, false, null, List.of());
        }

        Waiting held(@Nullable RolloutCause why, String note) {
            return new Waiting(plan, true, why, with(note));
        }

        Waiting free(String note) {
            return new Waiting(plan, false, null, with(note));
        }

        private List<String> with(String note) {
            List<String> all = new ArrayList<>(notes);
            all.add(note);
            return all.subList(Math.max(0, all.size() - NOTES_MAX), all.size());
        }
    }

    /**
     * A question for the way back, and what a rollback would restore when it was asked.
     *
     * @param until when the answer is given even if nothing was found out
     * @param restarted whether it began again after the machine slept
     */
    public record Proving(
            QuestionKey question,
            Snapshot to,
            Instant until,
            @JsonSetter(nulls = Nulls.AS_EMPTY) boolean restarted) {}

    static Environment empty(EnvironmentId id) {
        return new Environment(
                id,
                null,
                null,
                List.of(),
                null,
                null,
                List.of(),
                Traffic.NONE,
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                null);
    }

    /** What a rollback restores; null before the first verified release. */
    @JsonIgnore
    public @Nullable Snapshot verified() {
        return snapshots.isEmpty() ? null : snapshots.getFirst();
    }

    /**
     * A version that should be running now.
     *
     * @param health as far as the environment has been told
     */
    public record Expected(String key, Target target, Health health) {}

    /**
     * The verified version, to be compared with what it was started with.
     *
     * @param known what is known to be otherwise
     */
    public record AsVerified(String key, List<Artifact> artifacts, List<SettingChange> known) {
        public AsVerified {
            artifacts = List.copyOf(artifacts);
            known = List.copyOf(known);
        }
    }

    /** Nothing while none is verified, or it is being restored. */
    @JsonIgnore
    public Optional<AsVerified> asVerified() {
        Snapshot verified = verified();
        if (verified == null || !Eyes.looksAfter(this, verified.key())) {
            return Optional.empty();
        }
        Watched.Incident changed = watched == null || !watched.key().equals(verified.key()) ? null : watched.changed();
        List<SettingChange> known = changed == null ? List.of() : changed.changes();
        return Optional.of(new AsVerified(verified.key(), verified.artifacts().toList(), known));
    }

    /** The versions that should be running now, as far as nobody is busy starting or restoring them. */
    @JsonIgnore
    public List<Expected> expectedToRun() {
        List<Expected> expected = new ArrayList<>();
        boolean restoring = active != null && active.stage() instanceof Stage.Restoring;
        Snapshot verified = verified();
        if (verified != null && !restoring) {
            Health known = watched != null && watched.key().equals(verified.key()) ? watched.health() : Health.UP;
            expected.add(new Expected(verified.key(), verified.target(), known));
        }
        if (active != null && active.stage().watched()) {
            expected.add(new Expected(active.key(), active.plan().target(), Health.UP));
        }
        return expected;
    }

    /** Keys of the versions that are watched or in the table, whose process is not known to be away. */
    @JsonIgnore
    public Set<String> thoughtToBeThere() {
        Set<String> keys = new HashSet<>();
        expectedToRun().forEach(expected -> keys.add(expected.key()));
        traffic.shares().forEach(share -> keys.add(share.key()));
        keys.removeIf(traffic::away);
        return keys;
    }

    /** Whether this is the version of the active rollout, which Slipway itself ended and which is being started anew. */
    boolean waitsToComeBack(String key) {
        return active != null && active.key().equals(key) && active.stage().watched() && traffic.away(key);
    }

    /** Whether its application was removed, and nothing was asked for since. */
    @JsonIgnore
    public boolean isRemoved() {
        return traffic.removed() && active == null && waiting == null;
    }

    /**
     * A version on its way whose memory has limits.
     *
     * @param beside the version beside it, of which it may not use more by so much; null where there is none to compare with
     * @param serves whether it has had a share by now: what it needs to begin with is no growth
     */
    public record Guarded(String key, @Nullable String beside, Canary.Guardrails limits, boolean serves) {}

    /** Null while no version is on its way, or its policy limits nothing that it uses. */
    @JsonIgnore
    public @Nullable Guarded guarded() {
        if (active == null || !active.stage().watched()) {
            return null;
        }
        Plan plan = active.plan();
        Canary canary = plan.canary();
        if (canary == null || !MemoryGuard.guards(canary.guardrails())) {
            return null;
        }
        Snapshot verified = plan.compared() ? verified() : null;
        return new Guarded(
                plan.key(),
                verified == null ? null : verified.key(),
                canary.guardrails(),
                active.stage().stepNumber() > 0);
    }

    /** Null while no version is on its way that has had a share, or its policy names none of its metrics. */
    @JsonIgnore
    public @Nullable Metered metered() {
        return Metered.of(this);
    }

    /** Artifacts that a rollout or a way back may still need. */
    @JsonIgnore
    public Set<Digest> neededArtifacts() {
        Set<Digest> needed = new HashSet<>();
        Stream.of(
                        snapshots.stream().flatMap(Snapshot::artifacts),
                        proving.stream().flatMap(proof -> proof.to().artifacts()),
                        active == null
                                ? Stream.<Artifact>empty()
                                : active.plan().artifacts(),
                        waiting == null
                                ? Stream.<Artifact>empty()
                                : waiting.plan().artifacts())
                .flatMap(artifacts -> artifacts)
                .map(Artifact::digest)
                .forEach(needed::add);
        return needed;
    }

    /** Keys of everything that may run now, wanted or not yet stopped. */
    @JsonIgnore
    public Set<String> mayRun() {
        Set<String> keys = new HashSet<>();
        expectedToRun().stream().map(Expected::key).forEach(keys::add);
        snapshots.stream().limit(1).map(Snapshot::key).forEach(keys::add);
        retired.stream().map(Retired::key).forEach(keys::add);
        proving.stream()
                .map(proof -> Work.proofKey(proof.to(), proof.question()))
                .forEach(keys::add);
        if (active != null) {
            keys.add(active.key());
        }
        return keys;
    }

    /** The snapshot of exactly these artifacts with exactly this configuration, if it is kept. */
    Optional<Snapshot> kept(Plan plan) {
        return snapshots.stream().filter(kept -> kept.isOf(plan)).findFirst();
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
                judgement,
                heard,
                watched);
    }

    Environment withSnapshots(List<Snapshot> kept) {
        return new Environment(
                id, highest, forgotten, kept, active, waiting, answers, traffic, retired, proving, proofs, judgement,
                heard, watched);
    }

    Environment withActive(@Nullable Active next) {
        return new Environment(
                id, highest, forgotten, snapshots, next, waiting, answers, traffic, retired, proving, proofs, judgement,
                heard, watched);
    }

    Environment withWaiting(@Nullable Waiting next) {
        return new Environment(
                id, highest, forgotten, snapshots, active, next, answers, traffic, retired, proving, proofs, judgement,
                heard, watched);
    }

    Environment withAnswers(List<Answer> kept) {
        return new Environment(
                id, highest, forgotten, snapshots, active, waiting, kept, traffic, retired, proving, proofs, judgement,
                heard, watched);
    }

    Environment withTraffic(Traffic next) {
        return new Environment(
                id, highest, forgotten, snapshots, active, waiting, answers, next, retired, proving, proofs, judgement,
                heard, watched);
    }

    Environment withRetired(List<Retired> next) {
        return new Environment(
                id, highest, forgotten, snapshots, active, waiting, answers, traffic, next, proving, proofs, judgement,
                heard, watched);
    }

    Environment retiring(Retired more) {
        List<Retired> all = new ArrayList<>(retired);
        all.removeIf(known -> known.key().equals(more.key()));
        all.add(more);
        return withRetired(all);
    }

    Environment withProofs(List<Proving> open, List<WayBackStatus> done) {
        return new Environment(
                id, highest, forgotten, snapshots, active, waiting, answers, traffic, retired, open, done, judgement,
                heard, watched);
    }

    Environment hearing(@Nullable String message) {
        if (message == null) {
            return this;
        }
        List<String> all = new ArrayList<>(heard);
        all.add(message);
        return new Environment(
                id,
                highest,
                forgotten,
                snapshots,
                active,
                waiting,
                answers,
                traffic,
                retired,
                proving,
                proofs,
                judgement,
                all.subList(Math.max(0, all.size() - HEARD_MAX), all.size()),
                watched);
    }

    Environment withJudgement(@Nullable Judgement latest) {
        return new Environment(
                id, highest, forgotten, snapshots, active, waiting, answers, traffic, retired, proving, proofs, latest,
                heard, watched);
    }

    Environment withWatched(@Nullable Watched next) {
        return new Environment(
                id, highest, forgotten, snapshots, active, waiting, answers, traffic, retired, proving, proofs,
                judgement, heard, next);
    }
}
