package dev.slipway.release.saga;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.deployment.WayBackStatus;
import dev.slipway.contracts.notification.DeliveryStatus;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.AnswerFile;
import dev.slipway.contracts.release.DutyView;
import dev.slipway.contracts.release.DutyView.Via;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.JudgementStatus;
import dev.slipway.release.application.Freezes;
import dev.slipway.release.application.Hold;
import dev.slipway.release.application.Launch;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything that may happen to a release. */
public sealed interface ReleaseInput {
    /** The application lets it begin, or has it stand there as refused. */
    record Launched(Launch launch) implements ReleaseInput {}

    /**
     * Something newer is on its way, or something higher was faster.
     *
     * @param by a newer release, or one of a higher version that production got traffic of; or null
     * @param head what a source branch has moved on to, or null
     * @param branches those branches; empty where it is not said
     * @param overtaken whether {@code by} is not newer, but higher
     */
    record Superseded(
            @Nullable ReleaseId by,
            @Nullable Sha head,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> branches,
            @JsonSetter(nulls = Nulls.AS_EMPTY) boolean overtaken)
            implements ReleaseInput {
        public Superseded {
            branches = List.copyOf(branches);
        }

        /** By what is newer; of a push it is not said to which branches. */
        public Superseded(@Nullable ReleaseId by, @Nullable Sha head) {
            this(by, head, List.of(), false);
        }
    }

    /**
     * A policy came that says otherwise when nothing begins production.
     *
     * @param said version of the application when it said so, so that an older word never undoes a newer one; 0 if unknown
     */
    record FreezesChanged(
            Freezes freezes,
            @JsonSetter(nulls = Nulls.AS_EMPTY) long said) implements ReleaseInput {
        public FreezesChanged(Freezes freezes) {
            this(freezes, 0);
        }
    }

    /**
     * Another release's fate says whether this one may begin production.
     *
     * @param said version of the application when it said so, so that an older word never undoes a newer one; 0 if unknown
     */
    record HoldChanged(
            Hold hold, @JsonSetter(nulls = Nulls.AS_EMPTY) long said) implements ReleaseInput {
        public HoldChanged(Hold hold) {
            this(hold, 0);
        }
    }

    /**
     * A release that an operator proposed to fix this one needs its place.
     *
     * @param environment where
     */
    record Fixed(ReleaseId by, String environment) implements ReleaseInput {}

    /**
     * Git has the revision.
     *
     * @param people emails of authors, co-authors and committers, case folded, each once
     * @param unmatched names and addresses among them that nobody logs in by, as people are shown them
     * @param branches the source branches that it is on, or is the head of if it must be; empty where it is not said
     * @param committed when it was committed; null where it is not said
     * @param guideFile the file of its policy's guide, as it is there; null where the policy names none, or nobody has looked
     * @param changed which files it changes that somebody in particular has to approve; null where nobody asked
     */
    record RevisionRead(
            List<String> people,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<String> unmatched,

            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> branches,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant committed,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            GuideFileView guideFile,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ChangedFiles changed)
            implements ReleaseInput {
        public RevisionRead {
            people = List.copyOf(people);
            unmatched = List.copyOf(unmatched);
            branches = List.copyOf(branches);
        }

        /** Nobody among them is unknown, and it is not said on which branches it is. */
        public RevisionRead(List<String> people) {
            this(people, List.of(), List.of());
        }

        /** Of which it is not said when it was committed. */
        public RevisionRead(List<String> people, List<String> unmatched, List<String> branches) {
            this(people, unmatched, branches, null);
        }

        /** Of which nobody has looked for a guide's file, or asked what it changes. */
        public RevisionRead(
                List<String> people, List<String> unmatched, List<String> branches, @Nullable Instant committed) {
            this(people, unmatched, branches, committed, null, null);
        }
    }

    /**
     * Git has no such revision, or not one whose authors can be told.
     *
     * @param reason a sentence for a person
     */
    record RevisionRefused(String reason) implements ReleaseInput {}

    /** @param mergedAs what the target branch holds now */
    record Merged(Sha mergedAs) implements ReleaseInput {}

    /**
     * It can not be merged or tagged as it is.
     *
     * @param reason a sentence for a person
     */
    record MergeRefused(String reason) implements ReleaseInput {}

    /** What its end is announced by. */
    record AnnouncementsWritten(List<Announced> texts) implements ReleaseInput {
        public AnnouncementsWritten {
            texts = List.copyOf(texts);
        }
    }

    /** Something another aggregate says about itself. */
    sealed interface Heard extends ReleaseInput {
        /** Which aggregate. */
        String source();

        /** Its version when it said so. */
        long version();
    }

    /** Gates. */
    record Assessed(String source, long version, AssessmentStatus status) implements Heard {}

