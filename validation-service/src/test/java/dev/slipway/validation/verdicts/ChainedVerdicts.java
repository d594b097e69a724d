package dev.slipway.validation.verdicts;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import java.time.Instant;
import java.util.List;

/** Verdicts in their chain, for tests of what makes them. */
public final class ChainedVerdicts {
    private ChainedVerdicts() {}

    public static VerdictRecord first(
            ApplicationName application, Sha sha, Gate gate, List<Digest> inputs, Verdict verdict) {
        return VerdictRecord.after(
                1,
                null,
                new VerdictDraft(
                        application,
                        sha,
                        "hello@1.0.0/assess-pre-release/1",
                        gate,
                        inputs,
                        "",
                        verdict,
                        "",
                        Instant.parse("2026-01-02T03:04:05Z")));
    }
}
