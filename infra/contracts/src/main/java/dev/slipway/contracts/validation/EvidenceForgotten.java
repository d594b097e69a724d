package dev.slipway.contracts.validation;

import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Texts;
import java.time.Instant;

/**
 * Answer to {@link ForgetEvidence}: no report is kept for this release any more. A report that another release needs, or that
 * came again, stays for that.
 *
 * @param reports how many its verdicts rested on
 * @param at when it was done
 */
public record EvidenceForgotten(QuestionKey question, int reports, Instant at) {
    public EvidenceForgotten {
        Texts.requirePresent("question", question);
        Texts.requirePresent("at", at);
    }
}
