package dev.slipway.cli.proof;

import dev.slipway.chain.CanonicalJson;
import dev.slipway.chain.ChainCheck;
import dev.slipway.chain.Envelope;
import dev.slipway.chain.Link;
import dev.slipway.chain.Proof;
import dev.slipway.chain.ProofKeys;
import dev.slipway.chain.Seal;
import dev.slipway.contracts.WireJson;
import dev.slipway.release.saga.ApprovalRecords;
import dev.slipway.validation.verdicts.VerdictRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Goes over all that proves a release and says what does not agree. */
public final class BundleCheck {
    private final Bundle bundle;
    private final ProofKeys keys;
    private final ObjectNode state;
    private final List<String> faults = new ArrayList<>();

    private BundleCheck(Bundle bundle, ProofKeys keys) {
        this.bundle = bundle;
        this.keys = keys;
        this.state = bundle.state();
    }

    /**
     * Checks it.
     *
     * @param keys whose signatures are believed
     * @param ofRules what was found when the rules of its verdicts were applied again
     */
    public static Verified of(Bundle bundle, ProofKeys keys, List<String> ofRules) {
        BundleCheck check = new BundleCheck(bundle, keys);
        ChainCheck.Result chain = bundle.proof().check(keys);
        chain.faults().forEach(fault -> check.faults.add(fault.toString()));
        check.closed(chain);
        check.verdictsHeard();
        check.faults.addAll(ofRules);
        ApprovalRecords.Checked approvals = ApprovalRecords.check(
                bundle.proof().records().stream().map(Link::record).toList());
        check.faults.addAll(approvals.faults());
        String judged = check.judgement();
        String attested = check.attestation();
        List<String> kept = check.retention();
        return new Verified(
                bundle.proof().chain(),
                chain.records(),
                chain.before(),
                chain.closed(),
                bundle.verdicts().size(),
                approvals.said(),
                judged,
                attested,
                kept,
                check.faults);
    }

    private void closed(ChainCheck.Result chain) {
        if (chain.records() == 0) {
            faults.add("no record of it is chained: all are from before there was a chain");
            return;
        }
        ChainCheck.Closed closed = chain.closed();
        if (ended() && (closed == null || closed.records() < chain.records())) {
            faults.add(
                    keys.ids().isEmpty()
                            ? "it has ended, and nobody signs here: set slipway.proof.keys of release-service"
                            : "record %d: it has ended, and no checkpoint closes it".formatted(chain.records()));
        }
    }

    private boolean ended() {
        return state.path("state").path("type").asString("").equals("ENDED");
    }

    /** What the release heard of its gates is what validation recorded. */
    private void verdictsHeard() {
        Set<String> known = bundle.verdicts().stream().map(VerdictRecord::hash).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>();
        for (Link link : bundle.proof().records()) {
            for (JsonNode assessment : link.record().path("set").path("assessments")) {
                for (JsonNode gate : assessment.path("gates")) {
                    String hash = gate.path("record").asString("");
                    if (!hash.isEmpty() && !known.contains(hash)) {
                        missing.add("verdict %s of gate %s was heard by the release and is not in the chain"
                                .formatted(hash, gate.path("gate").asString("")));
                    }
                }
            }
        }
        faults.addAll(missing);
    }

    private String judgement() {
        JudgedAgain.Found again = JudgedAgain.of(bundle);
        faults.addAll(again.faults());
        return again.said();
    }

    private String attestation() {
        Envelope envelope = bundle.proof().attestation();
        if (envelope == null) {
            return ended() ? "none" : "none before its end";
        }
        if (!envelope.isSignedBy(keys)) {
            faults.add("the attestation is not signed by a key that is known");
        }
        JsonNode said = read(envelope);
        String result = said.at("/predicate/verificationResult").asString("");
        String expected = state.path("state").path("phase").asString("").equals("COMPLETED") ? "PASSED" : "FAILED";
        if (!result.equals(expected)) {
            faults.add("the attestation says %s, the records say %s".formatted(result, expected));
        }
        Seal head = bundle.proof().head();
        String over = said.at("/predicate/inputAttestations/0/digest/sha256").asString("");
        if (head == null || !head.hash().equals(over)) {
            faults.add("the attestation is about another end of the chain");
        }
        if (!subjects(said).equals(artifacts())) {
            faults.add("the attestation is about other artifacts");
        }
        return "in-toto verification summary: " + result;
    }

    /** What is said to have gone is believed if the record of that says so, which is chained and signed like the release's. */
    private List<String> retention() {
        Proof record = bundle.retention();
        if (record != null) {
            ChainCheck.Result chain = record.check(keys);
            chain.faults().forEach(fault -> faults.add("retention: " + fault));
            ChainCheck.Closed closed = chain.closed();
            if (closed == null || closed.records() < chain.records()) {
                faults.add("retention: record %d: no checkpoint closes it".formatted(chain.records()));
            }
            if (!record.chain().endsWith("/keeping/" + release())) {
                faults.add("retention: it is the record of another release");
            }
        }
        ObjectNode kept = bundle.kept();
        List<String> told = new ArrayList<>();
        JsonNode hold = kept.path("hold");
        if (hold.isObject()) {
            told.add("held by %s since %s: %s"
                    .formatted(
                            hold.path("by").asString(""),
                            hold.path("at").asString(""),
                            hold.path("reason").asString("")));
        }
        bundle.gone().forEach(report -> told.add(report.text() + ", so no rule is applied to it again"));
        if (!bundle.gone().isEmpty() && !kept.path("evidence").isObject()) {
            faults.add("retention: %d reports are said to have gone, and no record says that this was decided"
                    .formatted(bundle.gone().size()));
        }
        return told;
    }

    private String release() {
        String chain = bundle.proof().chain();
        return chain.substring(chain.lastIndexOf('/') + 1);
    }

    private static JsonNode read(Envelope envelope) {
        try {
            return WireJson.mapper().readTree(envelope.content());
        } catch (JacksonException broken) {
            return WireJson.mapper().missingNode();
        }
    }

    private static Set<String> subjects(JsonNode statement) {
        return statement
                .path("subject")
                .valueStream()
                .flatMap(subject -> subject.path("digest").valueStream())
                .map(JsonNode::asString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<String> artifacts() {
        JsonNode proposal = state.path("launch").path("proposal");
        Set<String> digests = proposal.path("artifacts")
                .valueStream()
                .map(artifact -> artifact.path("digest").asString("").replace("sha256:", ""))
                .collect(Collectors.toCollection(TreeSet::new));
        return digests.isEmpty() ? Set.of(proposal.path("sha").asString("")) : digests;
    }

    /** Whether two texts of JSON say the same. */
    static boolean same(JsonNode one, JsonNode other) {
        return CanonicalJson.sha256(one).equals(CanonicalJson.sha256(other));
    }
}
