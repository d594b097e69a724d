package dev.slipway.contracts.validation;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Ranges;
import org.jspecify.annotations.Nullable;

/**
 * Status: the present judgement of one rollout.
 *
 * @param question the rollout's question key
 * @param baselineReady whether the baseline's latency is known (or there is none), so that the first share may be given
 * @param passedStep highest step that has passed, 0 for none; steps as in {@link Judge}
 * @param worse why the canary is worse; sticks, and wins over every passed step
 * @param waitingFor what a step still lacks, for people, for example {@code 12 of 40 answers}
 */
public record JudgementStatus(
        QuestionKey question,
        EnvironmentId environment,
        boolean baselineReady,
        int passedStep,
        @Nullable Worse worse,
        SideCounts canary,
        SideCounts baseline,
        String waitingFor) {
    public JudgementStatus {
        Texts.requirePresent("question", question);
        Texts.requirePresent("environment", environment);
        Texts.requirePresent("canary", canary);
        Texts.requirePresent("baseline", baseline);
        Texts.requirePresent("waitingFor", waitingFor);
        Ranges.require("passedStep", passedStep, 0, 50);
    }

    /**
     * Why a canary is worse.
     *
     * @param rule {@code guardrail} or {@code comparison}
     * @param metric {@code errorRate}, {@code errors}, {@code slow}, {@code p95}
     * @param observed the value, for people
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

    /** Cumulative counts of one side over the whole rollout. */
    public record SideCounts(long answers, long errors, long slow) {
        public static final SideCounts NONE = new SideCounts(0, 0, 0);
    }
}
