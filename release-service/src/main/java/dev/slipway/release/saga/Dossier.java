package dev.slipway.release.saga;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Cause;
import dev.slipway.contracts.release.Disruption;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.JudgedSeconds;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.release.application.Freezes;
import dev.slipway.release.application.Hold;
import dev.slipway.release.application.Launch;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one release: what it is (immutable), where it is, and what was heard about it.
 *
 * @param launch what it is; null only while nobody has proposed it
 * @param since when it came into its phase
 * @param cause why it does not go on, or went back, or ended; null while all is well
 * @param milestones what people are told, in order
 * @param people authors, co-authors and committers of the change, case folded
 * @param unmatched names and addresses among them that nobody logs in by; absent from before there were any
 * @param assessments latest status of each assessment, by step
 * @param rollouts latest status of each environment's rollout, without its judgement
 * @param mergedAs what the target branch holds since the merge; null before
 * @param deliveries latest status of each conversation
 * @param requests keys of requests that took effect, oldest first
 * @param notes what people did on the way, oldest first
 * @param hold why it may not begin production yet, or null
 * @param rank its order since a rollback came before it; 0 while its own counts
 * @param branches the source branches that the revision was on when it was read; empty where it was not said
 * @param traffic whether production is known to have had traffic of it, or nobody can say that it had not
 * @param presentFreezes when nothing begins production, by a policy that came after this release; null while its own counts
 * @param judgement the latest judgement; ticks, so it is not journaled
 * @param heard versions of the aggregates that were heard last; ticks, so it is not journaled
 * @param withdrawn how often it left production's queue for a freeze; 0 from before there was that
 * @param waivers gates that it goes without, asked for by one person and confirmed by another, one a gate
 * @param seconds which recorded seconds a judge's latest word about its production rests on; null before there is one
 * @param refusals what people asked in vain, of which the journal was told last; null while nobody did, all told ones in documents
 *     from before
 * @param refusedNow all of them, with every count as it is; ticks, so it is not journaled
 * @param leftOut duties that do not apply to it by their rules, decided when it began; absent where there are none
 * @param staff who answers for it and who is asked for its duties; absent where nobody is, and from before that was pinned
 * @param duties what people have answered who are asked for what only they can know or do, oldest first; absent from before
 *     there were any
 * @param schedule the time of its duties; absent where none has one
 * @param committed when its revision was committed, as Git has it; null before it was read, and from before that was kept
 * @param prose what people say above the facts of its notes; null while nobody has
 * @param announcements what is told of it to those who use it; null while nothing is
 * @param ballot what is on record of the vote on it beside who says yes; null while nothing is, and from before there was that
 * @param disruption what users had of it, where production went back from it or had it repaired; null where it did not, or nobody
 *     judged it
 * @param retro what people learned from it and want done, and what others said of it before that was kept by itself; null while
 *     there is nothing of that
 * @param feedback what others say of it, oldest first, which only grows; absent while nobody does
 * @param guideFile the file that its guide was read from, as it is at its revision; null where nobody has looked
 * @param lineWords what people say of whether lines of its guide apply, oldest first; absent where nobody does
 * @param runbook its runbook as it began, or since a decision changed it; null where it was refused, and from before one was
 *     pinned
 * @param changed which files it changes that somebody in particular has to approve; null where its policy names none, and before
 *     anybody has looked
 */
