package dev.slipway.contracts.validation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.policy.Ranges;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Command: judge this rollout, which is now at this step. Sent at warm-up (step 0), again at each step, and repeated.
 *
 * @param question the rollout's question key
 * @param canary key of the new version in traffic tables and samples
 * @param baseline key of the verified version beside it; null at a first release
 * @param step 0 before the first share, then 1 for the first entry of the steps that are taken, and so on; the bake is
 *     one more, with the bake as its hold
 * @param trafficPercent the canary's share at this step, percent: in the bake 100 less what is held back. A baseline
 *     beside a canary that has 100 % has no share and is not waited for
 * @param hold how long the canary must stay healthy at this step, counted from the first sample of the table below
 * @param tableCounter counter of the traffic table that put this step into force
 * @param planned the longest time that this rollout's steps and its bake are planned to take together, 1 s to 366 d; the
 *     detector of late faults pays for as many seconds. Absent is an hour
 * @param left key of the verified version that production leaves for one that it had before, beside which nothing is compared:
 *     what users have of it until then is counted, and nothing is judged by it. Absent where none is left so
 */
public record Judge(
        QuestionKey question,
        EnvironmentId environment,
        String canary,
        @Nullable String baseline,
        int step,
        int trafficPercent,
        Duration hold,
        long tableCounter,
        Canary rules,
        @JsonSetter Duration planned,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String left) {
    /** The highest number of a step: fifty, and the bake. */
    public static final int STEP_MAX = 51;

    private static final Duration PLANNED_IF_ABSENT = Duration.ofHours(1);
    private static final Duration PLANNED_MIN = Duration.ofMinutes(1);

    public Judge {
        Texts.requirePresent("question", question);
        Texts.requirePresent("environment", environment);
        Texts.requirePresent("canary", canary);
        Texts.requirePresent("rules", rules);
        Ranges.require("step", step, 0, STEP_MAX);
        Ranges.require("trafficPercent", trafficPercent, 0, 100);
        Ranges.require("hold", hold, Duration.ZERO, Duration.ofHours(24));
        planned = planned == null ? PLANNED_IF_ABSENT : planned;
        Ranges.require("planned", planned, Duration.ofSeconds(1), Duration.ofDays(366));
    }

    /**
     * The longest time that steps and a bake are planned to take: twice what they are held, because a step is longer than its
     * hold by what its seconds take to be told, and by the answers that it waits for. ADR 12.
     *
     * @param held all of them together, 0 s or more
     * @return one minute or more
     */
    public static Duration plannedFor(Duration held) {
        Duration twice = held.multipliedBy(2);
        return twice.compareTo(PLANNED_MIN) < 0 ? PLANNED_MIN : twice;
    }

    /** A question about a rollout by which no version is left. */
    public Judge(
            QuestionKey question,
            EnvironmentId environment,
            String canary,
            @Nullable String baseline,
            int step,
            int trafficPercent,
            Duration hold,
            long tableCounter,
            Canary rules,
            Duration planned) {
        this(question, environment, canary, baseline, step, trafficPercent, hold, tableCounter, rules, planned, null);
    }

    /** A question of somebody who does not say how long the rollout is planned to take. */
    public Judge(
            QuestionKey question,
            EnvironmentId environment,
            String canary,
            @Nullable String baseline,
            int step,
            int trafficPercent,
            Duration hold,
            long tableCounter,
            Canary rules) {
        this(
                question,
                environment,
                canary,
                baseline,
                step,
                trafficPercent,
                hold,
                tableCounter,
                rules,
                PLANNED_IF_ABSENT);
    }
}
