package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.chain.Checkpoint;
import dev.slipway.chain.Seal;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.application.Launch;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.ReleaseState;
import dev.slipway.release.wiring.Examples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class AttestingTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final String CHAIN = "release-service/release/hello@1.0.0";
    private static final Checkpoint CLOSED = new Checkpoint(AT, "0123456789abcdef", "c2lnbmVk");
    private static final Seal HEAD =
            Seal.after(null, CHAIN, JsonMapper.shared().createObjectNode()).with(CLOSED);

    private static Dossier ended(ReleasePhase phase) {
        ReleaseId id = new ReleaseId("hello@1.0.0");
        Launch launch = new Launch(
                id,
                1,
                Examples.proposal("1.0.0"),
                "ci@example.test",
                Examples.demoPolicy().policy(),
                Examples.demoPolicy().hash(),
                AT,
                null,
                null,
                null,
                1);
        return new Dossier(
                id,
                launch,
                new ReleaseState.Ended(phase, null),
                AT,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                null,
                0,
                List.of(),
                false,
                null,
                null,
                List.of(),
                0,
                List.of());
    }

    private static JsonNode statement(ReleasePhase phase) {
        return JsonMapper.shared().readTree(Attesting.statement(ended(phase), CHAIN, HEAD, CLOSED));
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
}
