package dev.slipway.validation.judgement;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.policy.Canary;
import dev.slipway.contracts.validation.Judge;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is judged, the same from its first step to its last.
 *
 * @param canary key of the new version
 * @param baseline key of the version beside it, or null at a first release
 * @param planned how long steps and bake are planned to take; an hour where a former version of this service did not note it
 * @param left key of the verified version that is left by it, whose bad answers are counted; null where none is
 */
record Rollout(
        QuestionKey question,
        String canary,
        @Nullable String baseline,
        Canary rules,
        @JsonSetter Duration planned,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String left) {
    Rollout {
        planned = planned == null ? Duration.ofHours(1) : planned;
    }

    static Rollout of(Judge judge) {
        return new Rollout(
                judge.question(), judge.canary(), judge.baseline(), judge.rules(), judge.planned(), judge.left());
    }

    boolean sticky() {
        return rules.assign() == Canary.Assign.CLIENT;
    }

    /** How alpha is shared, after so many seconds. */
    Levels levels(long seconds) {
        return new Levels(rules.alpha(), baseline != null, Math.max(planned.toSeconds(), seconds));
    }
}
