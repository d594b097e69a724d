package dev.slipway.validation;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.contracts.policy.StableRuns;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.WithoutBaseline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pre-release gate on evidence, of which a test says what it is about and nothing else. */
final class EvidenceGate {
    private final String id;
    private final String kind;
    private final @Nullable String suite;
    private final List<Threshold> rule = new ArrayList<>();
    private @Nullable WithoutBaseline baseline;
    private @Nullable SignedBy signedBy;
    private @Nullable StableRuns stability;

    private EvidenceGate(String id, String kind, @Nullable String suite) {
        this.id = id;
        this.kind = kind;
        this.suite = suite;
    }

    static EvidenceGate of(String id, String kind, @Nullable String suite) {
        return new EvidenceGate(id, kind, suite);
    }

    EvidenceGate expecting(String fact, String limit) {
        rule.add(new Threshold(fact, limit));
        return this;
    }

    EvidenceGate without(@Nullable WithoutBaseline comparison) {
        baseline = comparison;
        return this;
    }

    EvidenceGate signedBy(@Nullable SignedBy keys) {
        signedBy = keys;
        return this;
    }

    EvidenceGate over(int runs) {
        stability = new StableRuns(runs);
        return this;
    }

    Gate within(Duration time) {
        return new Gate(
                id,
                "",
                Stage.PRE_RELEASE,
                kind,
                suite,
                rule,
                null,
                null,
                List.of(),
                time,
                List.of(),
                null,
                null,
                null,
                baseline,
                signedBy,
                stability);
    }
}
