package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.validation.GateVerdict;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A release as the API shows it ({@code GET /api/v1/releases/{id}}).
 *
 * @param ordinal order of the release within its application
 * @param kind {@code STANDARD}, {@code ROLLBACK} or {@code CONFIGURATION}
 * @param authors addresses of whoever wrote or committed it, none of whom approves it
 * @param unmatchedAuthors names and addresses in its commits that nobody logs in by, for whoever approves to look at; absent
 *     from services before there were any
 * @param waiting what it waits for; null when it waits for nothing
 * @param approvalsRequired how many approvals the policy wants
 * @param rollout latest status of the rollout that is under way or was last, or null
 * @param attempt how often this version was let begin, this time included; 0 where a service does not say it yet
 * @param next what a person can do now, in one sentence; null where nothing is asked of anybody
 * @param configuration digest of what the program is started with in production; null where a service does not say it
 * @param changes what is otherwise in it than in what production ran when the release was proposed; empty where nothing is,
 *     production ran nothing, or a service does not say it
 * @param knownLimitations gates and duties that it goes without by the word of two people, or that somebody has asked to waive; absent
 *     where there are none
 * @param guideHash hash of the guide that it goes by, which is that of its policy or was adopted, whose states are {@code GET
 *     /api/v1/applications/{application}/guide}; absent where there is none
 * @param duties what its policy asks of people on the way, and what they have answered; absent where it asks for nothing
 * @param owner address of who answers for it; absent where nobody is named
 * @param owed what is left to do of releases of the application that ended before it began, oldest first; absent where nothing
 *     is, and in lists
 * @param timetable when what is no duty is to be done; absent where its policy says nothing of it
 * @param contacts whom to ask: technical lead, DevOps and support of its policy, else all that it names; absent where it was
 *     refused for want of one
 * @param guideFile the file that its guide was read from, as it is at the released revision; absent where nobody has looked
 * @param vote until when its vote is open, who says no, and how it was decided; absent where nobody is asked
 * @param disruption what users had of it, where production went back from it, holds it or had it repaired; absent where it does none
 * @param retro what people learned from it and want done, and what others say of it; absent where nobody said anything, and in
 *     lists
 * @param owedItems what people want done still of releases of the application that were proposed before it, oldest first; absent
 *     where nothing is, and in lists
 * @param forwardOnly why production does not go back from it by itself, as whoever proposed it said; absent where it does
 * @param reviews announcements that wait for somebody of a role to review them: its own once they are asked for, and those of
 *     releases of the application that ended before it began, oldest first; absent where none does, and in lists those of others
 */
