package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.chain.Checkpoint;
import dev.slipway.chain.KeyFolder;
import dev.slipway.chain.ProofKeys;
import dev.slipway.chain.Seal;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Journal;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.EndedReleases;
import dev.slipway.release.saga.ReleaseSaga;
import dev.slipway.release.wiring.Examples;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class AttestingTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String CHAIN = "release-service/release/hello@1.0.0";
    private static final Checkpoint CLOSED = new Checkpoint(AT, "0123456789abcdef", "c2lnbmVk");
    private static final Seal HEAD =
            Seal.after(null, CHAIN, JsonMapper.shared().createObjectNode()).with(CLOSED);

    private static Dossier ended(ReleasePhase phase) {
        return EndedReleases.of(EndedReleases.launch("hello@1.0.0", AT), phase, AT);
    }

    private static JsonNode statement(ReleasePhase phase) {
        return JsonMapper.shared().readTree(Attesting.statement(ended(phase).release(), phase, CHAIN, HEAD, CLOSED));
    }

    @Test
    void a_release_that_made_it_is_attested_over_its_artifacts_and_the_end_of_its_chain() {
        JsonNode statement = statement(ReleasePhase.COMPLETED);

        Artifact artifact = Examples.proposal("1.0.0").artifacts().getFirst();
        assertThat(statement.path("_type").asString()).isEqualTo("https://in-toto.io/Statement/v1");
        assertThat(statement.path("predicateType").asString()).isEqualTo("https://slsa.dev/verification_summary/v1");
        assertThat(statement.at("/subject/0/name").asString()).isEqualTo(artifact.called());
        assertThat(statement.at("/subject/0/digest/sha256").asString())
                .isEqualTo(artifact.digest().hex());
        assertThat(statement.at("/predicate/verificationResult").asString()).isEqualTo("PASSED");
        assertThat(statement.at("/predicate/verifiedLevels/0").asString()).isEqualTo("SLIPWAY_RELEASE_COMPLETED");
        assertThat(statement.at("/predicate/timeVerified").asString()).isEqualTo(AT.toString());
        assertThat(statement.at("/predicate/verifier/id").asString()).isEqualTo("slipway:key/0123456789abcdef");
        assertThat(statement.at("/predicate/policy/digest/sha256").asString())
                .isEqualTo(Examples.demoPolicy().hash());
        assertThat(statement.at("/predicate/inputAttestations/0/digest/sha256").asString())
                .isEqualTo(HEAD.hash());
    }

    @Test
    void one_that_did_not_is_attested_as_failed() {
        assertThat(statement(ReleasePhase.ROLLED_BACK)
                        .at("/predicate/verificationResult")
                        .asString())
                .isEqualTo("FAILED");
        assertThat(statement(ReleasePhase.ABORTED)
                        .at("/predicate/verifiedLevels/0")
                        .asString())
                .isEqualTo("FAILED");
    }

    @Test
    void only_what_whole_and_signed_records_say_is_attested(@TempDir Path folder) throws IOException {
        KeyFolder keys = new KeyFolder(folder);
        keys.ensure();
        ProofKeys known = ProofKeys.of(keys.publicKeys());
        JournalEntry entry = entry(ended(ReleasePhase.ROLLED_BACK));
        JournalEntry sealed = Journal.sealed(CHAIN, null, entry);
        Seal seal = Objects.requireNonNull(sealed.seal());
        Seal closed = seal.with(keys.sign(CHAIN, seal, AT));

        byte[] statement = Attesting.of(chained(entry, closed), known).orElseThrow();
        assertThat(JsonMapper.shared()
                        .readTree(statement)
                        .at("/predicate/verificationResult")
                        .asString())
                .isEqualTo("FAILED");
        JournalEntry forged = entry(ended(ReleasePhase.COMPLETED));
        assertThat(Attesting.of(chained(forged, closed), known)).isEmpty();
        Seal remade = Objects.requireNonNull(Journal.sealed(CHAIN, null, forged).seal());
        assertThat(Attesting.of(chained(forged, remade.with(closed.checkpoint())), known))
                .isEmpty();
        assertThat(Attesting.of(chained(entry, seal), known)).isEmpty();
        assertThat(Attesting.of(chained(entry, closed), ProofKeys.of(List.of())))
                .isEmpty();
        assertThat(Attesting.of(new Aggregates.Chained(CHAIN, List.of(entry), null), known))
                .isEmpty();
    }

    private static JournalEntry entry(Dossier dossier) {
        ObjectNode journaled = MessagingJson.mapper().valueToTree(dossier);
        journaled.remove(new ReleaseSaga(Examples.SAGA_LIMITS).unjournaled());
        return new JournalEntry(1, "w", AT, "user:ada@example.test", "Abort", null, journaled, List.of());
    }

    private static Aggregates.Chained chained(JournalEntry e, Seal seal) {
        JournalEntry placed = new JournalEntry(
                e.version(), e.write(), e.at(), e.actor(), e.input(), e.reason(), e.set(), e.unset(), e.added(), seal);
        return new Aggregates.Chained(CHAIN, List.of(placed), seal);
    }
}
