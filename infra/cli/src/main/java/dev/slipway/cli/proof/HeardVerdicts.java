package dev.slipway.cli.proof;

import dev.slipway.chain.Link;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.verdicts.VerdictDraft;
import dev.slipway.validation.verdicts.VerdictRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Holds what a release heard of its gates against the verdicts of validation's chain that it names for that: each is there, says
 * what was heard, of this gate in this question, about what is released, and by the rule that the policy has.
 */
final class HeardVerdicts {
    /** What stands in these is filled in before a gate is asked, for example the version. */
    private static final Set<String> PLACED = Set.of("http", "queries", "files", "tracker", "arrival", "signedBy");

    private final Bundle bundle;
    private final Map<String, VerdictDraft> known = new HashMap<>();
    private final Map<String, JsonNode> gates = new HashMap<>();
    private final Set<String> heard = new HashSet<>();
    private final Set<String> missing = new TreeSet<>();
    private final Set<String> faults = new LinkedHashSet<>(); // a status stands in the record until there is another
    private final String sha;
    private final Set<String> artifacts;

    /**
     * What was found.
     *
     * @param hashes of the verdicts that it heard, which its own chain vouches for
     */
    record Found(Set<String> hashes, List<String> faults) {}

    private HeardVerdicts(Bundle bundle) {
        this.bundle = bundle;
        for (VerdictRecord record : bundle.verdicts()) {
            known.put(record.hash(), record.verdict());
        }
        JsonNode proposal = bundle.state().path("launch").path("proposal");
        sha = proposal.path("sha").asString("");
        artifacts = proposal.path("artifacts")
                .valueStream()
                .map(artifact -> artifact.path("digest").asString(""))
                .collect(Collectors.toSet());
    }

    static Found of(Bundle bundle) {
        HeardVerdicts verdicts = new HeardVerdicts(bundle);
        verdicts.readPolicy();
        for (Link link : bundle.proof().records()) {
            for (JsonNode assessment : link.record().path("set").path("assessments")) {
                String question = question(assessment.path("question"));
                assessment.path("gates").forEach(gate -> verdicts.hear(question, gate));
            }
        }
        List<String> faults = new ArrayList<>(verdicts.missing);
        faults.addAll(verdicts.faults);
        return new Found(verdicts.heard, faults);
    }

    /** That a policy cannot be read is said where what is released is looked at. */
    private void readPolicy() {
        for (JsonNode told : bundle.policy().path("gates")) {
            try {
                Gate gate = WireJson.mapper().treeToValue(told, Gate.class);
                gates.put(gate.id(), rule(gate));
            } catch (JacksonException | IllegalArgumentException unreadable) {
                gates.clear();
                return;
            }
        }
    }

    private static JsonNode rule(Gate gate) {
        ObjectNode rule = WireJson.mapper().valueToTree(gate);
        rule.remove(PLACED);
        return rule;
    }

    private static String question(JsonNode told) {
        try {
            return told.isObject()
                    ? WireJson.mapper().treeToValue(told, QuestionKey.class).toString()
                    : "";
        } catch (JacksonException | IllegalArgumentException unreadable) {
            return "";
        }
    }

    private void hear(String question, JsonNode told) {
        String gate = told.path("gate").asString("");
        String said = told.path("verdict").asString("");
        String hash = told.path("record").asString("");
        if (hash.isEmpty()) {
            if (said.equals(Verdict.PASSED.name()) && told.path("complete").asBoolean(false)) {
                faults.add("gate %s was heard to have passed in %s, and no verdict is named for that"
                        .formatted(gate, question));
            }
            return;
        }
        heard.add(hash);
        VerdictDraft verdict = known.get(hash);
        if (verdict == null) {
            missing.add("verdict %s of gate %s was heard by the release and is not in the chain".formatted(hash, gate));
        } else if (!is(verdict, gate, said, question)) {
            faults.add("verdict %s was heard as %s of gate %s in %s, and is %s of gate %s in %s"
                    .formatted(
                            hash,
                            said,
                            gate,
                            question,
                            verdict.verdict(),
                            verdict.gate().id(),
                            verdict.question()));
        } else {
            about(hash, gate, verdict);
        }
    }

    private static boolean is(VerdictDraft verdict, String gate, String said, String question) {
        return verdict.gate().id().equals(gate)
                && verdict.verdict().name().equals(said)
                && verdict.question().equals(question);
    }

    private void about(String hash, String gate, VerdictDraft verdict) {
        if (!verdict.sha().value().equals(sha)) {
            faults.add("verdict %s of gate %s is about commit %s, and %s is released"
                    .formatted(hash, gate, verdict.sha(), sha));
        }
        Set<String> of = verdict.artifacts().stream()
                .map(artifact -> artifact.digest().value())
                .collect(Collectors.toSet());
        if (!of.isEmpty() && !of.equals(artifacts)) {
            faults.add("verdict %s of gate %s is about other artifacts than those that are released"
                    .formatted(hash, gate));
        }
        JsonNode rule = gates.get(gate);
        if (rule != null && !rule.equals(rule(verdict.gate()))) {
            faults.add("verdict %s of gate %s goes by another rule than the policy's".formatted(hash, gate));
        }
    }
}
