package dev.slipway.validation.evidence.supply;

import static dev.slipway.validation.evidence.supply.Said.recognised;
import static dev.slipway.validation.evidence.supply.Said.said;
import static dev.slipway.validation.evidence.supply.SignedMaterial.BUILDER;
import static dev.slipway.validation.evidence.supply.SignedMaterial.SHA;
import static dev.slipway.validation.evidence.supply.SignedMaterial.SOURCE;
import static dev.slipway.validation.evidence.supply.SignedMaterial.by;
import static dev.slipway.validation.evidence.supply.SignedMaterial.gate;
import static dev.slipway.validation.evidence.supply.SignedMaterial.oldAttestation;
import static dev.slipway.validation.evidence.supply.SignedMaterial.oldBundle;
import static dev.slipway.validation.evidence.supply.SignedMaterial.provenance;
import static dev.slipway.validation.evidence.supply.SignedMaterial.released;
import static dev.slipway.validation.evidence.supply.SignedMaterial.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Released;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What cosign 2 writes unless it is told to write bundles of sigstore: one name for a signature and for an attestation. */
final class OlderCosignFormTest {
    private static final KeyPair OURS = SignedMaterial.ecdsa();
    private static final KeyPair FOREIGN = SignedMaterial.ecdsa();
    private static final Gate SIGNED = gate("signature", by(OURS));
    private static final Gate MADE = gate("provenance", by(OURS));
    private static final Released TWO = released("app.jar", "app-sources.jar");
    private static final String PROVENANCE = provenance(BUILDER, SOURCE, SHA.value(), "app.jar", "app-sources.jar");

    @Test
    void a_signature_passes_and_names_no_file() throws Exception {
        assertThat(said(SIGNED, TWO, oldBundle(OURS, "app-sources.jar"), oldBundle(OURS, "app.jar"))
                        .words())
                .isEqualTo("passes");
        assertThat(said(SIGNED, released("app.jar"), oldBundle(OURS, "other.jar"))
                        .words())
                .startsWith("fails: ");
    }

    @Test
    void an_attestation_is_the_envelope_that_stands_where_a_signature_does() throws Exception {
        byte[] made = oldAttestation(PROVENANCE, OURS);
        byte[] stated = oldAttestation(statement("https://example.test/release/v1", "{}", "app.jar"), OURS);

        assertThat(recognised(made)).containsExactly("provenance");
        assertThat(recognised(stated)).containsExactly("signature");
        assertThat(said(MADE, TWO, made).words()).isEqualTo("passes");
        assertThat(said(SIGNED, TWO, made).words()).isEqualTo("passes");
        assertThat(said(SIGNED, released("app.jar"), stated).words()).isEqualTo("passes");
        assertThat(said(MADE, released("other.jar"), made).words()).startsWith("unknown: ");
        assertThat(said(MADE, TWO, oldAttestation(PROVENANCE, FOREIGN)).words()).startsWith("fails: ");
    }

    @Test
    void an_envelope_that_is_broken_within_is_refused_and_never_taken_for_a_signature() {
        String whole = new String(SignedMaterial.envelope(PROVENANCE, OURS), StandardCharsets.UTF_8);

        for (String broken : List.of(
                whole.substring(0, whole.length() - 1), whole.replace("payloadType", "payloadKind"), whole + "x")) {
            assertThatThrownBy(() -> Said.READERS.of("provenance").orElseThrow().read(older(broken), "report"))
                    .isInstanceOf(UnreadableEvidence.class)
                    .hasMessageStartingWith("In its base64Signature: ");
        }
    }

    @Test
    void a_signature_that_begins_with_the_sign_of_an_object_is_one() throws Exception {
        byte[] signature = new byte[256];
        signature[0] = '{';
        String older =
                "{\"base64Signature\":\"%s\"}".formatted(Base64.getEncoder().encodeToString(signature));

        assertThat(said(SIGNED, released("app.jar"), older.getBytes(StandardCharsets.UTF_8))
                        .notes())
                .containsExactly("without: app.jar", "app.jar: no allowed key has made this signature");
    }

    @Test
    void a_statement_without_its_envelope_is_told_from_one_that_somebody_has_signed() {
        assertThat(Said.READERS
                        .of("provenance")
                        .orElseThrow()
                        .somethingElse(PROVENANCE.getBytes(StandardCharsets.UTF_8)))
                .startsWith("a statement that nobody has signed");
    }

    private static byte[] older(String signature) {
        return "{\"base64Signature\":\"%s\"}"
                .formatted(Base64.getEncoder().encodeToString(signature.getBytes(StandardCharsets.UTF_8)))
                .getBytes(StandardCharsets.UTF_8);
    }
}
