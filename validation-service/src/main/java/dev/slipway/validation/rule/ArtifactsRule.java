package dev.slipway.validation.rule;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether evidence over artifacts covers what is released: each of them, and, where it is signed, nothing else. What is from
 * another digest or commit says nothing of this one, and is inconclusive. It goes by numbers, which a reader makes of the
 * stored bytes and the keys of the gate; which artifact is meant stands in its remarks.
 */
final class ArtifactsRule {
    private ArtifactsRule() {}

    static Ruling judge(Gate gate, Facts facts) {
        if (facts.named("released.total").isEmpty()) {
            return new Ruling.Unknown("Nobody could hold it against the artifacts that are released");
        }
        if (number(facts, "released.total") == 0) {
            return new Ruling.Unknown("The release names no artifact, so nothing can be covered");
        }
        boolean signed = Gate.IS_SIGNED.contains(String.valueOf(gate.evidence()));
        List<Ruling> parts = new ArrayList<>();
        long doubted = number(facts, "released.doubted");
        if (doubted > 0) {
            parts.add(new Ruling.Breaks(
                    "Of %s it says something that no allowed key has signed, or that is not what is expected"
                            .formatted(artifacts(doubted)),
                    false));
        }
        long elsewhere = number(facts, "released.elsewhere");
        if (elsewhere > 0) {
            parts.add(
                    new Ruling.Unknown("Of %s it has another %s than the one that is released: it is from another build"
                            .formatted(artifacts(elsewhere), signed ? "commit" : "checksum")));
        }
        long missing = number(facts, "released.missing");
        long foreign = number(facts, "released.foreign");
        if (signed && foreign > 0) {
            String words =
                    "It speaks of %s that %s not released".formatted(artifacts(foreign), foreign == 1 ? "is" : "are");
            parts.add(
                    missing > 0
                            ? new Ruling.Unknown(
                                    "%s, and not of %s: it is from another build".formatted(words, artifacts(missing)))
                            : new Ruling.Breaks(words, false));
        }
        long uncheckable = number(facts, "released.uncheckable");
        if (uncheckable > 0) {
            parts.add(new Ruling.Unknown("The signature of %s cannot be checked".formatted(artifacts(uncheckable))));
        }
        if (missing > 0) {
            parts.add(new Ruling.Breaks(
                    "%s of %d that are released %s not covered"
                            .formatted(
                                    artifacts(missing), number(facts, "released.total"), missing == 1 ? "is" : "are"),
                    true));
        }
        return Ruling.all(parts);
    }

    private static String artifacts(long count) {
        return Texts.counted(count, "artifact", "artifacts");
    }

    /** What is not told never lets pass. */
    private static long number(Facts facts, String name) {
        return facts.named(name).map(Fact::value).map(BigDecimal::longValue).orElse(name.endsWith("total") ? 0L : 1L);
    }
}
