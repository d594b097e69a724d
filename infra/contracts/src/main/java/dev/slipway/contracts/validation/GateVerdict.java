package dev.slipway.contracts.validation;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Stage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a gate said.
 *
 * @param verdict INCONCLUSIVE while evidence is awaited; PASSED and not complete while it may still go back
 * @param complete whether the verdict is final for this assessment
 * @param rule the rule in one line
 * @param observed the observed values in one line, for example {@code tests.total 14, tests.failed 0}
 * @param cause why, in one sentence for a person
 * @param record hash of the verdict's record in the evidence chain; null while not complete
 * @param until how long the gate waits for its evidence; null when it waits for nothing
 */
public record GateVerdict(
        String gate,
        String guide,
        Stage stage,
        Verdict verdict,
        boolean complete,
        String rule,
        String observed,
        String cause,
        @Nullable String record,
        @Nullable Instant until,
        Instant at) {
    public GateVerdict {
        Texts.requirePresent("gate", gate);
        Texts.requirePresent("guide", guide);
        Texts.requirePresent("stage", stage);
        Texts.requirePresent("verdict", verdict);
        Texts.requirePresent("rule", rule);
        Texts.requirePresent("observed", observed);
        Texts.requirePresent("cause", cause);
        Texts.requirePresent("at", at);
    }

    /** The four verdicts; only PASSED and WAIVED let a release go on. */
    public enum Verdict {
        PASSED,
        FAILED,
        INCONCLUSIVE,
        WAIVED,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
