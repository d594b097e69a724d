package dev.slipway.validation;

import dev.slipway.contracts.Topics;
import dev.slipway.contracts.ci.CiTypes;
import dev.slipway.contracts.traffic.TrafficSample;
import dev.slipway.contracts.traffic.TrafficTypes;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.ForgetEvidence;
import dev.slipway.contracts.validation.Judge;
import dev.slipway.contracts.validation.StopJudging;
import dev.slipway.contracts.validation.ValidationTypes;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Inbound;
import dev.slipway.messaging.Outcome;
import dev.slipway.messaging.Recipe;
import dev.slipway.messaging.RefusedByBound;
import dev.slipway.messaging.Routes;
import dev.slipway.validation.assessment.AssessmentInput;
import dev.slipway.validation.assessment.AssessmentInput.Asked;
import dev.slipway.validation.assessment.AssessmentInput.RevisionSeen;
import dev.slipway.validation.assessment.AssessmentInput.VerdictRecorded;
import dev.slipway.validation.assessment.AssessmentState;
import dev.slipway.validation.assessment.Comparison;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.judgement.JudgementInput;
import dev.slipway.validation.judgement.JudgementInput.JudgeAsked;
import dev.slipway.validation.judgement.JudgementInput.Sampled;
import dev.slipway.validation.judgement.JudgementInput.SecondsKept;
import dev.slipway.validation.judgement.JudgementInput.StopAsked;
import dev.slipway.validation.judgement.JudgementState;
import dev.slipway.validation.retention.Forgetting;
import dev.slipway.validation.revision.CheckEvents;
import dev.slipway.validation.revision.RevisionInput;
import dev.slipway.validation.revision.RevisionInput.CheckArrived;
import dev.slipway.validation.revision.RevisionInput.Subscribed;
import dev.slipway.validation.revision.RevisionInput.Unsubscribed;
import dev.slipway.validation.revision.RevisionMessages;
import dev.slipway.validation.revision.RevisionMessages.RevisionStatus;
import dev.slipway.validation.revision.RevisionMessages.Subscription;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import dev.slipway.validation.revision.RevisionState;
import dev.slipway.validation.verdicts.ChainState;
import dev.slipway.validation.verdicts.ReadAgain;
import dev.slipway.validation.verdicts.VerdictDraft;
import dev.slipway.validation.verdicts.VerdictMessages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Which message becomes which aggregate's input. */
final class Listening {
    private static final String GROUP = "validation-service";

    private final Aggregates<RevisionState, RevisionInput> revisions;
    private final Aggregates<AssessmentState, AssessmentInput> assessments;
    private final Aggregates<ChainState, VerdictDraft> chains;
    private final Aggregates<JudgementState, JudgementInput> judgements;
    private final Aggregates<Forgetting, Forgetting.Input> forgettings;
    private final EvidenceBytes bytes;
    private final Baselines baselines;
    private final HeldArtifacts artifacts;
    private final Stabilities stabilities;
    private final CountedIssues issues;
    private final ReadAgain again;
    private final ValidationMeters meters;
    private final Recorder recorder;

    Listening(
            Aggregates<RevisionState, RevisionInput> revisions,
            Aggregates<AssessmentState, AssessmentInput> assessments,
            Aggregates<ChainState, VerdictDraft> chains,
            Aggregates<JudgementState, JudgementInput> judgements,
            Aggregates<Forgetting, Forgetting.Input> forgettings,
            EvidenceBytes bytes,
            Baselines baselines,
            HeldArtifacts artifacts,
            Stabilities stabilities,
            CountedIssues issues,
            ReadAgain again,
            ValidationMeters meters,
            Recorder recorder) {
        this.revisions = revisions;
        this.assessments = assessments;
        this.chains = chains;
        this.judgements = judgements;
        this.forgettings = forgettings;
        this.bytes = bytes;
        this.baselines = baselines;
        this.artifacts = artifacts;
        this.stabilities = stabilities;
        this.issues = issues;
        this.again = again;
        this.meters = meters;
        this.recorder = recorder;
    }

    /** A consumer per topic, so that a standstill of one is none of the others. */
    void register(Recipe recipe) {
        recipe.local(local());
        recipe.listen(GROUP, commands(), Topics.VALIDATION_COMMANDS);
        recipe.listen(GROUP + ".ci", ci(), Topics.CI_EVENTS);
        recipe.listen(GROUP + ".traffic", traffic(), Topics.TRAFFIC_SAMPLES);
    }

    private Routes commands() {
        return Routes.builder()
                .on(
                        ValidationTypes.ASSESS,
                        Assess.class,
                        (inbound, assess) ->
                                assessments.submit(assess.question().toString(), new Asked(assess), inbound.cause()))
                .on(
                        ValidationTypes.JUDGE,
                        Judge.class,
                        (inbound, judge) -> judgements.submit(
                                judge.environment().toString(), new JudgeAsked(judge), inbound.cause()))
                .on(ValidationTypes.STOP_JUDGING, StopJudging.class, this::stop)
                .on(
                        ValidationTypes.FORGET_EVIDENCE,
                        ForgetEvidence.class,
                        (inbound, forget) -> forgettings.submit(
                                forget.question().release().value(),
                                new Forgetting.Input.Asked(forget),
                                inbound.cause()))
                .build();
    }

