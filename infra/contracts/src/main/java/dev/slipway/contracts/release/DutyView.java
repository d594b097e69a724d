package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Announcing.After;
import dev.slipway.contracts.policy.Duty.Before;
import dev.slipway.contracts.policy.MatrixAxis;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What only a person can know or do, and what people have answered for the sha, digests and policy of a release.
 *
 * @param id of the duty in the policy
 * @param text what is asked
 * @param by role of contacts, one of whom answers
 * @param before what waits for it; absent where nothing does
 * @param after the end of the release after which it is asked for, until it is done or waived, {@code END} for either; absent where
 *     something waits for it
 * @param people how many different people have to say that it passed
 * @param fields names of what an answer says besides
 * @param state open before its turn, due while it can be answered, then passed or failed; failed too where nobody answered in
 *     time; waived by two people; does not apply by its rule, or by the word of the people who were asked
 * @param why the state in one sentence for a person
 * @param answers oldest first, one a person
 * @param when of which releases it is, as the policy says it; absent for all
 * @param asked addresses of whoever is asked in this release, each person once; absent where it does not apply by its rule
 * @param matrix the axes of what it is asked for cell by cell; absent where it is asked as a whole
 * @param cells where each combination of their values is, in their order; absent where it is asked as a whole
 * @param timing when it is to be answered; absent where no time is set
 * @param waits on whom it waits, where it is for others to do; absent where it is for whoever is asked
 */
