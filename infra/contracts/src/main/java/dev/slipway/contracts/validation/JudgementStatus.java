package dev.slipway.contracts.validation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import dev.slipway.contracts.traffic.Kinds;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Status: the present judgement of one rollout.
 *
 * @param question the rollout's question key
 * @param baselineReady whether the baseline's latency is known (or there is none), so that the first share may be given
 * @param passedStep highest step that has passed, 0 for none; steps as in {@link Judge}
 * @param worse why the canary is worse; sticks, and wins over every passed step
 * @param waitingFor what a step still lacks, for people, for example {@code 12 of 40 answers}
 * @param notes what was decided on the way and belongs on record, for people, at most {@value #NOTES_MAX}: that a side
 *     without a share is not waited for, that a warm-up ended before latency stood still, and the like. Absent is none
 * @param seconds what is stored of what this was found by, as of the last step that passed or of {@code worse}; null before
 *     that is stored, and from judges before there was that
 */
public record JudgementStatus(
        QuestionKey question,
        EnvironmentId environment,
        boolean baselineReady,
        int passedStep,
        @Nullable Worse worse,
        SideCounts canary,
        SideCounts baseline,
        String waitingFor,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> notes,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JudgedSeconds seconds) {
    public static final int NOTES_MAX = 20;
    private static final int STEP_MAX = 51;

    public JudgementStatus {
        Texts.requirePresent("question", question);
        Texts.requirePresent("environment", environment);
        Texts.requirePresent("canary", canary);
        Texts.requirePresent("baseline", baseline);
        Texts.requirePresent("waitingFor", waitingFor);
        Ranges.require("passedStep", passedStep, 0, STEP_MAX);
        Ranges.require("notes: their number", notes.size(), 0, NOTES_MAX);
        notes = List.copyOf(notes);
    }

    /** A judgement on the way to which nothing had to be noted. */
    public JudgementStatus(
            QuestionKey question,
            EnvironmentId environment,
            boolean baselineReady,
            int passedStep,
            @Nullable Worse worse,
            SideCounts canary,
            SideCounts baseline,
            String waitingFor) {
        this(question, environment, baselineReady, passedStep, worse, canary, baseline, waitingFor, List.of(), null);
    }

    /** The same, with what is stored of what it was found by. */
    public JudgementStatus over(JudgedSeconds stored) {
        return new JudgementStatus(
                question, environment, baselineReady, passedStep, worse, canary, baseline, waitingFor, notes, stored);
    }

    /** The same, that waits for something else. */
    public JudgementStatus waitingFor(String other) {
        return new JudgementStatus(
                question, environment, baselineReady, passedStep, worse, canary, baseline, other, notes, seconds);
    }

    /**
     * Why a canary is worse.
     *
     * @param rule {@code guardrail} or {@code comparison}
     * @param metric {@code errorRate}, {@code errors}, {@code refusals}, {@code slow}, {@code p95}
     * @param observed the value, for people, with the kinds of answers that it was counted from
     * @param limit the limit, for people
     */
    public record Worse(String rule, String metric, String observed, String limit) {
        public Worse {
            Texts.requirePresent("rule", rule);
            Texts.requirePresent("metric", metric);
            Texts.requirePresent("observed", observed);
            Texts.requirePresent("limit", limit);
        }

        @Override
        public String toString() {
            return "%s %s: %s, limit %s".formatted(rule, metric, observed, limit);
        }
    }

    /**
     * Cumulative counts of one side over the whole rollout.
     *
     * @param slow answers slower than the baseline's p95 as it was before the canary's first share, with the policy's
     *     margin
     * @param refusals by default answers with status 400 to 499; absent is 0
     * @param kinds every answer once, by its kind, as {@link Kinds} names and bounds them; absent is empty
     */
    public record SideCounts(
            long answers,
            long errors,
            long slow,
            @JsonSetter(nulls = Nulls.AS_EMPTY) long refusals,
            @JsonSetter(nulls = Nulls.AS_EMPTY) Map<String, Long> kinds) {
        public static final SideCounts NONE = new SideCounts(0, 0, 0);

        public SideCounts {
            kinds = Kinds.checked(kinds);
        }

        /** Counts that say nothing of refusals and of kinds. */
        public SideCounts(long answers, long errors, long slow) {
            this(answers, errors, slow, 0, Map.of());
        }
    }
}
