package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.SignedBy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.policy.TrustedKey;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.validation.assessment.Assessment;
import dev.slipway.validation.assessment.AssessmentInput.Asked;
import dev.slipway.validation.assessment.AssessmentInput.Probed;
import dev.slipway.validation.assessment.AssessmentInput.RevisionSeen;
import dev.slipway.validation.assessment.AssessmentState;
import dev.slipway.validation.assessment.AssessmentState.Open;
import dev.slipway.validation.assessment.Comparison;
import dev.slipway.validation.assessment.Finding;
import dev.slipway.validation.assessment.ProbeAnswer;
import dev.slipway.validation.assessment.TagCheck;
import dev.slipway.validation.evidence.CoveredArtifacts;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.Released;
import dev.slipway.validation.evidence.supply.SignedMaterial;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import dev.slipway.validation.verdicts.VerdictDraft;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From what was handed in to the verdict that goes into the evidence chain, over artifacts and over a tag. */
final class HeldArtifactsTest {
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final KeyPair OURS = SignedMaterial.ecdsa();
    private static final KeyPair FOREIGN = SignedMaterial.ecdsa();
    private static final Gate SIGNED = SignedMaterial.gate("signature", SignedMaterial.by(OURS));
    private static final Released TWO = SignedMaterial.released("app.jar", "app-sources.jar");
    private static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));

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
    private final HeldArtifacts held = new HeldArtifacts(new CoveredArtifacts(READERS, shelf));
    private final Assessment core = new Assessment(new Assessment.Rhythm(
            READERS.kinds(),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5)));

    private static Assess question(Gate... gates) {
        return new Assess(
                QuestionKey.parse("hello@1.0.0/assess-pre-release/1"),
                new ApplicationName("hello"),
                SignedMaterial.SHA,
                TWO.artifacts(),
                Stage.PRE_RELEASE,
                List.of(gates),
                new Policy.Source("file:/repository", "production", "main"),
                null,
                NOW);
    }

    private Decision<AssessmentState> seen(Assess question, byte[]... reports) throws Exception {
        List<Digest> digests = new ArrayList<>();
        List<Facts> facts = new ArrayList<>();
        for (byte[] report : reports) {
            digests.add(Digest.of(report));
            kept.put(Digest.of(report), report);
            facts.add(
                    READERS.of("signature").orElseThrow().read(report, "report").facts());
        }
        List<SuiteFacts> suites = List.of(new SuiteFacts("signature", null, Facts.together(facts), digests, null));
        AssessmentState open = core.decide(core.initial(question.question().toString()), new Asked(question), NOW)
                .state();
        RevisionSeen seen = new RevisionSeen(
                "hello@" + SignedMaterial.SHA.value(), 1, suites, List.of(), held.of(question, suites));
        return core.decide(open, seen, NOW);
    }

    private static Finding finding(Decision<AssessmentState> decision) {
        return ((Open) decision.state()).gates().getFirst().finding();
    }

    private static List<VerdictDraft> drafts(Decision<AssessmentState> decision) {
        return decision.effects().stream()
                .filter(Effect.Send.class::isInstance)
                .map(effect -> ((Effect.Send) effect).message().body())
                .filter(VerdictDraft.class::isInstance)
                .map(VerdictDraft.class::cast)
                .toList();
    }

    @Test
    void signatures_of_every_artifact_pass_and_the_record_holds_what_was_released() throws Exception {
        Decision<AssessmentState> decision = seen(
                question(SIGNED),
                SignedMaterial.bundle(OURS, "app.jar"),
                SignedMaterial.bundle(OURS, "app-sources.jar"));

        assertThat(finding(decision).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(drafts(decision)).singleElement().satisfies(draft -> {
            assertThat(draft.artifacts()).isEqualTo(TWO.artifacts());
            assertThat(draft.observed()).contains("released.total 2, released.missing 0");
        });
    }

    @Test
    void what_is_missing_is_named_and_waited_for_and_what_is_foreign_fails_at_once() throws Exception {
        Finding part = finding(seen(question(SIGNED), SignedMaterial.bundle(OURS, "app.jar")));
        assertThat(part.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(part.settled()).isFalse();
        assertThat(part.cause()).contains("1 artifact of 2", "Remarked: without: app-sources.jar");

        Finding foreign = finding(seen(question(SIGNED), SignedMaterial.bundle(FOREIGN, "app.jar")));
        assertThat(foreign.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(foreign.settled()).isTrue();
    }

    @Test
    void a_bundle_that_is_gone_leaves_the_gate_inconclusive() throws Exception {
        byte[] bundle = SignedMaterial.bundle(OURS, "app.jar");
        Assess question = question(SIGNED);
        seen(question, bundle);
        kept.clear();
        List<SuiteFacts> suites =
                List.of(new SuiteFacts("signature", null, Facts.NONE, List.of(Digest.of(bundle)), null));

        assertThat(held.of(question, suites).values())
                .singleElement()
                .extracting(Comparison::why, STRING)
                .contains("is gone or changed", "Hand it in again");
    }

    @Test
    void a_tag_is_asked_for_with_the_keys_of_the_gate_and_passes_once_it_is_signed() {
        TrustedKey key =
                new TrustedKey("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBm/RAlphM3+hUG6wWfcO5bIUIaqMLa2ywxcOK1wMWbh");
        Gate tag = new Gate(
                "tag",
                "",
                Stage.PRE_RELEASE,
                null,
                null,
                List.of(),
                null,
                Gate.SIGNED_TAG,
                List.of(),
                Duration.ofMinutes(1),
                List.of(),
                null,
                null,
                null,
                null,
                new SignedBy(List.of(key), null, null, "v1.0.0"));
        Assess question = question(tag);
        Decision<AssessmentState> asked =
                core.decide(core.initial(question.question().toString()), new Asked(question), NOW);

        assertThat(asked.effects())
                .contains(new Effect.StartTask(
                        "gate-0",
                        Assessment.TAG_TASK,
                        new TagCheck.Checking(0, question.source(), question.sha(), "v1.0.0", List.of(key))));
        Probed unsigned = new Probed(0, List.of(new ProbeAnswer.Unexpected("tag v1.0.0", "not signed")));
        Decision<AssessmentState> waits = core.decide(asked.state(), unsigned, NOW);
        assertThat(finding(waits).verdict()).isEqualTo(Verdict.FAILED);
        assertThat(finding(waits).settled())
                .as("it may be signed until the deadline")
                .isFalse();
        Probed signed = new Probed(0, List.of(new ProbeAnswer.AsExpected("tag v1.0.0 (abc) signed by SHA256:x")));
        Finding passed = finding(core.decide(waits.state(), signed, NOW));
        assertThat(passed.verdict()).isEqualTo(Verdict.PASSED);
        assertThat(passed.cause()).isEqualTo("The tag is signed by an allowed key");
    }
}
