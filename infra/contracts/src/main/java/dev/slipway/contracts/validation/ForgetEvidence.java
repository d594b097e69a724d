package dev.slipway.contracts.validation;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Texts;

/**
 * Command: this release needs its reports no longer. Those that no other release needs go, and what went is told.
 *
 * @param rule by which rule, for people, as in {@code evidence: 400 days}, 1 to 100 characters
 */
public record ForgetEvidence(QuestionKey question, String rule) {
    public ForgetEvidence {
        Texts.requirePresent("question", question);
        Texts.requireLength("rule", rule, 1, 100);
    }
}
