package dev.slipway.validation;

import static dev.slipway.validation.evidence.supply.SignedMaterial.BUILDER;
import static dev.slipway.validation.evidence.supply.SignedMaterial.SOURCE;
import static dev.slipway.validation.evidence.supply.SignedMaterial.artifact;
import static dev.slipway.validation.evidence.supply.SignedMaterial.bundle;
import static dev.slipway.validation.evidence.supply.SignedMaterial.bundled;
import static dev.slipway.validation.evidence.supply.SignedMaterial.provenance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.PlatformExtension;
import dev.slipway.validation.evidence.supply.SignedMaterial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * What vouches for artifacts, from the request that hands it in to the verdict, on the real broker and store: checksums, a
 * bundle as cosign writes it, and SLSA provenance pass for the very digests that they speak of, and for no other.
 */
@Tag("thorough")
final class VouchedArtifactsIT {
    @RegisterExtension
    static final PlatformExtension PLATFORM = PlatformExtension.withTopics(
            Topics.CI_EVENTS, Topics.VALIDATION_COMMANDS, Topics.VALIDATION_RESULTS, Topics.TRAFFIC_SAMPLES);

    private static final Duration WITHIN = Pace.patience(Duration.ofSeconds(2));
    private static final KeyPair OURS = SignedMaterial.ecdsa();
    private static final KeyPair FOREIGN = SignedMaterial.ecdsa();

    @TempDir
    static Path folder;

    private static RunningValidation service;
    private static OtherServices others;

    private final String sha = RunningValidation.commit();

    @BeforeAll
    static void start() throws Exception {
        service = RunningValidation.start(folder);
        others = service.others();
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void checksums_a_signature_and_provenance_pass_for_the_digests_that_they_speak_of_and_for_no_other()
            throws Exception {
        pushed("checksums", line("app.jar"));
        pushed("signature", text(bundle(OURS, "app.jar")));
        pushed("provenance", text(bundled(provenance(BUILDER, SOURCE, sha, "app.jar"), OURS)));

        AssessmentStatus released = asked(artifact("app.jar"));
        assertThat(released.outcome()).as(released.toString()).isEqualTo(Outcome.PASSED);

        AssessmentStatus swapped = asked(new Artifact(artifact("app.jar").uri(), Digest.of("something else")));
        assertThat(swapped.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(causes(swapped))
                .as(swapped.toString())
                .hasEntrySatisfying("checksums", cause -> assertThat(cause).startsWith("INCONCLUSIVE: Of 1 artifact"))
                .hasEntrySatisfying(
                        "signature",
                        cause -> assertThat(cause).startsWith("INCONCLUSIVE: ").contains("1 artifact"))
                .hasEntrySatisfying(
                        "provenance",
                        cause -> assertThat(cause).startsWith("INCONCLUSIVE: ").contains("1 artifact"));
        assertThat(service.verdicts().path("faults"))
                .as("both are judged the same from what is stored")
                .isEmpty();
    }

    @Test
    void one_artifact_that_nobody_vouches_for_is_one_too_many_until_the_report_on_it_comes() throws Exception {
        pushed("checksums", line("app.jar"));
        pushed("signature", text(bundle(OURS, "app.jar")));
        pushed("provenance", text(bundled(provenance(BUILDER, SOURCE, sha, "app.jar", "app-sources.jar"), OURS)));

        AssessmentStatus half = asked(artifact("app.jar"), artifact("app-sources.jar"));
        assertThat(half.outcome()).as(half.toString()).isEqualTo(Outcome.FAILED);
        assertThat(causes(half))
                .hasEntrySatisfying("checksums", cause -> assertThat(cause).startsWith("FAILED"))
                .hasEntrySatisfying("signature", cause -> assertThat(cause).startsWith("FAILED"))
                .hasEntrySatisfying("provenance", cause -> assertThat(cause).startsWith("PASSED"));

        pushed("checksums", line("app.jar") + line("app-sources.jar"));
        pushed("signature", text(bundle(OURS, "app-sources.jar")));

        AssessmentStatus whole = asked(artifact("app.jar"), artifact("app-sources.jar"));
        assertThat(causes(whole))
                .hasEntrySatisfying("checksums", cause -> assertThat(cause).startsWith("PASSED"))
                .hasEntrySatisfying("provenance", cause -> assertThat(cause).startsWith("PASSED"));
    }

    @Test
    void what_a_key_has_signed_that_the_policy_does_not_name_passes_nothing() throws Exception {
        pushed("checksums", line("app.jar"));
        pushed("signature", text(bundle(FOREIGN, "app.jar")));
        pushed("provenance", text(bundled(provenance(BUILDER, SOURCE, sha, "app.jar"), FOREIGN)));

        AssessmentStatus status = asked(artifact("app.jar"));

        assertThat(status.outcome()).as(status.toString()).isEqualTo(Outcome.FAILED);
        assertThat(causes(status))
                .hasEntrySatisfying("checksums", cause -> assertThat(cause).startsWith("PASSED"))
                .hasEntrySatisfying("signature", cause -> assertThat(cause).contains("no allowed key has signed"))
                .hasEntrySatisfying("provenance", cause -> assertThat(cause).contains("no allowed key has signed"));
    }

    @Test
    void provenance_of_another_commit_passes_nothing() throws Exception {
        pushed("checksums", line("app.jar"));
        pushed("signature", text(bundle(OURS, "app.jar")));
        pushed("provenance", text(bundled(provenance(BUILDER, SOURCE, "d".repeat(40), "app.jar"), OURS)));

        assertThat(causes(asked(artifact("app.jar"))))
                .hasEntrySatisfying("provenance", cause -> assertThat(cause).startsWith("INCONCLUSIVE"));
    }

    private AssessmentStatus asked(Artifact... artifacts) {
        SignedBy key = SignedMaterial.by(OURS);
        QuestionKey question = others.askOf(
                List.of(artifacts),
                sha,
                gate("checksums", null),
                gate("signature", key),
                gate("provenance", new SignedBy(key.keys(), BUILDER, SOURCE, null)));
        return service.closed(question);
    }

    private static Gate gate(String kind, @Nullable SignedBy signedBy) {
        return EvidenceGate.of(kind, kind, null).signedBy(signedBy).within(WITHIN);
    }

    private static Map<String, String> causes(AssessmentStatus status) {
        return status.gates().stream()
                .collect(Collectors.toMap(GateVerdict::gate, gate -> gate.verdict() + ": " + gate.cause()));
    }

    private static String line(String name) {
        return Digest.of(name).hex() + "  " + name + "\n";
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    /** Nobody says the kind: the content does. */
    private void pushed(String kind, String report) throws Exception {
        JsonNode taken = service.accepted(sha, "", report.getBytes(StandardCharsets.UTF_8));
        assertThat(taken.at("/kinds/0/kind").asString()).isEqualTo(kind);
    }
}
