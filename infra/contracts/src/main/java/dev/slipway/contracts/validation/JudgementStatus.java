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
 * @param measured what was answered before the first share and since; null before a second is over, and from judges before there
 *     was that
 * @param excess what of the canary's answers was not well beyond what the baseline's share explains, one of a metric at most; empty
 *     where nothing is
 * @param ended whether nobody asks for it any more, and this tells what the canary answered since; absent is no
 * @param left what of the answers of the version that production leaves ({@link Judge#left}) was not well since its leaving was
 *     judged, every one of them, one of a metric at most; empty where nothing was, or none is left so
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

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JudgedSeconds seconds,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Measured measured,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Excess> excess,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean ended,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<Excess> left) {
    public static final int NOTES_MAX = 20;
    private static final int METRICS = 3;

    public JudgementStatus {
        Texts.requirePresent("question", question);
        Texts.requirePresent("environment", environment);
        Texts.requirePresent("canary", canary);
        Texts.requirePresent("baseline", baseline);
        Texts.requirePresent("waitingFor", waitingFor);
        Ranges.require("passedStep", passedStep, 0, Judge.STEP_MAX);
        Ranges.require("notes: their number", notes.size(), 0, NOTES_MAX);
        Ranges.require("excess: their number", excess.size(), 0, METRICS);
        Ranges.require("left: their number", left.size(), 0, METRICS);
        notes = List.copyOf(notes);
        excess = List.copyOf(excess);
        left = List.copyOf(left);
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
        this(
                question,
                environment,
                baselineReady,
                passedStep,
                worse,
                canary,
                baseline,
                waitingFor,
                List.of(),
                null,
                null,
                List.of(),
                false,
                List.of());
    }

    /** The same, with what is stored of what it was found by. */
    public JudgementStatus over(JudgedSeconds stored) {
        return with(waitingFor, stored, excess, ended);
    }

    /** The same after nobody asks for it any more, with what the canary answered since. */
    public JudgementStatus since(List<Excess> by) {
        return with(waitingFor, seconds, by, true);
    }

    /** The same, that waits for something else. */
    public JudgementStatus waitingFor(String other) {
        return with(other, seconds, excess, ended);
    }

    private JudgementStatus with(String waits, @Nullable JudgedSeconds stored, List<Excess> by, boolean isOver) {
        return new JudgementStatus(
                question,
                environment,
                baselineReady,
                passedStep,
                worse,
                canary,
                baseline,
                waits,
                notes,
                stored,
                measured,
                by,
                isOver,
                left);
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
