package dev.slipway.validation.evidence.supply;

import static dev.slipway.validation.evidence.supply.Said.recognised;
import static dev.slipway.validation.evidence.supply.Said.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.contracts.policy.TrustedKey;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.Released;
import dev.slipway.validation.evidence.ReportJson;
import dev.slipway.validation.evidence.supply.SignedDocument.Envelope;
import dev.slipway.validation.evidence.supply.SignedDocument.OverFile;
import dev.slipway.validation.rule.Ruling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the real cosign (2.6 and 3) signs and attests offline with a key, in both forms that it writes. Skipped unless
 * {@code -Dslipway.cosign=PROGRAM} names one; {@code infra/proof/cosign} builds both and runs this.
 */
final class MadeByCosignTest {
    private static final String PROGRAM = System.getProperty("slipway.cosign", "");
    private static final Released APP = SignedMaterial.released("app.jar");
    private static final ReportJson.Limits LIMITS = ReportJson.Limits.of(new JUnitReader.Limits(32, 10_000));
    private static final List<String> OFFLINE = List.of("--tlog-upload=false", "--use-signing-config=false", "--yes");
    private static final String MADE = """
            {"buildDefinition": {"buildType": "https://ci.example.test/v1", "externalParameters": {},
              "resolvedDependencies": [{"uri": "git+%s", "digest": {"gitCommit": "%s"}}]},
             "runDetails": {"builder": {"id": "%s"}}}""".formatted(SignedMaterial.SOURCE, SignedMaterial.SHA, SignedMaterial.BUILDER);

    @TempDir
    Path folder;

    @BeforeEach
    void keys_and_a_file() throws Exception {
        assumeFalse(PROGRAM.isEmpty(), "no cosign: -Dslipway.cosign=PROGRAM names one, infra/proof/cosign builds it");
        Files.writeString(folder.resolve("app.jar"), "app.jar"); // SignedMaterial.artifact holds nothing but its name
        Files.writeString(folder.resolve("made.json"), MADE);
        cosign("generate-key-pair", "--output-key-prefix", "ours");
        cosign("generate-key-pair", "--output-key-prefix", "foreign");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_signature_passes_by_its_key_and_file_and_by_no_other_however_a_byte_is_flipped(boolean newForm)
            throws Exception {
        byte[] bundle = made(newForm, "sign-blob");

        assertThat(recognised(bundle)).containsExactly("signature");
        holds("signature", bundle);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void provenance_passes_by_its_key_and_file_and_by_no_other_however_a_byte_is_flipped(boolean newForm)
            throws Exception {
        byte[] bundle = made(newForm, "attest-blob", "--type", "slsaprovenance1", "--predicate", "made.json");

        assertThat(recognised(bundle)).containsExactly("provenance");
        holds("provenance", bundle);
        holds("signature", bundle);
        TrustedKey key = key("ours");
        assertThat(said(
                                SignedMaterial.gate(
                                        "provenance",
                                        new SignedBy(
                                                List.of(key), SignedMaterial.BUILDER, SignedMaterial.SOURCE, null)),
                                APP,
                                bundle)
                        .words())
                .isEqualTo("passes");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void any_other_predicate_is_a_signature(boolean newForm) throws Exception {
        byte[] bundle = made(newForm, "attest-blob", "--type", "custom", "--predicate", "made.json");

        assertThat(recognised(bundle)).containsExactly("signature");
        holds("signature", bundle);
    }

    private void holds(String kind, byte[] bundle) throws Exception {
        Gate gate = gate(kind, "ours");
        assertThat(said(gate, APP, bundle).words()).isEqualTo("passes");
        assertThat(said(gate(kind, "foreign"), APP, bundle).words()).startsWith("fails: ");
        assertThat(said(gate, SignedMaterial.released("other.jar"), bundle).words())
                .startsWith("unknown: ");
        for (int at = 0; at < bundle.length; at++) {
            byte[] flipped = bundle.clone();
            flipped[at] ^= 1;
            try {
                if (said(gate, APP, flipped).ruling() instanceof Ruling.Holds) {
                    assertThat(same(SignedDocument.read(flipped, LIMITS), SignedDocument.read(bundle, LIMITS)))
                            .as("byte %d of %s", at, new String(bundle, StandardCharsets.UTF_8))
                            .isTrue();
                }
            } catch (UnreadableEvidence refused) {
                assertThat(refused.getMessage()).isNotBlank();
            }
        }
    }

    /** What was changed is nothing that is signed or claimed: a hint, or bits of Base64 that mean nothing. */
    private static boolean same(SignedDocument one, SignedDocument other) {
        if (one instanceof OverFile file && other instanceof OverFile same) {
            return Objects.equals(file.sha256(), same.sha256()) && Arrays.equals(file.signature(), same.signature());
        }
        return one instanceof Envelope envelope
                && other instanceof Envelope still
                && Arrays.equals(envelope.signedBytes(), still.signedBytes());
    }

    private Gate gate(String kind, String key) throws IOException {
        return SignedMaterial.gate(kind, new SignedBy(List.of(key(key))));
    }

    private TrustedKey key(String name) throws IOException {
        return new TrustedKey(Files.readString(folder.resolve(name + ".pub")));
    }

    private byte[] made(boolean newForm, String command, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(command, "--key", "ours.key", "--bundle", "bundle.json"));
        arguments.addAll(OFFLINE);
        arguments.add("--new-bundle-format=" + newForm);
        arguments.addAll(List.of(more));
        arguments.add("app.jar");
        cosign(arguments.toArray(String[]::new));
        return Files.readAllBytes(folder.resolve("bundle.json"));
    }

    private void cosign(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(PROGRAM));
        command.addAll(List.of(arguments));
        ProcessBuilder program = new ProcessBuilder(command).directory(folder.toFile());
        program.environment().put("COSIGN_PASSWORD", "");
        Path output = folder.resolve("output");
        Process running = program.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        running.getOutputStream().close();
        assertThat(running.waitFor())
                .as("%s: %s", command, Files.readString(output))
                .isZero();
    }
}