public record ReleaseView(
        ReleaseId id,
        String application,
        String version,
        Sha sha,
        List<Artifact> artifacts,
        String policyHash,
        long ordinal,
        String kind,
        ReleasePhase state,
        Instant since,
        Instant proposedAt,
        String publisher,
        List<String> authors,

        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> unmatchedAuthors,
        @Nullable Cause cause,
        @Nullable Waiting waiting,
        List<GateVerdict> gates,
        int approvalsRequired,
        List<ApprovalView> approvals,
        @Nullable RolloutStatus rollout,
        @Nullable String mergedAs,
        List<Milestone> milestones,
        @JsonSetter(nulls = Nulls.AS_EMPTY) int attempt,
        @Nullable String next,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Digest configuration,

        @JsonSetter(nulls = Nulls.AS_EMPTY) List<SettingChange> changes,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<WaiverView> knownLimitations,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String guideHash,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<DutyView> duties,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String owner,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<OwedDuty> owed,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<DateView> timetable,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<RunbookView.Person> contacts,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable VoteView vote,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Disruption disruption,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RetroView retro,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<RetroView.Owed> owedItems,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String forwardOnly,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GuideFileView guideFile,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<AwaitedReview> reviews) {
    public ReleaseView {
        artifacts = List.copyOf(artifacts);
        authors = List.copyOf(authors);
        unmatchedAuthors = List.copyOf(unmatchedAuthors);
        gates = List.copyOf(gates);
        approvals = List.copyOf(approvals);
        milestones = List.copyOf(milestones);
        changes = List.copyOf(changes);
        knownLimitations = List.copyOf(knownLimitations);
        duties = List.copyOf(duties);
        owed = List.copyOf(owed);
        timetable = List.copyOf(timetable);
        contacts = List.copyOf(contacts);
        owedItems = List.copyOf(owedItems);
        reviews = List.copyOf(reviews);
    }

    /**
     * The same, with what is left to do of releases before it, and what was said of it.
     *
     * @param unreviewed of releases before it
     */
    public ReleaseView owing(
            List<OwedDuty> left, List<AwaitedReview> unreviewed, List<RetroView.Owed> items, @Nullable RetroView said) {
        return new ReleaseView(
                id,
                application,
                version,
                sha,
                artifacts,
                policyHash,
                ordinal,
                kind,
                state,
                since,
                proposedAt,
                publisher,
                authors,
                unmatchedAuthors,
                cause,
                waiting,
                gates,
                approvalsRequired,
                approvals,
                rollout,
                mergedAs,
                milestones,
                attempt,
                next,
                configuration,
                changes,
                knownLimitations,
                guideHash,
                duties,
                owner,
                left,
                timetable,
                contacts,
                vote,
                disruption,
                said,
                items,
                forwardOnly,
                guideFile,
                Stream.concat(unreviewed.stream(), reviews.stream()).toList());
    }

    /** Of whose configuration nothing is said. */
    public ReleaseView(
            ReleaseId id,
            String application,
            String version,
            Sha sha,
            List<Artifact> artifacts,
            String policyHash,
            long ordinal,
            String kind,
            ReleasePhase state,
            Instant since,
            Instant proposedAt,
            String publisher,
            List<String> authors,
            List<String> unmatchedAuthors,
            @Nullable Cause cause,
            @Nullable Waiting waiting,
            List<GateVerdict> gates,
            int approvalsRequired,
            List<ApprovalView> approvals,
            @Nullable RolloutStatus rollout,
            @Nullable String mergedAs,
            List<Milestone> milestones,
            int attempt,
            @Nullable String next) {
        this(
                id,
                application,
                version,
                sha,
                artifacts,
                policyHash,
                ordinal,
                kind,
                state,
                since,
                proposedAt,
                publisher,
                authors,
                unmatchedAuthors,
                cause,
                waiting,
                gates,
                approvalsRequired,
                approvals,
                rollout,
                mergedAs,
                milestones,
                attempt,
                next,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                null,
                List.of(),
                null,
                null,
                List.of());
    }

    /** A person's yes. */
    public record ApprovalView(String email, Instant at) {}

    /** One entry of a release's timeline ({@code GET /api/v1/releases/{id}/timeline}). */
    public record TimelineEntry(long version, Instant at, String actor, String input, String state, String reason) {}

    /**
     * One page of a list.
     *
     * @param cursor give this for the next page; null on the last
     */
    public record Page(List<ReleaseView> releases, @Nullable String cursor) {
        public Page {
            releases = List.copyOf(releases);
        }
    }

    /**
     * Body of an approval: exactly what is approved.
     *
     * @param guideHash hash of the guide that it goes by; to be said where that is no longer the one of its policy
     */
    public record ApprovalRequest(
            Sha sha,
            List<String> digests,
            String policyHash,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String guideHash) {
        /** By the guide of its policy. */
        public ApprovalRequest(Sha sha, List<String> digests, String policyHash) {
            this(sha, digests, policyHash, null);
        }

        public ApprovalRequest {
            Texts.requirePresent("sha", sha);
            Texts.requirePresent("digests", digests);
            Texts.requirePresent("policyHash", policyHash);
            digests = List.copyOf(digests);
        }
    }

    /**
     * Answer to a policy that was put.
     *
     * @param notes what is legal, yet will hardly be meant, such as a freeze that is over
     */
    public record PolicyAnswer(
            String application,
            String policyHash,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> notes) {
        public PolicyAnswer {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Answer to whoever proposed a release, or asked for a rollback.
     *
     * @param id the release
     * @param text what came of it, one or two sentences for a person; empty where a service does not say it yet
     */
    public record Accepted(
            String id, @JsonSetter(nulls = Nulls.AS_EMPTY) String text) {}

    /** Body of every steering request. */
    public record ReasonRequest(@Nullable String reason) {}

    /**
     * Body of every steering request, as the service reads it.
     *
     * @param full for promote: straight to 100 % instead of one step
     */
    public record SteeringRequest(
            @Nullable String reason, @Nullable Boolean full) {}

    /**
     * Answer to a steering request that was taken.
     *
     * @param done whether it has an effect; false where it is on record, but changes nothing
     * @param text one sentence for a person: what was done, or why nothing was
     * @param release the release afterwards
     */
    public record SteeringAnswer(boolean done, String text, ReleaseView release) {}

    /**
     * Body of {@code POST /api/v1/applications/{application}/rollback}.
     *
     * @param version the version to go back to, or null for the one before the present one
     * @param reason why; must not be blank
     */
    public record RollbackRequest(
            @Nullable String version, @Nullable String reason) {}
}
