package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a release from here, step by step, by its pinned policy and by where it is ({@code GET
 * /api/v1/releases/{id}/plan}). It tells what is decided elsewhere; nothing is decided by it.
 *
 * @param kind {@code STANDARD}, {@code ROLLBACK} or {@code CONFIGURATION}
 * @param state where the release is
 * @param since when it came there
 * @param policyHash hash of its pinned policy, by which all steps are; empty where it was refused for want of one
 * @param guideHash hash of the guide in that policy; null where it has none
 * @param says where the release is, and what that means for the steps, in sentences for a person
 * @param waiting what it waits for now; null where it waits for nothing
 * @param steps in the order in which they come; those behind it are not among them
 */
public record PlanView(
        ReleaseId release,
        String application,
        String version,
        Sha sha,
        String kind,
        ReleasePhase state,
        Instant since,
        String policyHash,
        @Nullable String guideHash,
        String says,
        @Nullable Waiting waiting,
        List<Step> steps) {
    public PlanView {
        Texts.requirePresent("release", release);
        Texts.requirePresent("state", state);
        Texts.requirePresent("says", says);
        steps = List.copyOf(steps);
    }

    /** Where a release is in a step. */
    public enum Progress {
        /** It is behind the release. */
        DONE,
        /** The release is in it. */
        NOW,
        /** It comes, if all before it goes well. */
        AHEAD,
        /** The release went no further on its way than this. */
        STOPPED,
        /** The release left its way before. */
        NEVER,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * One step.
     *
     * @param id its name among the steps of a release, the same for each release of a policy
     * @param phase where the release is while the step is taken
     * @param title a few words
     * @param text what happens, in sentences for a person
     * @param asked what it waits for besides; empty where for nothing that the policy names
     * @param back what becomes of the release, and of users, where it goes wrong here, and how a person takes it back
     */
    public record Step(
            String id,
            ReleasePhase phase,
            Progress progress,
            String title,
            String text,
            List<Asked> asked,
            String back) {
        public Step {
            Texts.requirePresent("id", id);
            Texts.requirePresent("phase", phase);
            Texts.requirePresent("progress", progress);
            asked = List.copyOf(asked);
        }
    }

    /** What kind of thing a step waits for. */
    public enum AskedKind {
        /** Evidence is looked at by a rule. */
        GATE,
        /** People say yes to exactly this release. */
        APPROVAL,
        /** People do, or know, what only they can. */
        DUTY,
        /** A time in which nothing begins production ends. */
        FREEZE,
        /** An operator says how it goes on. */
        OPERATOR,
        /** People of a role say yes to exactly the text of an announcement. */
        REVIEW,
        /** People of a role see to it that something is done by its date. */
        DATE,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * Something that a step waits for.
     *
     * @param name of the gate, duty, role or announcement; {@code required} for the approvals that the policy requires; of a
     *     date what the timetable calls it
     * @param text what is asked, in a sentence
     * @param of people who are asked, by name and role; empty where nobody is asked by name
     * @param within how long it is waited for at most, from when its turn comes; null where no policy says
     * @param state where the release is in it: open before its turn, due while it is waited for, then what came of it
     * @param why that state in one sentence for a person
     */
    public record Asked(
            AskedKind kind,
            String name,
            String text,
            List<String> of,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Duration within,

            GuideView.LineState state,
            String why) {
        public Asked {
            Texts.requirePresent("kind", kind);
            Texts.requirePresent("name", name);
            Texts.requirePresent("state", state);
            of = List.copyOf(of);
        }
    }
}
