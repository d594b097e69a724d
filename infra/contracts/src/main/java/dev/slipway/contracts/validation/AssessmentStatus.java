package dev.slipway.contracts.validation;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Texts;
import java.util.List;

/**
 * Status: the present verdicts of one assessment.
 *
 * @param question the question that this answers
 * @param outcome over all gates: PENDING while one may still change
 */
public record AssessmentStatus(QuestionKey question, Outcome outcome, List<GateVerdict> gates) {
    public AssessmentStatus {
        Texts.requirePresent("question", question);
        Texts.requirePresent("outcome", outcome);
        Texts.requirePresent("gates", gates);
        gates = List.copyOf(gates);
    }

    /** The assessment as a whole. All but PENDING and UNKNOWN are final. */
    public enum Outcome {
        PENDING,
        PASSED,
        FAILED,
        INCONCLUSIVE,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
