package dev.slipway.validation;

import static dev.slipway.validation.evidence.supply.SignedMaterial.BUILDER;
import static dev.slipway.validation.evidence.supply.SignedMaterial.SOURCE;
import static dev.slipway.validation.evidence.supply.SignedMaterial.artifact;
import static dev.slipway.validation.evidence.supply.SignedMaterial.bundle;
import static dev.slipway.validation.evidence.supply.SignedMaterial.bundled;
import static dev.slipway.validation.evidence.supply.SignedMaterial.provenance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JOSEException;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.GateVerdict;
import dev.slipway.platform.Pace;
import dev.slipway.testkit.PlatformExtension;
import dev.slipway.validation.evidence.supply.SignedMaterial;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What vouches for artifacts, from the request that hands it in to the verdict, on the real broker and store: checksums, a
 * bundle as cosign writes it, and SLSA provenance pass for the very digests that they speak of, and for no other.
 */
final class VouchedArtifactsIT {
    @RegisterExtension
    static final PlatformExtension PLATFORM = PlatformExtension.withTopics(
            Topics.CI_EVENTS, Topics.VALIDATION_COMMANDS, Topics.VALIDATION_RESULTS, Topics.TRAFFIC_SAMPLES);

    private static final Duration PATIENCE = Pace.patience(Duration.ofSeconds(60));
    private static final Duration WITHIN = Duration.ofSeconds(2);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final AtomicInteger COMMITS = new AtomicInteger();
    private static final KeyPair OURS = SignedMaterial.ecdsa();
    private static final KeyPair FOREIGN = SignedMaterial.ecdsa();

    @TempDir
    static Path folder;

    private static ConfigurableApplicationContext service;
    private static Tokens tokens;
    private static Topic topics;
    private static OtherServices others;
    private static HttpClient client;

    private final String sha = "%040x".formatted(0xa0 + COMMITS.incrementAndGet());

    @BeforeAll
    static void start() throws Exception {
        tokens = new Tokens();
        service = new SpringApplicationBuilder(ValidationService.class)
                .run(
                        "--server.port=0",
                        "--spring.kafka.bootstrap-servers=" + PlatformExtension.kafka(),
                        "--spring.mongodb.uri=" + PlatformExtension.mongodb(PlatformExtension.freshDatabase()),
                        "--slipway.identity.public-key="
                                + tokens.publicKey(folder).toUri());
        topics = new Topic(PlatformExtension.kafka(), Topics.VALIDATION_RESULTS);
        others = new OtherServices(topics, "file:/nowhere");
        client = HttpClient.newHttpClient();
        await().atMost(PATIENCE).until(() -> get("/actuator/health/readiness").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        client.close();
        topics.close();
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
        assertThat(swapped.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(causes(swapped))
                .as(swapped.toString())
                .hasEntrySatisfying("checksums", cause -> assertThat(cause).startsWith("FAILED: Of 1 artifact"))
                .hasEntrySatisfying(
                        "signature",
                        cause -> assertThat(cause).startsWith("FAILED: ").contains("1 artifact"))
                .hasEntrySatisfying(
                        "provenance",
                        cause -> assertThat(cause).startsWith("FAILED: ").contains("1 artifact"));
        assertThat(chain().path("faults"))
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
                .hasEntrySatisfying("provenance", cause -> assertThat(cause).startsWith("FAILED"));
    }

    private AssessmentStatus asked(Artifact... artifacts) {
        SignedBy key = SignedMaterial.by(OURS);
        QuestionKey question = others.askOf(
                List.of(artifacts),
                sha,
                gate("checksums", null),
                gate("signature", key),
                gate("provenance", new SignedBy(key.keys(), BUILDER, SOURCE, null)));
        return others.answer(question, OtherServices::isClosed);
    }

    private static Gate gate(String kind, @Nullable SignedBy signedBy) {
        return new Gate(
                kind,
                "",
                Stage.PRE_RELEASE,
                kind,
                null,
                List.of(),
                null,
                null,
                List.of(),
                WITHIN,
                List.of(),
                null,
                null,
                null,
                null,
                signedBy);
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
        HttpResponse<String> answer = client.send(
                request("/api/v1/applications/hello/evidence?sha=" + sha, "publisher")
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofString(report))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(JSON.readTree(answer.body()).at("/kinds/0/kind").asString()).isEqualTo(kind);
    }

    private static JsonNode chain() throws Exception {
        return JSON.readTree(
                get("/api/v1/applications/hello/verdicts?verify=true").body());
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException, JOSEException {
        return client.send(request(path, "viewer").GET().build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(String path, String role) throws JOSEException {
        String port = service.getEnvironment().getProperty("local.server.port");
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + tokens.of("cy", role));
    }
}
