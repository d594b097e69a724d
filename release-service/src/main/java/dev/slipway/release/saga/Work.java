package dev.slipway.release.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.PathReview;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.messaging.Effect;
import dev.slipway.release.application.Tags;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The work that a release has done outside, in each state. */
public final class Work {
    /** Kind of the task that reads the revision. */
    public static final String READ = "read-revision";

    /** The same, looking once more before production. */
    static final String LOOK_AGAIN = "read-revision-again";

    /** Kind of the task that merges and tags. */
    public static final String MERGE = "merge";

    /** Kind of the task that writes what its end is announced by. */
    public static final String ANNOUNCE = "announce";

    private Work() {}

    /** Write what the end of a release is announced by. */
    public record Announce(ReleaseId release) {}

    /**
     * Read who made the change.
     *
     * @param headOnly whether the revision must be the head of a source branch; else it must be on one
     * @param tag that it is to bear in the end; null if the policy merges nothing, and in tasks from before it was asked for
     * @param guide whose file is read there; null where none is: once is enough, as a revision does not change
     * @param since the revision of the last verified release, with which files are compared; null where there is none
     * @param paths files of which is asked whether they have changed; none where nobody in particular has to approve that, and in
     *     tasks from before it was asked
     */
    public record ReadRevision(
            Policy.Source source,
            Sha sha,
            boolean headOnly,
            @Nullable String tag,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Guide guide,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Sha since,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<PathReview> paths) {
        public ReadRevision {
            paths = List.copyOf(paths);
        }

        /** Without a look at a guide's file, and whatever it changes. */
        public ReadRevision(Policy.Source source, Sha sha, boolean headOnly, @Nullable String tag) {
            this(source, sha, headOnly, tag, null, null, List.of());
        }

        /**
         * All that is asked at a release's beginning.
         *
         * @param tag that it is to bear; null for none
         * @param verified revision of the last verified release; null where there is none
         */
        public static ReadRevision atBeginning(Policy policy, Sha sha, @Nullable String tag, @Nullable Sha verified) {
            List<PathReview> paths = policy.approvals().paths();
            return new ReadRevision(
                    policy.source(),
                    sha,
                    policy.onPush() == Policy.OnPush.SUPERSEDE,
                    tag,
                    ofFile(policy),
                    paths.isEmpty() ? null : verified,
                    paths);
        }

        /** A guide that was read from a file. */
        private static @Nullable Guide ofFile(Policy policy) {
            Guide guide = policy.guide();
            return guide == null || guide.file() == null ? null : guide;
        }
    }

    /**
     * Merge the released revision and tag it.
     *
     * @param limitations what the tag's message says that the release goes without; empty in tasks from before there were any
     */
    public record MergeRevision(
            ReleaseId release,
            Policy.Source source,
            Sha sha,
            String tag,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<String> limitations) {
        public MergeRevision {
            limitations = List.copyOf(limitations);
        }
    }

    static Optional<Effect.StartTask> of(Dossier d) {
        return switch (d.state()) {
            case ReleaseState.Proposed _ -> Optional.of(readFirst(d));
            case ReleaseState.Candidate _, ReleaseState.RollingOut _ ->
                looksAgain(d) ? Optional.of(lookAgain(d)) : Optional.empty();
            case ReleaseState.Merging merging ->
                Optional.ofNullable(merging.looks() ? null : d.guide().merge())
                        .map(merge -> new Effect.StartTask(MERGE, MERGE, merge(d, merge)));
            case ReleaseState.Unheard _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Staging _,
                    ReleaseState.Baking _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _ -> Optional.empty();
            case ReleaseState.Ended _ ->
                Announcements.unwritten(d)
                        ? Optional.of(new Effect.StartTask(ANNOUNCE, ANNOUNCE, new Announce(d.id())))
                        : Optional.empty();
        };
    }

    /** What it changes is asked once: what people are asked for by it stands fast. */
    private static Effect.StartTask readFirst(Dossier d) {
        Baseline verified = d.release().baseline();
        return new Effect.StartTask(
                READ,
                READ,
                ReadRevision.atBeginning(
                        d.guide(), d.release().proposal().sha(), tag(d), verified == null ? null : verified.sha()));
    }

    /**
     * Whether nothing but Git is waited for: the last thing before production, so that nothing that takes its time comes after
     * it; and once more after a time in production's queue.
     */
    static boolean looksAgain(Dossier d) {
        return switch (d.state()) {
            case ReleaseState.Candidate candidate ->
                candidate.ahead() == ReleaseState.Ahead.VERIFYING
                        && !candidate.seen()
                        && Duties.awaited(d).isEmpty()
                        && Steps.fitForProduction(d);
            case ReleaseState.RollingOut rollingOut ->
                !rollingOut.seen()
                        && !rollingOut.withdraws()
                        && d.rollout(EnvironmentId.PRODUCTION)
                                .filter(RolloutStatus::atTurn)
                                .isPresent();
            case ReleaseState.Unheard _,
                    ReleaseState.Proposed _,
                    ReleaseState.Validating _,
                    ReleaseState.AwaitingApproval _,
                    ReleaseState.Staging _,
                    ReleaseState.Baking _,
                    ReleaseState.Merging _,
                    ReleaseState.Restoring _,
                    ReleaseState.RollingBack _,
                    ReleaseState.NeedsOperator _,
                    ReleaseState.Ended _ -> false;
        };
    }

    private static Effect.StartTask lookAgain(Dossier d) {
        return new Effect.StartTask(
                LOOK_AGAIN,
                READ,
                new ReadRevision(d.guide().source(), d.release().proposal().sha(), false, tag(d)));
    }

    private static MergeRevision merge(Dossier d, Policy.Merge merge) {
        return new MergeRevision(
                d.id(), d.guide().source(), d.release().proposal().sha(), tag(d, merge), Waivers.limitations(d));
    }

    private static @Nullable String tag(Dossier d) {
        Policy.Merge merge = d.guide().merge();
        return merge == null ? null : tag(d, merge);
    }

    private static String tag(Dossier d, Policy.Merge merge) {
        return Tags.of(merge, d.release().proposal().version());
    }
}
