package dev.slipway.validation.tracker;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Gate.Threshold;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.evidence.tracker.TrackerFacts;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What gates over issues say. The same gate and the same issues always say the same, so that a verdict can be checked. */
public final class TrackerGates {
    private TrackerGates() {}

    /**
     * What a gate says.
     *
     * @param observed observed values in one line
     * @param cause why, with the issues that count against it
     * @param parts of its rule and what each says
     */
    public record Judged(Verdict verdict, String observed, String cause, List<Rules.Part> parts) {
        public Judged {
            parts = List.copyOf(parts);
        }
    }

    /** @param gate one that looks at issues */
    public static Judged judge(Gate gate, TrackerFacts issues) {
        List<Rules.Part> parts = Rules.parts(gate, issues.facts());
        String observed = issues.facts().toString();
        return switch (Rules.together(parts)) {
            case Ruling.Holds _ -> new Judged(Verdict.PASSED, observed, "Every issue is as it should be", parts);
            case Ruling.Breaks _ ->
                new Judged(
                        Verdict.FAILED,
                        observed,
                        said(whys(parts, Ruling.Breaks.class::isInstance), issues.named(asked(gate))),
                        parts);
            case Ruling.Unknown _ ->
                new Judged(
                        Verdict.INCONCLUSIVE,
                        observed,
                        said(whys(parts, Ruling.Unknown.class::isInstance), issues.named(asked(gate))),
                        parts);
        };
    }

    /** Which facts it asks for. */
    public static Predicate<String> asked(Gate gate) {
        List<String> facts = gate.rule().stream().map(Threshold::fact).toList();
        String cel = gate.cel() == null ? "" : gate.cel();
        return fact -> facts.contains(fact) || cel.contains(fact);
    }

    private static List<String> whys(List<Rules.Part> parts, Predicate<Ruling> which) {
        return parts.stream()
                .map(Rules.Part::ruling)
                .filter(which)
                .map(TrackerGates::why)
                .distinct()
                .toList();
    }

    private static String why(Ruling ruling) {
        return switch (ruling) {
            case Ruling.Breaks broken -> broken.why();
            case Ruling.Unknown unknown -> unknown.why();
            case Ruling.Holds holds -> holds.remark();
        };
    }

    private static String said(List<String> whys, List<String> issues) {
        List<String> all = new ArrayList<>(List.of(String.join("; ", whys)));
        all.addAll(issues);
        return String.join(". ", all);
    }
}