    /** A rollout. */
    record RolloutChanged(String source, long version, RolloutStatus status) implements Heard {}

    /** A judgement that found the version worse. The environment acts on it; a release only when that is too late. */
    record Judged(String source, long version, JudgementStatus status) implements Heard {}

    /** The way back. */
    record WayBackChanged(String source, long version, WayBackStatus status) implements Heard {}

    /** A conversation. */
    record Told(String source, long version, DeliveryStatus status) implements Heard {}

    /** What a person wants. */
    sealed interface Request extends ReleaseInput {
        /** Who, as {@code user:<identity>}. */
        String by();

        /** Natural key of the request, or null; the same key has the same answer. */
        @Nullable
        String key();

        /** Why, in the person's own words; empty where none are asked for. */
        default String reason() {
            return "";
        }
    }

    /**
     * A yes to exactly this.
     *
     * @param email verified, case folded
     * @param guideHash of the guide that it goes by; null for the one of its policy
     */
    record Approve(
            String email,
            Sha sha,
            List<String> digests,
            String policyHash,
            @Nullable String key,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String guideHash)
            implements Request {
        public Approve {
            digests = List.copyOf(digests);
        }

        /** By the guide of its policy. */
        public Approve(String email, Sha sha, List<String> digests, String policyHash, @Nullable String key) {
            this(email, sha, digests, policyHash, key, null);
        }

        @Override
        public String by() {
            return "user:" + email;
        }
    }

    /**
     * A no to exactly this.
     *
     * @param email verified, case folded
     * @param why in their own words
     */
    record SayNo(
            String email,
            String why,
            Triple triple,
            @Nullable String key) implements Request {
        @Override
        public String by() {
            return "user:" + email;
        }

        @Override
        public String reason() {
            return why;
        }
    }

    /** Exactly what somebody says something of. */
    record Triple(Sha sha, List<String> digests, String policyHash) {
        public Triple {
            digests = List.copyOf(digests);
        }
    }

    /** Something that is said of one gate of exactly this sha, these digests and this policy. */
    sealed interface OfGate extends Request {
        /** Its id. */
        String gate();

        /** Of what it is said. */
        Triple triple();
    }

    /**
     * Let it go without a gate until then.
     *
     * @param email verified, case folded
     */
    record Waive(
            String email,
            String gate,
            String reason,
            Instant until,
            Triple triple,
            @Nullable String key) implements OfGate {
        @Override
        public String by() {
            return "user:" + email;
        }
    }

    /**
     * The second person's word for a waiver.
     *
     * @param email verified, case folded
     */
    record ConfirmWaiver(
            String email,
            String gate,
            Triple triple,
            @Nullable String key) implements OfGate {
        @Override
        public String by() {
            return "user:" + email;
        }
    }

    /**
     * A waiver does not count any longer.
     *
     * @param email verified, case folded
     */
    record WithdrawWaiver(
            String email,
            String gate,
            String reason,
            Triple triple,
            @Nullable String key) implements OfGate {
        @Override
        public String by() {
            return "user:" + email;
        }
    }

    /**
     * A person's answer to a duty.
     *
     * @param email verified, case folded
     * @param reason what was done and seen
     * @param fields what the duty asks to be said besides, by name
     * @param cells of its matrix of which it is said; {@link DutyView#ALL_CELLS} alone for each that they have not answered
     * @param files that stand with it, whose bytes are kept by now
     * @param via how it came, where it is a callback's and {@code email} the name of its token; null where a person says it
     */
    record AnswerDuty(
            String email,
            String duty,
            DutyView.Result result,
            String reason,
            Map<String, String> fields,
            List<String> links,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> cells,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<AnswerFile> files,
            Triple triple,
            @Nullable String key,
            @Nullable Via via)
            implements Request {
        public AnswerDuty {
            fields = Map.copyOf(fields);
            links = List.copyOf(links);
            cells = List.copyOf(cells);
            files = List.copyOf(files);
        }

        /** Without files. */
        public AnswerDuty(
                String email,
                String duty,
                DutyView.Result result,
                String reason,
                Map<String, String> fields,
                List<String> links,
                List<String> cells,
                Triple triple,
                @Nullable String key,
                @Nullable Via via) {
            this(email, duty, result, reason, fields, links, cells, List.of(), triple, key, via);
        }

        /** Of a duty as a whole. */
        public AnswerDuty(
                String email,
                String duty,
                DutyView.Result result,
                String reason,
                Map<String, String> fields,
                List<String> links,
                Triple triple,
                @Nullable String key) {
            this(email, duty, result, reason, fields, links, List.of(), List.of(), triple, key, null);
        }

        /** By a person. */
        public AnswerDuty(
                String email,
                String duty,
                DutyView.Result result,
                String reason,
                Map<String, String> fields,
                List<String> links,
                List<String> cells,
                Triple triple,
                @Nullable String key) {
            this(email, duty, result, reason, fields, links, cells, List.of(), triple, key, null);
        }

        @Override
        public String by() {
            return "user:" + email;
        }
    }

