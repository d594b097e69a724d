package dev.slipway.cli.proof;

import dev.slipway.chain.Link;
import dev.slipway.chain.Proof;
import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.GoneReport;
import dev.slipway.validation.verdicts.VerdictRecord;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that proves one release but the reports.
 *
 * @param verdicts what its gates said, each as it stands in the chain of its application
 * @param seconds what it was judged by in production; empty where that is not kept
 * @param gone reports that its verdicts rest on and that are said to have gone by retention
 * @param retention the record of who held it and what of it went; null where nobody did and nothing has
 */
public record Bundle(
        Proof proof,
        List<VerdictRecord> verdicts,
        List<String> seconds,
        List<GoneReport> gone,
        @Nullable Proof retention) {
    private static final String RELEASES = "release-service/release/";

    public Bundle {
        gone = List.copyOf(gone);
        verdicts = List.copyOf(verdicts);
        seconds = List.copyOf(seconds);
    }

    /** The release's state as its records add up to. */
    ObjectNode state() {
        return state(proof);
    }

    private static ObjectNode state(Proof proof) {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        for (Link link : proof.records()) {
            link.record().path("set").properties().forEach(field -> state.set(field.getKey(), field.getValue()));
            link.record().path("unset").forEach(name -> state.remove(name.asString()));
            link.record().path("added").properties().forEach(field -> {
                ArrayNode all = JsonNodeFactory.instance.arrayNode();
                state.path(field.getKey()).forEach(all::add);
                field.getValue().forEach(all::add);
                state.set(field.getKey(), all);
            });
        }
        return state;
    }

    /** Whose record it is; as the chain calls itself where that is no release's. */
    String release() {
        String chain = proof.chain();
        return isOfRelease() ? chain.substring(RELEASES.length()) : chain;
    }

    /** Whether it is the record of a release and not of anything else that is chained and signed in the same way. */
    boolean isOfRelease() {
        return proof.chain().startsWith(RELEASES);
    }

    /** Whether the release has come to its end; only then its record is closed. */
    public boolean hasEnded() {
        return state().path("state").path("type").asString("").equals("ENDED");
    }

    /** What is held and what went as its records add up to; empty where nobody held it and nothing went. */
    ObjectNode kept() {
        return retention == null ? JsonNodeFactory.instance.objectNode() : state(retention);
    }

    /** The policy that the release was held to. */
    JsonNode policy() {
        return state().path("launch").path("policy");
    }

    /** What users had of it, where production went back from it or had it repaired; missing where it did not. */
    JsonNode disruption() {
        return state().path("disruption");
    }

    /** The reports that verdicts rest on. */
    public Set<Digest> reports() {
        return verdicts.stream()
                .map(record -> record.verdict().restsOn())
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());
    }
}
