package dev.slipway.validation.rule;

import dev.slipway.contracts.policy.EvidenceKinds;
import dev.slipway.contracts.policy.FactNames;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a gate's rule says about the facts of its evidence. The same gate and facts always say the same. */
public final class Rules {
    private Rules() {}

    /** One part of a rule and what it says. */
    public record Part(String text, Ruling ruling) {}

    /**
     * What a rule does not let through, by name.
     *
     * @param beyond how many there are beside these
     */
    public record Named(List<String> shown, long beyond) {
        public Named {
            shown = List.copyOf(shown);
        }
    }

    /** The components that the gate's list of licences does not let through, at most so many; none without such a list. */
    public static Named unlicensed(Gate gate, Facts facts, int max) {
        return gate.licenses() == null ? new Named(List.of(), 0) : LicenseRule.offending(gate.licenses(), facts, max);
    }

    public static Ruling judge(Gate gate, Facts facts) {
        return together(parts(gate, facts));
    }

    /** What several parts say together. */
    public static Ruling together(List<Part> parts) {
        return parts.isEmpty()
                ? new Ruling.Unknown("The gate has no rule")
                : Ruling.all(parts.stream().map(Part::ruling).toList());
    }

    /** Each threshold, then the expression, the licences, the score, whether all artifacts are covered, and whether the scanner's report is there. */
    public static List<Part> parts(Gate gate, Facts told) {
        Facts facts = gate.scanner() == null ? told : told.scannedBy(gate.scanner());
        List<Part> parts = new ArrayList<>();
        for (Threshold threshold : gate.rule()) {
            parts.add(new Part(
                    threshold.toString(),
                    ThresholdRule.parse(threshold)
                            .map(rule -> rule.judge(facts))
                            .orElseGet(() -> new Ruling.Unknown(illegal(threshold)))));
        }
        if (gate.cel() != null) {
            parts.add(new Part(gate.cel(), CelRule.judge(gate, gate.cel(), facts)));
        }
        if (gate.licenses() != null) {
            parts.add(new Part(gate.licenses().text(), LicenseRule.judge(gate.licenses(), facts)));
        }
        if (gate.kayenta() != null) {
            parts.add(new Part(gate.kayenta().text(), ScoreRule.judge(gate.kayenta(), facts)));
        }
        if (Gate.NAMES_ARTIFACTS.contains(String.valueOf(gate.evidence()))) {
            parts.add(new Part(covering(gate), ArtifactsRule.judge(gate, facts)));
        }
        if (gate.scanner() != null) {
            parts.add(new Part("scanned by " + gate.scanner(), scanned(gate.scanner(), facts)));
        }
        return parts;
    }

    private static String covering(Gate gate) {
        return gate.signedBy() == null
                ? Gate.EVERY_ARTIFACT
                : Gate.EVERY_ARTIFACT + ", " + gate.signedBy().text();
    }

    private static Ruling scanned(String scanner, Facts facts) {
        if (facts.parts().scannedBy(scanner)) {
            return new Ruling.Holds();
        }
        List<String> others = facts.parts().scanners();
        return new Ruling.Unknown("No report of the scanner %s with a list of vulnerabilities is among them%s"
                .formatted(scanner, others.isEmpty() ? "" : ", but of " + String.join(", ", others)));
    }

    /** Why this gate's rule can never say anything, if so: then there is nothing to wait for. */
    public static Optional<String> unusable(Gate gate) {
        return gate.rule().stream()
                .filter(threshold -> ThresholdRule.parse(threshold).isEmpty())
                .map(Rules::illegal)
                .findFirst();
    }

    /** Whether one of its thresholds is of how long something went on. */
    public static boolean askHowLong(Gate gate) {
        FactNames known =
                EvidenceKinds.shipped().of(String.valueOf(gate.evidence())).orElse(new FactNames(Map.of()));
        return gate.rule().stream()
                .flatMap(threshold -> known.unit(threshold.fact()).stream())
                .anyMatch(Fact.Unit.DURATION.name()::equals);
    }

    private static String illegal(Threshold threshold) {
        return "%s: \"%s\" is no threshold; write a number, or >=, <=, >, <, != and a number, with %% for percentages"
                .formatted(threshold.fact(), threshold.expects());
    }
}
