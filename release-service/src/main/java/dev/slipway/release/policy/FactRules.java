package dev.slipway.release.policy;

import dev.slipway.contracts.policy.EvidenceKinds;
import dev.slipway.contracts.policy.FactNames;
import dev.slipway.contracts.policy.FilesRule;
import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.rules.FactExpression;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Whether gates ask for facts that reports of their kind may say, and whether their expressions can be compiled: what could
 * never be answered is refused when the policy is stored.
 */
final class FactRules {
    private FactRules() {}

    /** For a document that fits the schema, in its order. */
    static List<Finding> check(JsonNode document, YamlDocument places) {
        List<Finding> findings = new ArrayList<>();
        JsonNode gates = document.path("gates");
        for (int i = 0; i < gates.size(); i++) {
            JsonNode gate = gates.get(i);
            String at = "/gates/" + i;
            files(gate, at, places, findings);
            tracker(gate, at, places, findings);
            EvidenceKinds.shipped()
                    .of(gate.path("evidence").asString(""))
                    .ifPresent(names -> gate(gate, at, names, places, findings));
        }
        return findings;
    }

    /** What a gate over files counts is known by what it looks at. */
    private static void files(JsonNode gate, String at, YamlDocument places, List<Finding> findings) {
        for (String looksAt : List.of("versions", "schema", "links")) {
            if (gate.has(looksAt)) {
                thresholds(gate, at, "a gate over " + looksAt + " counts", FilesRule.facts(looksAt), places, findings);
            }
        }
    }

    /** A server is asked for what exports say as well. */
    private static void tracker(JsonNode gate, String at, YamlDocument places, List<Finding> findings) {
        findings.addAll(TrackerMapping.check(gate, at, places));
        if (gate.has("tracker") && !gate.has("evidence")) {
            thresholds(gate, at, "is told of a tracker", TrackerRule.facts(), places, findings);
        }
    }

    private static void gate(JsonNode gate, String at, FactNames names, YamlDocument places, List<Finding> findings) {
        String kind = gate.path("evidence").asString();
        thresholds(gate, at, "a report of the kind %s may say".formatted(kind), names, places, findings);
        if (gate.has("cel")) {
            expression(gate.path("cel").asString(), at + "/cel", names, places, findings);
        }
    }

    private static void thresholds(
            JsonNode gate, String at, String says, FactNames names, YamlDocument places, List<Finding> findings) {
        gate.path("rule").properties().forEach(threshold -> {
            String fact = threshold.getKey();
            String pointer = YamlDocument.child(at + "/rule", fact);
            if (!names.knows(fact)) {
                findings.add(places.atKey(pointer, "is no fact that %s; %s".formatted(says, names.remedy(fact))));
            } else {
                unit(threshold.getValue().asString(), fact, names, places.at(pointer, ""), findings);
            }
        });
    }

    /** A limit that is never compared with such a fact, so that the gate would stay inconclusive for ever. */
    private static void unit(String expects, String fact, FactNames names, Finding place, List<Finding> findings) {
        boolean percent = expects.contains("%");
        names.unit(fact)
                .filter(unit -> percent != unit.equals(FactNames.PERCENT))
                .filter(unit -> !unit.isEmpty())
                .ifPresent(unit -> findings.add(new Finding(
                        place.line(),
                        place.column(),
                        place.path(),
                        percent
                                ? "is no percentage: write the limit without %"
                                : "is a percentage: write the limit with %, for example \">= 80%\"")));
    }

    private static void expression(
            String text, String pointer, FactNames names, YamlDocument places, List<Finding> findings) {
        if (FactExpression.compile(text, names) instanceof FactExpression.Compiled.Refused refused) {
            findings.add(places.within(
                    pointer,
                    refused.line(),
                    refused.column(),
                    "cannot be used: " + refused.why(),
                    "cannot be used: " + refused));
        }
    }
}