    /**
     * What somebody has to answer for is another's from now on.
     *
     * @param email of who says so, verified, case folded
     * @param to of whose it is to be
     * @param from of whose it was; null for their own
     * @param duty its id; null for all that is open, and the release itself
     * @param operator whether they have that role
     */
    record HandOver(
            String email,
            String to,
            @Nullable String from,
            @Nullable String duty,
            String reason,
            boolean operator,
            @Nullable String key)
            implements Request {
        @Override
        public String by() {
            return "user:" + email;
        }
    }

    /**
     * What people say above the facts of the notes, in place of what was said.
     *
     * @param email verified, case folded
     */
    record EditNotes(
            String email,
            String text,
            String reason,
            @Nullable String key) implements Request {
        @Override
        public String by() {
            return "user:" + email;
        }
    }

    /**
     * Something that was learned from it, or is to be done.
     *
     * @param email of who says so, verified, case folded
     * @param owner address of who sees to it, case folded; of no matter for a lesson
     * @param due until when; null where nobody said
     * @param lesson whether nothing is to be done
     */
    record RaiseItem(
            String email,
            String text,
            String owner,
            @Nullable LocalDate due,
            boolean lesson,
            @Nullable String key) implements Request {
        @Override
        public String by() {
            return "user:" + email;
        }
    }

    /**
     * What was to be done is, or is not to be.
     *
     * @param email of who says so, verified, case folded
     * @param as DONE or DROPPED
     */
    record CloseItem(
            String email,
            int number,
            RetroView.State as,
            String reason,
            @Nullable String key) implements Request {
        @Override
        public String by() {
            return "user:" + email;
        }
    }

    /**
     * What somebody says of it.
     *
     * @param by who hands it in
     * @param from who says it
     * @param link where there is more; null where nobody said
     */
    record GiveFeedback(
            String by,
            String from,
            String text,
            @Nullable String link,
            @Nullable String key) implements Request {}

    /**
     * It goes by its guide's file at its revision from now on.
     *
     * @param email of who says so, verified, case folded
     * @param sha256 of exactly which text
     * @param operator whether they have that role
     */
    record AdoptGuide(
            String email,
            String sha256,
            String reason,
            boolean operator,
            @Nullable String key) implements Request {
        @Override
        public String by() {
            return "user:" + email;
        }
    }

    /**
     * Whether a line of its guide applies.
     *
     * @param email of who says so, verified, case folded
     * @param line its id
     * @param operator whether they have that role
     */
    record SayOfLine(
            String email,
            String line,
            boolean applies,
            String reason,
            boolean operator,
            @Nullable String key) implements Request {
        @Override
        public String by() {
            return "user:" + email;
        }
    }

    /**
     * Duties with a time are counted from this day from now on.
     *
     * @param email of who says so, verified, case folded
     * @param operator whether they have that role
     */
    record SetDay(
            String email,
            LocalDate day,
            String reason,
            boolean operator,
            @Nullable String key) implements Request {
        @Override
        public String by() {
            return "user:" + email;
        }
    }

    /**
     * A yes to the text of an announcement.
     *
     * @param email verified, case folded
     * @param announcement its id
     * @param digest which text
     */
    record ReviewAnnouncement(
            String email,
            String announcement,
            Digest digest,
            Triple triple,
            @Nullable String key) implements Request {
        @Override
        public String by() {
            return "user:" + email;
        }
    }

    /**
     * Stop it, wherever it is.
     *
     * @param althoughForwardOnly why production is to go back from it although it may only go forward; null where nobody says so
     */
    record Abort(
            String by,
            String reason,
            @Nullable String key,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String althoughForwardOnly)
            implements Request {
        /** Of which nobody says that it takes back what may only go forward. */
        public Abort(String by, String reason, @Nullable String key) {
            this(by, reason, key, null);
        }
    }

    /** Keep the present share. */
    record Pause(String by, String reason, @Nullable String key) implements Request {}

    /** Go on. */
    record Resume(String by, String reason, @Nullable String key) implements Request {}

    /** To the next step at once. */
    record Promote(
            String by,
            String reason,
            boolean full,
            @Nullable String key) implements Request {}

    /** Try again what needs an operator. */
    record Retry(String by, String reason, @Nullable String key) implements Request {}

    /** It has been dealt with by hand. */
    record Resolve(String by, String reason, @Nullable String key) implements Request {}

    /** The deadline of the present wait has passed. */
    record TimedOut() implements ReleaseInput {}

    /** Nobody has answered yet: ask again. */
    record AskAgain() implements ReleaseInput {}
}
