package dev.slipway.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Topics;
import dev.slipway.contracts.WireJson;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus;
import dev.slipway.contracts.validation.AssessmentStatus.Outcome;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.testkit.MemoryBus;
import dev.slipway.testkit.MemoryStore;
import dev.slipway.testkit.MovableClock;
import dev.slipway.testkit.ServiceInMemory;
import dev.slipway.validation.assessment.Assessment;
import dev.slipway.validation.assessment.AssessmentInput;
import dev.slipway.validation.assessment.AssessmentState;
import dev.slipway.validation.assessment.MergeAnswer;
import dev.slipway.validation.assessment.MergeCheck;
import dev.slipway.validation.evidence.BaselineReports;
import dev.slipway.validation.evidence.CoveredArtifacts;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Fact;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.tracker.TrackedIssues;
import dev.slipway.validation.judgement.Judgement;
import dev.slipway.validation.judgement.JudgementInput;
import dev.slipway.validation.judgement.JudgementState;
import dev.slipway.validation.retention.Forgetting;
import dev.slipway.validation.retention.ForgettingCore;
import dev.slipway.validation.revision.Evidence;
import dev.slipway.validation.revision.Revision;
import dev.slipway.validation.revision.RevisionInput;
import dev.slipway.validation.revision.RevisionState;
import dev.slipway.validation.verdicts.Chain;
import dev.slipway.validation.verdicts.ChainState;
import dev.slipway.validation.verdicts.ReadAgain;
import dev.slipway.validation.verdicts.VerdictDraft;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Two instances over one store that both hear every record, which is more than a consumer group would have them hear, and
 * one that dies in between.
 */
final class TwoInstancesTest {
    private static final String SHA = "a".repeat(40);
    private static final String REVISION = "hello@" + SHA;
    private static final QuestionKey QUESTION = QuestionKey.parse("hello@1.0.0/assess-pre-release/1");
    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");

    private final MemoryBus bus = new MemoryBus();
    private final MovableClock clock = new MovableClock(NOW);
    private final MemoryStore.InMemory stores = new MemoryStore.InMemory();
    private final List<MergeCheck.Attempt> merges = new ArrayList<>();
    private final Shelf bytes = new Shelf(new HashMap<>());

    @Test
    void a_question_that_both_hear_is_answered_once_and_recorded_once() {
        Instance one = new Instance();
        Instance two = new Instance();
        one.report();
        two.report();
        one.ask();
        for (int i = 0; i < 5; i++) {
            one.service.settle();
            two.service.settle();
        }

        assertThat(answers())
                .last()
                .satisfies(answer -> assertThat(answer.outcome()).isEqualTo(Outcome.PASSED));
        assertThat(answers().stream().filter(answer -> answer.outcome() != Outcome.PENDING))
                .as("whoever says it says the same")
                .containsOnly(answers().getLast());
        assertThat(one.chains.journal("hello")).hasSize(2);
        assertThat(merges).hasSize(1);
    }

    @Test
    void what_one_has_written_and_not_yet_sent_the_other_sends() {
        Instance one = new Instance();
        one.ask();
        one.report(); // written, and nobody told: here it dies

        Instance two = new Instance();
        two.service.advance(Duration.ofSeconds(30));

        assertThat(answers())
                .last()
                .satisfies(answer -> assertThat(answer.outcome()).isEqualTo(Outcome.PASSED));
        assertThat(two.chains.journal("hello")).hasSize(2);
        assertThat(merges).hasSize(1);
        AssessmentStatus last = answers().getLast();
        two.ask();
        assertThat(answers().getLast()).as("asked again after its end").isEqualTo(last);
    }

    @Test
    void what_an_older_version_of_the_readers_read_is_read_again_before_it_decides() {
        byte[] failed = "<testsuite name='s'><testcase name='a'><failure/></testcase></testsuite>"
                .getBytes(StandardCharsets.UTF_8);
        bytes.keep(Digest.of(failed), failed, REVISION);
        Instance updated = new Instance();
        updated.report(Digest.of(failed));
        updated.ask();
        for (int i = 0; i < 5; i++) {
            updated.service.settle();
        }

        assertThat(answers())
                .last()
                .satisfies(answer -> assertThat(answer.outcome()).isEqualTo(Outcome.FAILED));
    }

    private List<AssessmentStatus> answers() {
        return bus.records().stream()
                .filter(record -> ValidationTypes.ASSESSMENT_STATUS.equals(
                        record.headers().get("ce_type")))
                .map(record -> WireJson.mapper().readValue(record.body(), AssessmentStatus.class))
                .toList();
    }

