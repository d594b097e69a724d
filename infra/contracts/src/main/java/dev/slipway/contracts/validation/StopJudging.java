package dev.slipway.contracts.validation;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Texts;

/** Command: this rollout is decided; stop counting. */
public record StopJudging(QuestionKey question, EnvironmentId environment) {
    public StopJudging {
        Texts.requirePresent("question", question);
        Texts.requirePresent("environment", environment);
    }
}
