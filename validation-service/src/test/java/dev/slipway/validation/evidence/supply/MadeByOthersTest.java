package dev.slipway.validation.evidence.supply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.TrustedKey;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.Released;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What other programs have written over an artifact that holds "hello": a bundle by sigstore-models 0.0.6, and statements by
 * in-toto-attestation 0.9.3 in envelopes by securesystemslib 1.6.0, whose RSA is PSS.
 */
final class MadeByOthersTest {
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));
    private static final Sha SHA = new Sha("c0ffee".repeat(6) + "c0ff");

    @ParameterizedTest
    @CsvSource({
        "sigstore-models, signature",
        "securesystemslib-ecdsa, provenance",
        "securesystemslib-ed25519, provenance",
        "securesystemslib-rsa, provenance"
    })
    void what_other_programs_have_signed_is_recognised_and_passes_with_their_key(String file, String kind)
            throws Exception {
        assertThat(READERS.list().stream()
                        .filter(reader -> recognises(reader, file))
                        .map(EvidenceReader::kind))
                .containsExactly(kind);
        assertThat(judged(file, kind, file, "hello")).isInstanceOf(Ruling.Holds.class);
    }

    @ParameterizedTest
    @CsvSource({
        "sigstore-models, signature",
        "securesystemslib-ecdsa, provenance",
        "securesystemslib-ed25519, provenance",
        "securesystemslib-rsa, provenance"
    })
    void it_fails_with_the_key_of_somebody_else_and_says_nothing_of_another_artifact(String file, String kind)
            throws Exception {
        String other = file.equals("securesystemslib-ecdsa") ? "sigstore-models" : "securesystemslib-ecdsa";
        assertThat(judged(file, kind, other, "hello")).isInstanceOf(Ruling.Breaks.class);
        assertThat(judged(file, kind, file, "hallo")).isInstanceOf(Ruling.Unknown.class);
    }

    private static Ruling judged(String file, String kind, String key, String content) throws Exception {
        boolean made = kind.equals(ProvenanceReader.KIND);
        SignedBy signedBy = new SignedBy(
                List.of(new TrustedKey(new String(bytes(key + ".pem"), StandardCharsets.US_ASCII))),
                made ? "https://ci.example.test/builder" : null,
                made ? "https://git.example.test/team/app.git" : null,
                null);
        Gate gate = new Gate(
                "vouched",
                "Who vouches for it",
                Stage.PRE_RELEASE,
                kind,
                null,
                List.of(),
                null,
                null,
                List.of(),
                Duration.ofMinutes(1),
                List.of(),
                null,
                null,
                null,
                null,
                signedBy);
        Artifact artifact = new Artifact(
                URI.create("file:///builds/app.jar"), Digest.of(content.getBytes(StandardCharsets.UTF_8)), null);
        Compared said = READERS.of(kind)
                .flatMap(EvidenceReader::covering)
                .orElseThrow()
                .over(gate, new Released(SHA, List.of(artifact)), List.of(bytes(file + ".json")));
        return Rules.judge(gate, said.facts());
    }

    private static boolean recognises(EvidenceReader reader, String file) {
        try {
            return reader.recognises(bytes(file + ".json"));
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream resource = MadeByOthersTest.class.getResourceAsStream("/reports/supply/others/" + name)) {
            return Objects.requireNonNull(resource, name).readAllBytes();
        }
    }
}
