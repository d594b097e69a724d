package dev.slipway.validation.judgement;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficSample.Counts;
import org.jspecify.annotations.Nullable;

/**
 * What is judged, the same from its first step to its last.
 *
 * @param canary key of the new version
 * @param baseline key of the version beside it, or null at a first release
 */
record Rollout(
        QuestionKey question, String canary, @Nullable String baseline, Canary rules) {
    /** What counts for the comparison: where clients stick to a side, only each one's first answer there. */
    Counts compared(TrafficSample sample, String key) {
        return sample.versions().stream()
                .filter(version -> version.key().equals(key))
                .map(version -> switch (rules.assign()) {
                    case REQUEST -> version.all();
                    case CLIENT -> version.first();
                })
                .findFirst()
                .orElse(Counts.NONE);
    }
}