public record DutyView(
        String id,
        String text,
        String by,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Before before,
        int people,
        List<String> fields,
        GuideView.LineState state,
        String why,
        List<Answer> answers,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String when,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> asked,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<MatrixAxis> matrix,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Cell> cells,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Timing timing,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable After after,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WaitView waits) {
    /** In an answer instead of names of cells: each that whoever answers has not answered yet. */
    public static final String ALL_CELLS = "*";

    public static final int LINKS_MAX = 10;
    public static final int LINK_CHARACTERS_MAX = 500;
    public static final int VALUE_CHARACTERS_MAX = 200;

    public DutyView {
        Texts.requirePresent("id", id);
        Texts.requirePresent("state", state);
        fields = List.copyOf(fields);
        answers = List.copyOf(answers);
        asked = List.copyOf(asked);
        matrix = List.copyOf(matrix);
        cells = List.copyOf(cells);
    }

    /**
     * One cell of a duty's matrix.
     *
     * @param name values of the axes with a slash between
     * @param state as of a duty
     * @param why the state in one sentence for a person
     */
    public record Cell(String name, GuideView.LineState state, String why) {
        public Cell {
            Texts.requirePresent("name", name);
            Texts.requirePresent("state", state);
            Texts.requirePresent("why", why);
        }
    }

    /** Where a duty is in its time. */
    public enum TimeState {
        /** There is time, or nobody knows yet how much. */
        OPEN,
        DUE_SOON,
        LATE,
        /** So late that everybody was told. */
        ESCALATED,
        /** Nothing is waited for: it was answered, or does not apply, or the release has ended. */
        OVER,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * When a duty is to be answered.
     *
     * @param rule as the policy says it, in words
     * @param from the day that it is counted from; absent while that is not known
     * @param due until when; absent while that is not known
     * @param soon from when it is due soon; absent for never, and while that is not known
     * @param escalates from when everybody is told; absent for never, and while that is not known
     */
    public record Timing(
            TimeState state,
            String rule,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            LocalDate from,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant due,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant soon,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant escalates) {
        public Timing {
            Texts.requirePresent("state", state);
            Texts.requirePresent("rule", rule);
        }
    }

    /** One that something waits for. */
    public DutyView(
            String id,
            String text,
            String by,
            Before before,
            int people,
            List<String> fields,
            GuideView.LineState state,
            String why,
            List<Answer> answers,
            @Nullable String when,
            List<String> asked,
            List<MatrixAxis> matrix,
            List<Cell> cells,
            @Nullable Timing timing) {
        this(id, text, by, before, people, fields, state, why, answers, when, asked, matrix, cells, timing, null, null);
    }

    /**
     * A wait on others, which {@code by} sees to and which never ends by time.
     *
     * @param on who or what is waited for
     * @param ends what ends it, each in words: a poll, a callback, the word of a person
     * @param expected how long it usually lasts; by when that is over {@code timing} says
     * @param longest how long it may last, after which the release is held, ends or goes back, as where a duty is not answered
     * @param since since when it is waited for; absent before that and afterwards
     * @param until by when it must have ended; absent before that and afterwards
     */
    public record WaitView(
            String on,
            List<String> ends,
            Duration expected,
            Duration longest,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant since,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Instant until) {
        public WaitView {
            Texts.requirePresent("on", on);
            Texts.requirePresent("expected", expected);
            Texts.requirePresent("longest", longest);
            ends = List.copyOf(ends);
        }
    }

    /** Of every release, asked as a whole. */
    public DutyView(
            String id,
            String text,
            String by,
            Before before,
            int people,
            List<String> fields,
            GuideView.LineState state,
            String why,
            List<Answer> answers) {
        this(
                id, text, by, before, people, fields, state, why, answers, null, List.of(), List.of(), List.of(), null,
                null, null);
    }

    /** When it is asked for, as policies say it: {@code before production}, {@code after completed}. */
    public String moment() {
        Enum<?> what = before == null ? after : before;
        return (before == null ? "after " : "before ")
                + String.valueOf(what).toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What came of it. */
    public enum Result {
        PASSED,
        FAILED,
        /** It cannot be done, so nobody knows; it stops a release like a failure. */
        NOT_POSSIBLE,
        /** There is nothing to do in this release: it is waited for no longer, and is no waiver. */
        NOT_APPLICABLE,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /** How an answer came that no person gave. */
    public enum Via {
        /** What was asked of others answered as the policy says. */
        POLL,
        /** A program said so over the API. */
        CALLBACK,
        @JsonEnumDefaultValue
        UNKNOWN
    }

    /**
     * A person's answer, or how a wait on others ended, with what proves it.
     *
     * @param by address of whoever answered; the name of a callback's token, and {@code poll} for a poll
     * @param reason what was done and seen, in their words
     * @param fields what the duty asks to be said besides, by name
     * @param links to what shows it, at most 10
     * @param cells of the duty's matrix of which it is said; absent where the duty has none
     * @param via how it came; absent where a person said it
     * @param files what shows it, kept by digest, at most 10
     */
    public record Answer(
            Result result,
            String by,
            Instant at,
            String reason,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            Map<String, String> fields,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<String> links,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<String> cells,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Via via,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<AnswerFile> files) {
        public Answer {
            Texts.requirePresent("result", result);
            Texts.requirePresent("by", by);
            Texts.requirePresent("at", at);
            Texts.requirePresent("reason", reason);
            fields = Collections.unmodifiableMap(new TreeMap<>(fields));
            links = List.copyOf(links);
            cells = List.copyOf(cells);
            files = List.copyOf(files);
        }

        /** Without files. */
        public Answer(
                Result result,
                String by,
                Instant at,
                String reason,
                Map<String, String> fields,
                List<String> links,
                List<String> cells,
                @Nullable Via via) {
            this(result, by, at, reason, fields, links, cells, via, List.of());
        }

        /** Of a duty as a whole. */
        public Answer(
                Result result, String by, Instant at, String reason, Map<String, String> fields, List<String> links) {
            this(result, by, at, reason, fields, links, List.of(), null, List.of());
        }

        /** By a person. */
        public Answer(
                Result result,
                String by,
                Instant at,
                String reason,
                Map<String, String> fields,
                List<String> links,
                List<String> cells) {
            this(result, by, at, reason, fields, links, cells, null, List.of());
        }
    }

    /**
     * Body of {@code POST /api/v1/releases/{id}/duties/{duty}}: an answer, of exactly this.
     *
     * @param fields each that the duty names, of 1 to 200 characters; absent is none, as where it does not apply
     * @param links addresses that begin with http: or https:, at most 10 of 500 characters; absent is none
     * @param cells of the duty's matrix of which it is said, at most 100, or {@code *} alone for each that the caller has not
     *     answered yet; absent where the duty has no matrix
     * @param files that were handed in before ({@code POST .../duties/{duty}/files}), each under a name of its own, at most 10;
     *     absent is none
     */
    public record DutyRequest(
            Result result,
            String reason,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            Map<String, String> fields,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<String> links,

            Sha sha,
            List<String> digests,
            String policyHash,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<String> cells,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<AnswerFile.Named> files) {
        public DutyRequest {
            Texts.requirePresent("result", result);
            Texts.requirePresent("reason", reason);
            Texts.requirePresent("sha", sha);
            Texts.requirePresent("digests", digests);
            Texts.requirePresent("policyHash", policyHash);
            fields.forEach((name, value) -> Texts.requirePresent("fields." + name, value));
            fields = Collections.unmodifiableMap(new TreeMap<>(fields));
            links = List.copyOf(links);
            digests = List.copyOf(digests);
            cells = List.copyOf(cells);
            files = List.copyOf(files);
        }

        /** Without files. */
        public DutyRequest(
                Result result,
                String reason,
                Map<String, String> fields,
                List<String> links,
                Sha sha,
                List<String> digests,
                String policyHash,
                List<String> cells) {
            this(result, reason, fields, links, sha, digests, policyHash, cells, List.of());
        }
    }

    /**
     * Body of {@code POST /api/v1/releases/{id}/waits/{wait}}: what came of a wait on others that ends by a callback.
     *
     * @param outcome PASSED or FAILED
     * @param reason for people, in one line; absent for none
     * @param fields each that the duty names, of 1 to 200 characters; absent is none
     * @param links addresses that begin with http: or https:, at most 10 of 500 characters; absent is none
     * @param sha of the release, to be refused where it is another; absent where whoever calls does not know it
     */
    public record WaitRequest(
            Result outcome,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String reason,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            Map<String, String> fields,

            @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
            List<String> links,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Sha sha) {
        public WaitRequest {
            Texts.requirePresent("outcome", outcome);
            fields.forEach((name, value) -> Texts.requirePresent("fields." + name, value));
            fields = Collections.unmodifiableMap(new TreeMap<>(fields));
            links = List.copyOf(links);
        }
    }
}