public record Dossier(
        ReleaseId id,
        @Nullable Launch launch,
        ReleaseState state,
        Instant since,
        @Nullable Cause cause,
        List<Milestone> milestones,
        List<String> people,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> unmatched,

        List<Approval> approvals,
        List<AssessmentStatus> assessments,
        @Nullable WayBackStatus wayBack,
        List<RolloutStatus> rollouts,
        @Nullable Sha mergedAs,
        List<DeliveryStatus> deliveries,
        List<String> requests,
        List<Note> notes,
        @Nullable Hold hold,
        @JsonSetter(nulls = Nulls.AS_EMPTY) long rank,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> branches,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean traffic,
        @Nullable Freezes presentFreezes,
        @Nullable JudgementStatus judgement,
        List<SourceVersion> heard,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        int withdrawn,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Waiver> waivers,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SecondsJudged seconds,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Refusals refusals,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Refusals refusedNow,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<DutyAnswer> duties,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<LeftOut> leftOut,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Staff staff,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant committed,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable NotesProse prose,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Schedule schedule,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Announcements announcements,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Ballot ballot,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Disruption disruption,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable RetroView retro,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<RetroView.Feedback> feedback,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GuideFileView guideFile,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<LineWord> lineWords,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable PinnedRunbook runbook,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable ChangedFiles changed) {
    public Dossier {
        milestones = List.copyOf(milestones);
        people = List.copyOf(people);
        unmatched = List.copyOf(unmatched);
        approvals = List.copyOf(approvals);
        assessments = List.copyOf(assessments);
        rollouts = List.copyOf(rollouts);
        deliveries = List.copyOf(deliveries);
        requests = List.copyOf(requests);
        notes = List.copyOf(notes);
        branches = List.copyOf(branches);
        heard = List.copyOf(heard);
        waivers = List.copyOf(waivers);
        duties = List.copyOf(duties);
        leftOut = List.copyOf(leftOut);
        feedback = List.copyOf(feedback);
        lineWords = List.copyOf(lineWords);
    }

    /** A person's yes to the release's sha, digests and policy. */
    public record Approval(String email, Instant at) {}

    /**
     * Something that a person asked for, for the record.
     *
     * @param done whether it had an effect
     * @param answer what they were told
     * @param key natural key of the request, or null
     */
    public record Note(
            Instant at,
            String by,
            String text,
            @JsonSetter(nulls = Nulls.AS_EMPTY) boolean done,
            @Nullable String answer,
            @Nullable String key) {}

    /** Which recorded seconds of which rollout a judge's word rests on. */
    public record SecondsJudged(QuestionKey rollout, JudgedSeconds stored) {
        /** Whether that says more than this. */
        boolean isLessThan(QuestionKey question, JudgedSeconds other) {
            return !rollout.equals(question) || stored.lines() < other.lines();
        }
    }

    /** How far an aggregate was heard. */
    public record SourceVersion(String source, long version) {}

    static Dossier unheard(ReleaseId id) {
        return new Dossier(
                id,
                null,
                new ReleaseState.Unheard(),
                Instant.EPOCH,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                0,
                List.of(),
                false,
                null,
                null,
                List.of(),
                0,
                List.of(),
                null,
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                List.of(),
                null,
                null);
    }

    /** What it is. */
    public Launch release() {
        return Objects.requireNonNull(launch, "Nobody has proposed this release");
    }

    /** Its pinned policy. */
    public Policy guide() {
        return release().guide();
    }

    /** Whether it brings back a version that production verified before. */
    @JsonIgnore
    public boolean isRollback() {
        return launch != null && launch.rollback() != null;
    }

    /** Whether it brings another configuration of what production runs, and no artifacts of its own. */
    @JsonIgnore
    public boolean isConfiguration() {
        return launch != null && launch.configured() != null;
    }

    /** {@code STANDARD}, {@code ROLLBACK} or {@code CONFIGURATION}, as the API says it. */
    @JsonIgnore
    public String kind() {
        if (isRollback()) {
            return "ROLLBACK";
        }
        return isConfiguration() ? "CONFIGURATION" : "STANDARD";
    }

    /** When nothing begins production. */
    Freezes freezes() {
        return presentFreezes == null ? Freezes.of(guide()) : presentFreezes;
    }

    /** Whether its version is used up: production had traffic of it, or nobody can say that it had not. */
    public boolean hadTraffic() {
        return traffic
                || rollout(EnvironmentId.PRODUCTION)
                        .filter(Dossier::tellsOfTraffic)
                        .isPresent();
    }

    /** A rollout keeps the number of the step that it was at when it went back; 0 if it never had a share. */
    static boolean tellsOfTraffic(RolloutStatus status) {
        return status.environment().isProduction()
                && (status.step() > 0
                        || switch (status.phase()) {
                            case STEPPING, BAKING, FULL, VERIFIED, UNKNOWN -> true;
                            case WAITING, STARTING, WARMING_UP, RESTORING, RESTORED, DISPLACED, NOT_ADMITTED -> false;
                        });
    }

    /** Its order among the releases of its application. */
    public long ordinal() {
        return rank == 0 ? release().ordinal() : rank;
    }

    /** Whether an operator proposed it to fix that release. */
    boolean fixes(ReleaseId other) {
        return launch != null && other.value().equals(launch.proposal().fixes());
    }

    EnvironmentId environment(String name) {
        return new EnvironmentId(id.application(), name);
    }

    /** What left production's queue for a freeze asks for its place there anew: an answer to the question before is for good. */
    QuestionKey question(String step) {
        return new QuestionKey(
                id,
                step,
                switch (step) {
                    case EnvironmentId.PRODUCTION -> 1 + withdrawn;
                    case Steps.ASSESS_ARRIVAL -> Math.max(1, looks());
                    default -> step.startsWith(Waits.STEP) ? Waits.attempt(this, step) : 1;
                });
    }

    /** How often what was published has been looked for, as far as was answered; the present look counts. */
    int looks() {
        return state instanceof ReleaseState.Merging merging && merging.looks()
                ? merging.arrival()
                : assessment(Steps.ASSESS_ARRIVAL)
                        .map(status -> status.question().attempt())
                        .orElse(0);
    }

    Optional<AssessmentStatus> assessment(String step) {
        return assessments.stream()
                .filter(status -> status.question().step().equals(step))
                .findFirst();
    }

    /** The latest status of the environment's rollout of this release. */
    public Optional<RolloutStatus> rollout(String environment) {
        return rollouts.stream()
                .filter(status -> status.environment().environment().equals(environment))
                .findFirst();
    }

    boolean approvedAs(String email) {
        return approvals.stream().anyMatch(approval -> approval.email().equals(email));
    }

    /** Whether somebody with this address has approved it, under whichever of their addresses. */
    boolean approvedBy(String email) {
        Set<String> person = addressesOf(email);
        return approvals.stream().anyMatch(approval -> person.contains(approval.email()));
    }

    /** Whether somebody with this address wrote, committed or published it, under whichever of their addresses. */
    boolean madeBy(String email) {
        Set<String> person = addressesOf(email);
        return person.contains(release().publisher()) || people.stream().anyMatch(person::contains);
    }

    private Set<String> addressesOf(String email) {
        return guide().approvals().addressesOf(email);
    }
}
