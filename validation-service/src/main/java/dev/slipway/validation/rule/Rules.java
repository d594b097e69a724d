package dev.slipway.validation.rule;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.validation.evidence.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a gate's rule says about the facts of its evidence. The same gate and facts always say the same. */
public final class Rules {
    private Rules() {}

    public static Ruling judge(Gate gate, Facts told) {
        Facts facts = gate.scanner() == null ? told : told.scannedBy(gate.scanner());
        List<Ruling> parts = new ArrayList<>();
        for (Threshold threshold : gate.rule()) {
            parts.add(ThresholdRule.parse(threshold)
                    .map(rule -> rule.judge(facts))
                    .orElseGet(() -> new Ruling.Unknown(illegal(threshold))));
        }
        if (gate.cel() != null) {
            parts.add(CelRule.judge(gate.cel(), facts));
        }
        if (gate.licenses() != null) {
            parts.add(LicenseRule.judge(gate.licenses(), facts));
        }
        if (gate.scanner() != null && !facts.parts().scannedBy(gate.scanner())) {
            parts.add(new Ruling.Unknown(unscanned(gate.scanner(), facts)));
        }
        if (parts.isEmpty()) {
            return new Ruling.Unknown("The gate has no rule");
        }
        return Ruling.all(parts);
    }

    private static String unscanned(String scanner, Facts facts) {
        List<String> others = facts.parts().scanners();
        return "No report of the scanner %s with a list of vulnerabilities is among them%s"
                .formatted(scanner, others.isEmpty() ? "" : ", but of " + String.join(", ", others));
    }

    /** Why this gate's rule can never say anything, if so: then there is nothing to wait for. */
    public static Optional<String> unusable(Gate gate) {
        return gate.rule().stream()
                .filter(threshold -> ThresholdRule.parse(threshold).isEmpty())
                .map(Rules::illegal)
                .findFirst();
    }

    private static String illegal(Threshold threshold) {
        return "%s: \"%s\" is no threshold; write a number, or >=, <=, >, <, != and a number, with %% for percentages"
                .formatted(threshold.fact(), threshold.expects());
    }
}