    private Routes ci() {
        return Routes.builder()
                .on(CiTypes.PIPELINE_RUN_FINISHED, JsonNode.class, this::pipelineRunFinished)
                .on(CiTypes.PIPELINE_RUN_STARTED, JsonNode.class, this::pipelineRunBegun)
                .on(CiTypes.PIPELINE_RUN_QUEUED, JsonNode.class, this::pipelineRunBegun)
                .build();
    }

    private void pipelineRunFinished(Inbound inbound, JsonNode event) {
        CheckEvents.read(inbound, event).ifPresentOrElse(found -> checkArrived(inbound, found), meters::passedOver);
    }

    private void pipelineRunBegun(Inbound inbound, JsonNode event) {
        CheckEvents.readBegun(inbound, event)
                .ifPresentOrElse(found -> checkArrived(inbound, found), meters::passedOver);
    }

    private void checkArrived(Inbound inbound, CheckEvents.Found found) {
        Outcome<RevisionState> outcome =
                revisions.submit(found.revision().toString(), new CheckArrived(found.check()), inbound.cause());
        if (outcome.refusal() != null) {
            throw new RefusedByBound(outcome.refusal().detail());
        }
    }

    private Routes traffic() {
        return Routes.builder()
                .on(TrafficTypes.SAMPLE, TrafficSample.class, this::sampled)
                .build();
    }

    private void sampled(Inbound inbound, TrafficSample sample) {
        String environment = sample.environment().toString();
        Outcome<JudgementState> outcome = judgements.submit(environment, new Sampled(sample), inbound.cause());
        meters.sampled(environment, outcome.state().present().orElse(null), outcome.changed());
        record(outcome.state(), sample, inbound);
    }

    /** Told again it is passed over again. What the judge's word rests on is kept first, and said of the word then. Who stops judging may be heard elsewhere, so the next sample ends it here, too. */
    private void record(JudgementState state, TrafficSample sample, Inbound inbound) {
        state.asked()
                .ifPresentOrElse(asked -> recorder.heard(asked, sample), () -> recorder.ended(sample.environment()));
        state.present()
                .flatMap(Recorder.Word::of)
                .ifPresent(word -> recorder.settled(sample.environment(), word)
                        .ifPresent(kept -> judgements.submit(
                                sample.environment().toString(),
                                new SecondsKept(word.rollout(), kept),
                                inbound.cause())));
    }

    private void stop(Inbound inbound, StopJudging stop) {
        judgements.submit(stop.environment().toString(), new StopAsked(stop), inbound.cause());
        recorder.ended(stop.environment());
    }

    /** The reports are marked before the verdict that rests on them is written, so that none of them is let go of. */
    private void append(Inbound inbound, VerdictDraft draft) {
        bytes.use(draft.restsOn(), draft.neededBy());
        if (chains.submit(inbound.key(), draft, inbound.cause()).changed()) {
            meters.decided(draft.verdict());
        }
    }

    private Routes local() {
        return Routes.builder()
                .on(
                        RevisionMessages.SUBSCRIBE,
                        Subscription.class,
                        (inbound, asked) ->
                                revisions.submit(inbound.key(), new Subscribed(asked.assessment()), inbound.cause()))
                .on(
                        RevisionMessages.UNSUBSCRIBE,
                        Subscription.class,
                        (inbound, asked) ->
                                revisions.submit(inbound.key(), new Unsubscribed(asked.assessment()), inbound.cause()))
                .on(RevisionMessages.CHANGED, RevisionStatus.class, this::revisionChanged)
                .on(VerdictMessages.APPEND, VerdictDraft.class, this::append)
                .on(
                        VerdictMessages.RECORDED,
                        VerdictMessages.VerdictRecorded.class,
                        (inbound, recorded) -> assessments.submit(
                                inbound.key(), new VerdictRecorded(recorded.gate(), recorded.hash()), inbound.cause()))
                .build();
    }

    /**
     * Against the last verified release, what is released now, or the last runs, or counted by what a gate says: no kind of evidence is
     * held against two of them.
     */
    private Map<Integer, Comparison> held(Assess question, List<SuiteFacts> suites) {
        Map<Integer, Comparison> all = new HashMap<>(baselines.of(question, suites));
        all.putAll(artifacts.of(question, suites));
        all.putAll(stabilities.of(question, suites));
        all.putAll(issues.of(question, suites));
        return all;
    }

    private void revisionChanged(Inbound inbound, RevisionStatus status) {
        Optional<Assess> question = assessments
                .find(inbound.key())
                .flatMap(found -> found.state() instanceof AssessmentState.Open open
                        ? Optional.of(open.question())
                        : Optional.empty());
        List<SuiteFacts> suites =
                question.map(asked -> again.of(asked.gates(), status.suites())).orElse(status.suites());
        Map<Integer, Comparison> comparisons =
                question.map(asked -> held(asked, suites)).orElse(Map.of());
        RevisionSeen seen =
                new RevisionSeen(status.revision(), inbound.sourceVersion(), suites, status.checks(), comparisons);
        assessments.submit(inbound.key(), seen, inbound.cause());
    }
}
