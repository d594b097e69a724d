package dev.slipway.contracts.deployment;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Texts;

/** Command: prove that this environment can go back to its verified release. Repeated until it is answered. */
public record ProveWayBack(QuestionKey question, EnvironmentId environment) {
    public ProveWayBack {
        Texts.requirePresent("question", question);
        Texts.requirePresent("environment", environment);
    }
}
