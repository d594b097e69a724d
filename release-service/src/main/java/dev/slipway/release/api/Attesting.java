package dev.slipway.release.api;

import dev.slipway.chain.CanonicalJson;
import dev.slipway.chain.ChainCheck;
import dev.slipway.chain.Checkpoint;
import dev.slipway.chain.Proof;
import dev.slipway.chain.ProofKeys;
import dev.slipway.chain.Seal;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Journal;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.ReleaseState;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a release came to, for whoever decides by artifacts: an in-toto statement, version 1, with a SLSA verification summary
 * (https://slsa.dev/spec/v1.1/verification_summary), over the release's artifacts and bound to the end of its chain.
 */
final class Attesting {
    static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
    private static final String STATEMENT = "https://in-toto.io/Statement/v1";
    private static final String PREDICATE = "https://slsa.dev/verification_summary/v1";
    private static final String LEVEL = "SLIPWAY_RELEASE_COMPLETED";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Attesting() {}

    /**
     * The statement about a release that has ended, by what its records say and not by what is stored beside them: whoever
     * changed those must not get a signature for it. Empty where a record is unproved or the chain does not agree.
     */
    static Optional<byte[]> of(Aggregates.Chained chained, ProofKeys keys) {
        ChainCheck.Result found = new Proof(
                        chained.chain(), Journal.links(chained.entries()), chained.head(), List.of(), null)
                .check(keys);
        ChainCheck.Closed closed = found.closed();
        Seal head = chained.head();
        Checkpoint checkpoint = head == null ? null : head.checkpoint();
        if (!found.faults().isEmpty() || found.before() > 0 || closed == null || closed.records() < found.records()) {
            return Optional.empty();
        }
        ObjectNode told = Journal.fold(chained.entries());
        if (head == null || checkpoint == null || !told.has("launch") || !told.has("state")) {
            return Optional.empty();
        }
        Launch release = MessagingJson.mapper().treeToValue(told.get("launch"), Launch.class);
        ReleaseState state = MessagingJson.mapper().treeToValue(told.get("state"), ReleaseState.class);
        return state instanceof ReleaseState.Ended ended
                ? Optional.of(statement(release, ended.phase(), chained.chain(), head, checkpoint))
                : Optional.empty();
    }

    /** In its canonical form: the same release and the same end give the same bytes. */
    static byte[] statement(Launch release, ReleasePhase end, String chain, Seal head, Checkpoint closed) {
        ObjectNode statement = NODES.objectNode().put("_type", STATEMENT).put("predicateType", PREDICATE);
        statement.set("subject", subject(release));
        statement.set("predicate", predicate(release, end, chain, head, closed));
        return CanonicalJson.of(statement);
    }

    private static ArrayNode subject(Launch release) {
        ArrayNode subject = NODES.arrayNode();
        for (Artifact artifact : release.proposal().artifacts()) {
            subject.add(named(artifact.called(), "sha256", artifact.digest().hex()));
        }
        return subject.isEmpty()
                ? subject.add(
                        named("revision", "gitCommit", release.proposal().sha().value()))
                : subject;
    }

    private static ObjectNode named(String name, String algorithm, String digest) {
        ObjectNode named = NODES.objectNode().put("name", name);
        named.set("digest", NODES.objectNode().put(algorithm, digest));
        return named;
    }

    private static ObjectNode predicate(Launch release, ReleasePhase end, String chain, Seal head, Checkpoint closed) {
        boolean passed = end == ReleasePhase.COMPLETED;
        ObjectNode predicate = NODES.objectNode()
                .put("timeVerified", closed.at().toString())
                .put("resourceUri", "slipway:" + release.id().value())
                .put("verificationResult", passed ? "PASSED" : "FAILED");
        predicate.set("verifier", NODES.objectNode().put("id", "slipway:key/" + closed.key()));
        ObjectNode policy = NODES.objectNode()
                .put("uri", "slipway:policy/" + release.id().application().value());
        policy.set("digest", NODES.objectNode().put("sha256", release.policyHash()));
        predicate.set("policy", policy);
        ObjectNode record = NODES.objectNode().put("uri", "slipway:chain/" + chain);
        record.set("digest", NODES.objectNode().put("sha256", head.hash()));
        predicate.set("inputAttestations", NODES.arrayNode().add(record));
        predicate.set("verifiedLevels", NODES.arrayNode().add(passed ? LEVEL : "FAILED"));
        return predicate;
    }
}
