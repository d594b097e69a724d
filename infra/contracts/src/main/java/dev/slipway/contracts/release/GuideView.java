package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideHeading;
import dev.slipway.contracts.policy.ReleaseKind;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A guide and where a release is in it ({@code GET /api/v1/applications/{application}/guide}).
 *
 * @param release whose states these are; null where the application had none, and then nothing has begun
 * @param state where the release is; null where there is none
 * @param kinds kinds that the release is of; empty where there is none
 * @param policyHash hash of the policy that the guide is of: the release's, else the one in force
 * @param guideHash hash of the guide; null where that policy has none
 * @param file that the guide was read from; null where nobody said
 * @param lines in the order of the guide; empty where there is none
 * @param owed what is left to do of releases of the application that ended before this one began, oldest first; absent where
 *     nothing is
 * @param headings of which releases the lines under a heading are; absent where no heading says so
 * @param guideFile the file that it was read from, as it is at the released revision; absent where nobody has looked
 * @param repair lines that the last releases of the application show to be of no use as they are; absent where none are
 */
public record GuideView(
        String application,
        @Nullable ReleaseId release,
        @Nullable ReleasePhase state,
        List<ReleaseKind> kinds,
        String policyHash,
        @Nullable String guideHash,
        @Nullable String file,
        Tally tally,
        List<Line> lines,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<OwedDuty> owed,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<GuideHeading> headings,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GuideFileView guideFile,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Repair> repair) {
    public GuideView {
        Texts.requirePresent("application", application);
        Texts.requirePresent("policyHash", policyHash);
        Texts.requirePresent("tally", tally);
        kinds = List.copyOf(kinds);
        lines = List.copyOf(lines);
        owed = List.copyOf(owed);
        headings = List.copyOf(headings);
        repair = List.copyOf(repair);
    }

    /** Of whose file nothing is said, and of no releases before. */
    public GuideView(
            String application,
            @Nullable ReleaseId release,
            @Nullable ReleasePhase state,
            List<ReleaseKind> kinds,
            String policyHash,
            @Nullable String guideHash,
            @Nullable String file,
            Tally tally,
            List<Line> lines,
            List<OwedDuty> owed,
            List<GuideHeading> headings) {
        this(
                application,
                release,
                state,
                kinds,
                policyHash,
                guideHash,
                file,
                tally,
                lines,
                owed,
                headings,
                null,
                List.of());
    }

    /** Before which nothing is left to do, and whose headings say nothing. */
    public GuideView(
            String application,
            @Nullable ReleaseId release,
            @Nullable ReleasePhase state,
            List<ReleaseKind> kinds,
            String policyHash,
            @Nullable String guideHash,
            @Nullable String file,
            Tally tally,
            List<Line> lines) {
        this(application, release, state, kinds, policyHash, guideHash, file, tally, lines, List.of(), List.of());
    }

    /** The same, with what is left to do of releases before it. */
    public GuideView owing(List<OwedDuty> left) {
        return with(left, headings, guideFile, repair);
    }

    /** The same, with of which releases the lines under its headings are. */
    public GuideView under(List<GuideHeading> conditions) {
        return with(owed, conditions, guideFile, repair);
    }

    /** The same, with what its file is at the released revision. */
    public GuideView beside(@Nullable GuideFileView there) {
        return with(owed, headings, there, repair);
    }

    /** The same, with lines for repair. */
    public GuideView repairing(List<Repair> lines) {
        return with(owed, headings, guideFile, lines);
    }

    private GuideView with(
            List<OwedDuty> left, List<GuideHeading> conditions, @Nullable GuideFileView there, List<Repair> mend) {
        return new GuideView(
                application,
                release,
                state,
                kinds,
                policyHash,
                guideHash,
                file,
                tally,
                lines,
                left,
                conditions,
                there,
                mend);
    }

    /** Where a release is in one line of its guide. */
    public enum LineState {
        /** Its turn has not come. */
        OPEN,
        /** It is being seen to, or waited for. */
        DUE,
        /** It was to be answered by a time that is past, and is not. */
        LATE,
        PASSED,
        FAILED,
        /** Nobody can know. */
        INCONCLUSIVE,
        /** Two people let the release go without. */
        WAIVED,
        /** By the line's own condition, by the word of people, or because nothing of the kind is done for such a release. */
        DOES_NOT_APPLY,
        /** It is a value of the policy. */
        VALUE,
        /** There is nothing to answer. */
        NOTHING,
        /** Nothing answers it. */
        UNANSWERED,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * One line.
     *
     * @param line where it stands in the file; null where nobody said
     * @param when kinds of release that it holds for; empty for all
     * @param why the state in one sentence for a person
     * @param at since when it is so; null where that is not known
     * @param waiver by whom, why and until when it is waived; null where it is not
     * @param where an expression over what is known when a release begins, by which it holds; absent for all
     * @param dismissal who says that it does not apply to this release; absent where nobody does
     */
    public record Line(
            String id,
            String text,
            List<String> under,
            @Nullable Integer line,
            List<ReleaseKind> when,
            GuideAnswer answer,
            LineState state,
            String why,
            @Nullable Instant at,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            WaiverView waiver,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String where,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Dismissal dismissal) {
        /** That applies as far as people say. */
        public Line(
                String id,
                String text,
                List<String> under,
                @Nullable Integer line,
                List<ReleaseKind> when,
                GuideAnswer answer,
                LineState state,
                String why,
                @Nullable Instant at,
                @Nullable WaiverView waiver,
                @Nullable String where) {
            this(id, text, under, line, when, answer, state, why, at, waiver, where, null);
        }

        /** Of every release, or of kinds of them. */
        public Line(
                String id,
                String text,
                List<String> under,
                @Nullable Integer line,
                List<ReleaseKind> when,
                GuideAnswer answer,
                LineState state,
                String why,
                @Nullable Instant at,
                @Nullable WaiverView waiver) {
            this(id, text, under, line, when, answer, state, why, at, waiver, null, null);
        }

        public Line {
            Texts.requirePresent("id", id);
            Texts.requirePresent("answer", answer);
            Texts.requirePresent("state", state);
            under = List.copyOf(under);
            when = List.copyOf(when);
        }
    }

    /**
     * That a line does not apply to a release, by the word of a person; of one that a gate answers by that of two.
     *
     * @param by address of who said so first
     * @param reason why, in their words
     * @param confirmedBy address of the second person; absent where there is none
     * @param confirmedAt when they said so
     * @param counts whether as many have said so as it takes
     */
    public record Dismissal(
            String by,
            Instant at,
            String reason,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String confirmedBy,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant confirmedAt,

            boolean counts) {}

    /**
     * Body of {@code POST /api/v1/releases/{id}/guide/lines/{line}}: whether a line applies to this release.
     *
     * @param applies false where there is nothing to do of it; true takes that back
     * @param reason why; must not be blank
     */
    public record LineRequest(boolean applies, String reason) {
        public LineRequest {
            Texts.requirePresent("reason", reason);
        }
    }

    /** What of a line is to be mended. */
    public enum Flaw {
        /** It applied to none of them. */
        NEVER_APPLIED,
        /** It was late in each to which it applied and that came to it. */
        ALWAYS_LATE,
        /** It was waived in each of them. */
        ALWAYS_WAIVED,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * A line for repair.
     *
     * @param id of a line of this guide
     * @param releases in how many it was so, which is each of those that say something of it
     * @param looked how many of the last releases were looked at that had the line as it is
     */
    public record Repair(String id, String text, Flaw flaw, int releases, int looked) {
        public Repair {
            Texts.requirePresent("id", id);
            Texts.requirePresent("flaw", flaw);
        }
    }

    /**
     * How many lines are what.
     *
     * @param lines that apply to the release
     * @param covered of them, those that something answers, a value and nothing to answer included
     * @param proven of them, those that passed
     * @param open of them, those that nothing answers
     */
    public record Tally(
            @JsonSetter(nulls = Nulls.AS_EMPTY) int lines,
            @JsonSetter(nulls = Nulls.AS_EMPTY) int covered,
            @JsonSetter(nulls = Nulls.AS_EMPTY) int proven,
            @JsonSetter(nulls = Nulls.AS_EMPTY) int open) {
        public static Tally of(List<Line> lines) {
            int others = count(lines, LineState.DOES_NOT_APPLY);
            int open = count(lines, LineState.UNANSWERED);
            return new Tally(lines.size() - others, lines.size() - others - open, count(lines, LineState.PASSED), open);
        }

        private static int count(List<Line> lines, LineState state) {
            return (int) lines.stream().filter(line -> line.state() == state).count();
        }
    }

    /**
     * A badge's values, and its form for whoever draws badges by such ({@code GET
     * /api/v1/applications/{application}/guide/badge.json}).
     *
     * @param schemaVersion 1
     * @param message for people
     * @param color a name: {@code brightgreen}, {@code green}, {@code yellow}, {@code red} or {@code lightgrey}
     */
    public record Badge(int schemaVersion, String label, String message, String color, Tally tally) {}
}
