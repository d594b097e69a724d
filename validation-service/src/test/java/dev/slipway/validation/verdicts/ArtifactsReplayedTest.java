package dev.slipway.validation.verdicts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.Released;
import dev.slipway.validation.evidence.supply.SignedMaterial;
import dev.slipway.validation.verdicts.Explaining.Asked;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A verdict over artifacts says the same again from the stored bytes, the gate's keys and what its record says is released. */
final class ArtifactsReplayedTest {
    private static final KeyPair OURS = SignedMaterial.ecdsa();
    private static final KeyPair FOREIGN = SignedMaterial.ecdsa();
    private static final Gate SIGNED = SignedMaterial.gate("signature", SignedMaterial.by(OURS));
    private static final Released APP = SignedMaterial.released("app.jar");
    private static final Released TWO = SignedMaterial.released("app.jar", "app-sources.jar");

    private final Map<Digest, byte[]> kept = new HashMap<>();
    private final EvidenceBytes shelf = new EvidenceBytes() {
        @Override
        public void keep(Digest digest, byte[] report, String revision) {
            kept.put(digest, report);
        }

        @Override
        public void use(Collection<Digest> digests, Use by) {
            // everything stays
        }

        @Override
        public Optional<byte[]> find(Digest digest) {
            return Optional.ofNullable(kept.get(digest));
        }
    };
    private final EvidenceReaders readers = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));
    private final Verification verification = new Verification(readers, shelf);

    private VerdictRecord record(Gate gate, Released released, Verdict verdict, byte[]... reports) {
        List<Digest> inputs = Stream.of(reports)
                .map(report -> {
                    kept.put(Digest.of(report), report);
                    return Digest.of(report);
                })
                .toList();
        return VerdictRecord.after(
                1,
                null,
                new VerdictDraft(
                        new ApplicationName("hello"),
                        released.sha(),
                        "hello@1.0.0/assess-pre-release/1",
                        gate,
                        inputs,
                        "",
                        verdict,
                        "",
                        Instant.parse("2026-01-02T03:04:05Z"),
                        List.of(),
                        released.artifacts(),
                        null,
                        List.of(),
                        0,
                        null,
                        List.of(),
                        0));
    }

    private List<String> faults(Gate gate, Released released, Verdict verdict, byte[]... reports) {
        return verification.faults(List.of(record(gate, released, verdict, reports)));
    }

    @Test
    void signatures_checksums_and_provenance_are_held_against_the_release_again() {
        byte[] ours = SignedMaterial.bundle(OURS, "app.jar");
        byte[] made = SignedMaterial.envelope(
                SignedMaterial.provenance(
                        SignedMaterial.BUILDER, SignedMaterial.SOURCE, SignedMaterial.SHA.value(), "app.jar"),
                OURS);
        byte[] listed = (Digest.of("app.jar").hex() + "  app.jar\n").getBytes(StandardCharsets.UTF_8);

        assertThat(faults(SIGNED, APP, Verdict.PASSED, ours)).isEmpty();
        assertThat(faults(SIGNED, TWO, Verdict.FAILED, ours)).isEmpty();
        assertThat(faults(SignedMaterial.gate("provenance", SignedMaterial.by(OURS)), APP, Verdict.PASSED, made))
                .isEmpty();
        assertThat(faults(SignedMaterial.gate("checksums", null), APP, Verdict.PASSED, listed))
                .isEmpty();
    }

    @Test
    void a_pass_that_the_bytes_do_not_give_is_told() {
        assertThat(faults(SIGNED, APP, Verdict.PASSED, SignedMaterial.bundle(FOREIGN, "app.jar")))
                .containsExactly("record 1: the rule says FAILED now, said PASSED then");
        assertThat(faults(
                        SIGNED,
                        new Released(SignedMaterial.SHA, List.of()),
                        Verdict.PASSED,
                        SignedMaterial.bundle(OURS, "app.jar")))
                .containsExactly("record 1: the rule says INCONCLUSIVE now, said PASSED then");
    }

    @Test
    void a_failure_of_before_what_is_of_another_digest_was_inconclusive_still_agrees_and_a_pass_never_does() {
        byte[] other = (Digest.of("other").hex() + "  app.jar\n").getBytes(StandardCharsets.UTF_8);
        Gate listed = SignedMaterial.gate("checksums", null);

        assertThat(faults(listed, APP, Verdict.INCONCLUSIVE, other)).isEmpty();
        assertThat(faults(listed, APP, Verdict.FAILED, other)).isEmpty();
        assertThat(faults(listed, APP, Verdict.PASSED, other))
                .containsExactly("record 1: the rule says INCONCLUSIVE now, said PASSED then");
    }

    @Test
    void a_bundle_that_was_exchanged_or_is_gone_is_told() {
        byte[] ours = SignedMaterial.bundle(OURS, "app.jar");
        VerdictRecord record = record(SIGNED, APP, Verdict.PASSED, ours);
        kept.put(Digest.of(ours), SignedMaterial.bundle(OURS, "other.jar"));

        assertThat(verification.faults(List.of(record)).toString()).contains("is gone or changed");
    }

    @Test
    void the_record_holds_keys_and_artifacts_as_json_and_reads_them_again() {
        VerdictRecord record = record(SIGNED, APP, Verdict.PASSED, SignedMaterial.bundle(OURS, "app.jar"));
        JsonMapper json = MessagingJson.mapper();

        VerdictRecord again = json.readValue(json.writeValueAsBytes(record), VerdictRecord.class);

        assertThat(again).isEqualTo(record);
        assertThat(verification.faults(List.of(again))).isEmpty();
    }

    @Test
    void an_explanation_says_what_is_missing_and_what_to_do() {
        byte[] ours = SignedMaterial.bundle(OURS, "app.jar");
        kept.put(Digest.of(ours), ours);
        Explanation explanation = new Explaining(readers, shelf)
                .of(new Asked(
                        "hello@1.0.0",
                        "hello@1.0.0/assess-pre-release/1",
                        SignedMaterial.SHA,
                        SIGNED,
                        Verdict.FAILED,
                        "cause",
                        "",
                        null,
                        List.of(Digest.of(ours)),
                        List.of(),
                        List.of(),
                        TWO.artifacts()));

        assertThat(explanation.parts())
                .singleElement()
                .satisfies(part ->
                        assertThat(part.text()).startsWith("every released artifact by its digest, signed by "));
        assertThat(explanation.toPass()).containsExactly("1 artifact of 2 that are released is not covered");
        assertThat(explanation.facts())
                .extracting(Explanation.Said::name)
                .contains("signature.total", "released.total", "released.missing");
    }
}
