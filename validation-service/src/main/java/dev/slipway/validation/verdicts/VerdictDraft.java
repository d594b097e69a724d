package dev.slipway.validation.verdicts;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import java.time.Instant;
import java.util.List;

/**
 * A complete verdict before it has a place in the chain. Its natural key is (question, gate).
 *
 * @param question text of the question that the gate was asked for
 * @param gate the whole rule, so that it can be applied again
 * @param inputs digests of the reports that it was applied to
 * @param observed the observed values, for people
 */
public record VerdictDraft(
        ApplicationName application,
        Sha sha,
        String question,
        Gate gate,
        List<Digest> inputs,
        String observed,
        Verdict verdict,
        String cause,
        Instant at) {
    public VerdictDraft {
        Texts.requireLength("question", question, 1, 300);
        inputs = List.copyOf(inputs);
    }
}
