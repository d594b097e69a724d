package dev.slipway.contracts.validation;

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
 * @param step 0 before the first share, then 1 for the first entry of the steps that are taken, and so on
 * @param trafficPercent the canary's share at this step, percent
 * @param hold how long the canary must stay healthy at this step, counted from the first sample of the table below
 * @param tableCounter counter of the traffic table that put this step into force
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
        Canary rules) {
    public Judge {
        Texts.requirePresent("question", question);
        Texts.requirePresent("environment", environment);
        Texts.requirePresent("canary", canary);
        Texts.requirePresent("rules", rules);
        Ranges.require("step", step, 0, 50);
        Ranges.require("trafficPercent", trafficPercent, 0, 100);
        Ranges.require("hold", hold, Duration.ZERO, Duration.ofHours(24));
    }
}
