package dev.slipway.cli.proof;

import dev.slipway.chain.CanonicalJson;
import dev.slipway.chain.ChainCheck;
import dev.slipway.chain.Envelope;
import dev.slipway.chain.Link;
import dev.slipway.chain.Proof;
import dev.slipway.chain.ProofKeys;
import dev.slipway.chain.Seal;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.WireJson;
import dev.slipway.release.saga.ApprovalRecords;
import dev.slipway.validation.evidence.GoneReport;
import dev.slipway.validation.verdicts.NotAgain;
import dev.slipway.validation.verdicts.VerdictRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
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
     * Checks what a service hands out.
     *
     * @param keys whose signatures are believed
     * @param ofRules what was found when the rules of its verdicts were applied again
     * @param files the bytes that are kept under a digest, of files that stand with answers
     */
    public static Verified of(
            Bundle bundle, ProofKeys keys, List<String> ofRules, Function<Digest, Optional<byte[]>> files) {
        return new BundleCheck(bundle, keys).all(ofRules, files, false);
    }

    /** Checks what stands in a file: whoever had that may have written all of it that no checkpoint closes. */
    static Verified ofFile(
            Bundle bundle, ProofKeys keys, List<String> ofRules, Function<Digest, Optional<byte[]>> files) {
        return new BundleCheck(bundle, keys).all(ofRules, files, true);
    }

    private Verified all(List<String> ofRules, Function<Digest, Optional<byte[]>> files, boolean alone) {
        ChainCheck.Result chain = bundle.proof().check(keys);
        chain.faults().forEach(fault -> faults.add(fault.toString()));
        if (!bundle.isOfRelease()) {
            faults.add("it is the record of no release");
        }
        before(chain);
        closed(chain, alone);
        HeardVerdicts.Found verdicts = HeardVerdicts.of(bundle);
        Set<String> heard = verdicts.hashes();
        faults.addAll(verdicts.faults());
        faults.addAll(ofRules);
        ApprovalRecords.Checked approvals = ApprovalRecords.check(
                bundle.proof().records().stream().map(Link::record).toList());
        faults.addAll(approvals.faults());
        AnsweredFiles.Found answered = AnsweredFiles.check(bundle, files);
        faults.addAll(answered.faults());
        String judged = judgement();
        String attested = attestation(chain);
        List<String> kept = retention();
        return new Verified(
                bundle.proof().chain(),
                bundle.release(),
                came(),
                released(),
                chain.records(),
                chain.before(),
                chain.closed(),
                (int) bundle.verdicts().stream()
                        .map(VerdictRecord::hash)
                        .distinct()
                        .filter(heard::contains)
                        .count(),
                unheard(heard),
                notAgain(heard),
                List.of(),
                approvals.said(),
                answered.said(),
                judged,
                attested,
                kept,
                faults);
    }

    private String came() {
        JsonNode at = state.path("state");
        return bundle.hasEnded()
                ? at.path("phase").asString("ended")
                : "has not ended, " + at.path("type").asString("unknown");
    }

    private List<String> released() {
        return state.path("launch")
                .path("proposal")
                .path("artifacts")
                .valueStream()
                .map(artifact -> "%s %s"
                        .formatted(
                                artifact.path("digest").asString(""),
                                artifact.path("uri").asString("")))
                .toList();
    }

    /** What is from before there was a chain is proved by nothing; but nothing is from before a release's first change. */
    private void before(ChainCheck.Result chain) {
        long last = 0;
        for (Link link : bundle.proof().records().subList(0, (int) chain.before())) {
            last = inOrder(last, link);
        }
        if (chain.before() > 0 && chain.records() > 0) {
            inOrder(last, bundle.proof().records().get((int) chain.before()));
        }
    }

    private long inOrder(long last, Link link) {
        long version = link.record().path("version").asLong(0);
        if (version <= last) {
            faults.add(
                    "version %d: what nothing proves stands before it, and cannot have come before".formatted(version));
        }
        return Math.max(last, version);
    }

    private void closed(ChainCheck.Result chain, boolean alone) {
        if (chain.records() == 0) {
            faults.add("no record of it is chained: all are from before there was a chain");
            return;
        }
        ChainCheck.Closed closed = chain.closed();
        if (closed != null && closed.records() == chain.records()) {
            return;
        }
        if (bundle.hasEnded()) {
            faults.add(
                    keys.ids().isEmpty()
                            ? "it has ended, and nobody signs here: set slipway.proof.keys of release-service"
                            : "record %d: it has ended, and no checkpoint closes it".formatted(chain.records()));
        } else if (closed != null) {
            faults.add("record %d: it came after the end, which a checkpoint closes over %d records"
                    .formatted(chain.records(), closed.records()));
        } else if (alone) {
            faults.add(
                    "record %d: no checkpoint closes it, so that whoever had the file may have written it: export it again when the release has ended"
                            .formatted(chain.records()));
        }
    }

    /** A verdict that is not heard of proves itself by its own hash alone, which anybody can make. */
    private List<String> unheard(Set<String> heard) {
        return bundle.verdicts().stream()
                .filter(verdict -> !heard.contains(verdict.hash()))
                .map(verdict ->
                        "verdict %d (%s, %s) was not heard by the release: nothing that is signed vouches for it"
                                .formatted(
                                        verdict.number(),
                                        verdict.verdict().gate().id(),
                                        verdict.verdict().verdict()))
                .toList();
    }

    /** Verdicts that the chain alone vouches for, by name. */
    private List<String> notAgain(Set<String> heard) {
        Set<Digest> gone = bundle.gone().stream().map(GoneReport::digest).collect(Collectors.toSet());
        Set<String> told = new LinkedHashSet<>();
        for (VerdictRecord verdict : bundle.verdicts()) {
            if (heard.contains(verdict.hash())) {
                NotAgain.why(verdict.verdict(), gone)
                        .ifPresent(why -> told.add("verdict %d (%s, %s): %s"
                                .formatted(
                                        verdict.number(),
                                        verdict.verdict().gate().id(),
                                        verdict.verdict().verdict(),
                                        why)));
            }
        }
        return List.copyOf(told);
    }

    private String judgement() {
        JudgedAgain.Found again = JudgedAgain.of(bundle);
        faults.addAll(again.faults());
        return again.said();
    }

    private String attestation(ChainCheck.Result chain) {
        Envelope envelope = bundle.proof().attestation();
        if (envelope == null) {
            ChainCheck.Closed closed = chain.closed();
            if (bundle.hasEnded() && chain.before() == 0 && closed != null && closed.records() == chain.records()) {
                faults.add(
                        "record %d: no attestation says that the record ends here, so that later ones may have been taken away"
                                .formatted(chain.records()));
            }
            return bundle.hasEnded() ? "none" : "none before its end";
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
        List<String> told = new ArrayList<>();
        Proof record = bundle.retention();
        if (record != null) {
            ChainCheck.Result chain = record.check(keys);
            chain.faults().forEach(fault -> faults.add("retention: " + fault));
            ChainCheck.Closed closed = chain.closed();
            if (closed != null) {
                told.add("its record has %s, closed at %s"
                        .formatted(Texts.counted(chain.records(), "change", "changes"), closed.at()));
            }
            if (closed == null || closed.records() < chain.records()) {
                faults.add("retention: record %d: no checkpoint closes it".formatted(chain.records()));
            }
            if (!record.chain().endsWith("/keeping/" + bundle.release())) {
                faults.add("retention: it is the record of another release");
            }
        }
        ObjectNode kept = bundle.kept();
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