    /** The service without Spring. */
    private final class Instance {
        private final ServiceInMemory service = new ServiceInMemory("validation-service", bus, clock, stores, Map.of());
        private final Aggregates<RevisionState, RevisionInput> revisions = service.recipe()
                .aggregates(
                        "revision",
                        RevisionState.class,
                        RevisionInput.class,
                        new Revision(new Revision.Bounds(5, 10_000, 5, 5, Duration.ofDays(30))))
                .onTimer(_ -> new RevisionInput.Expired())
                .build();
        private final Aggregates<ChainState, VerdictDraft> chains = service.recipe()
                .aggregates("chain", ChainState.class, VerdictDraft.class, new Chain(50))
                .build();

        Instance() {
            Assessment core = new Assessment(new Assessment.Rhythm(
                    List.of("junit"),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(5)));
            Aggregates<AssessmentState, AssessmentInput> assessments = service.recipe()
                    .aggregates("assessment", AssessmentState.class, AssessmentInput.class, core)
                    .onTimer(Assessment::onTimer)
                    .task(Assessment.MERGE_TASK, MergeCheck.Attempt.class, (_, attempt) -> {
                        merges.add(attempt);
                        return new AssessmentInput.MergeTried(attempt.gate(), new MergeAnswer.Clean("f", "t"));
                    })
                    .build();
            Judgement judgement = new Judgement(new Judgement.Bounds(
                    5,
                    Duration.ofSeconds(1),
                    Duration.ofMinutes(1),
                    Duration.ofHours(1),
                    Duration.ofMinutes(1),
                    Duration.ofSeconds(8)));
            Aggregates<JudgementState, JudgementInput> judgements = service.recipe()
                    .aggregates("judgement", JudgementState.class, JudgementInput.class, judgement)
                    .onTimer(_ -> new JudgementInput.AbandonmentDue())
                    .build();
            Aggregates<Forgetting, Forgetting.Input> forgettings = service.recipe()
                    .aggregates("forgetting", Forgetting.class, Forgetting.Input.class, new ForgettingCore())
                    .build();
            new Listening(
                            revisions,
                            assessments,
                            chains,
                            judgements,
                            forgettings,
                            bytes,
                            new Baselines(
                                    new BaselineReports(new EvidenceReaders(List.of()), bytes), revisions, chains),
                            new HeldArtifacts(new CoveredArtifacts(new EvidenceReaders(List.of()), bytes)),
                            new Stabilities(new EvidenceReaders(List.of()), bytes, new RememberedRuns(), 10),
                            new CountedIssues(new TrackedIssues(new EvidenceReaders(List.of()), bytes)),
                            new ReadAgain(EvidenceReaders.shipped(new JUnitReader.Limits(32, 1_000)), bytes),
                            new ValidationMeters(new SimpleMeterRegistry()),
                            Recorder.NOTHING)
                    .register(service.recipe());
        }

        void report() {
            report(new Digest("sha256:" + "1".repeat(64)));
        }

        /** As an older version of the readers read it. */
        void report(Digest digest) {
            Facts facts = new Facts(List.of(Fact.count("tests.total", 3), Fact.count("tests.failed", 0)));
            Evidence evidence = new Evidence("junit", "unit", digest, facts, NOW, "cy@example.test");
            revisions.submit(REVISION, new RevisionInput.EvidenceArrived(evidence), Cause.of("user:cy@example.test"));
        }

        void ask() {
            Assess question = new Assess(
                    QUESTION,
                    new ApplicationName("hello"),
                    new Sha(SHA),
                    List.of(),
                    Stage.PRE_RELEASE,
                    List.of(Gates.tests(Duration.ofMinutes(30)), Gates.merge()),
                    new Policy.Source("file:/repository", "production", "main"),
                    null,
                    NOW);
            service.receive(
                    Topics.VALIDATION_COMMANDS,
                    QUESTION.release().value(),
                    ValidationTypes.ASSESS,
                    question,
                    "release-service/release/hello@1.0.0",
                    1);
        }
    }

    private record Shelf(Map<Digest, byte[]> kept) implements EvidenceBytes {
        @Override
        public void keep(Digest digest, byte[] report, String revision) {
            kept.put(digest, report);
        }

        @Override
        public void use(Collection<Digest> digests, Use by) {
            // nothing expires here
        }

        @Override
        public Optional<byte[]> find(Digest digest) {
            return Optional.ofNullable(kept.get(digest));
        }
    }
}
