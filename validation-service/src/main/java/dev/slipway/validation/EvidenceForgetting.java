package dev.slipway.validation;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.validation.EvidenceForgotten;
import dev.slipway.contracts.validation.ForgetEvidence;
import dev.slipway.messaging.Aggregates;
import dev.slipway.validation.assessment.AssessmentInput;
import dev.slipway.validation.assessment.AssessmentState;
import dev.slipway.validation.retention.Forgetting;
import dev.slipway.validation.verdicts.ChainState;
import dev.slipway.validation.verdicts.VerdictDraft;
import dev.slipway.validation.verdicts.VerdictRecord;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lets go of what a release needs no longer: the reports that its verdicts rest on, where no other release's do, what its
 * gates were asked and had found, and the seconds that its rollouts were judged by. The verdicts stay in their chain. Done again it does the rest.
 */
final class EvidenceForgetting {
    private static final int PAGE = 100;

    private final MongoEvidence evidence;
    private final MongoRecordings recordings;
    private final Aggregates<ChainState, VerdictDraft> chains;
    private final Aggregates<AssessmentState, AssessmentInput> assessments;
    private final InstantSource clock;

    EvidenceForgetting(
            MongoEvidence evidence,
            MongoRecordings recordings,
            Aggregates<ChainState, VerdictDraft> chains,
            Aggregates<AssessmentState, AssessmentInput> assessments,
            InstantSource clock) {
        this.evidence = evidence;
        this.recordings = recordings;
        this.chains = chains;
        this.assessments = assessments;
        this.clock = clock;
    }

    Forgetting.Input forget(ForgetEvidence asked) {
        ReleaseId release = asked.question().release();
        List<VerdictRecord> records = records(release.application().value()).stream()
                .filter(record -> record.isOf(release.value()))
                .toList();
        Set<Digest> digests = records.stream()
                .map(record -> record.verdict().restsOn())
                .flatMap(Collection::stream)
                .collect(Collectors.toSet());
        listOld(digests);
        evidence.forget(release.value(), asked.rule());
        recordings.forget(release);
        records.stream().map(record -> record.verdict().question()).distinct().forEach(assessments::forget);
        return new Forgetting.Input.Done(new EvidenceForgotten(
                asked.question(), digests.size(), clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    /** Of reports from before it was written down who needs them, that is found out from all verdicts of all applications. */
    private void listOld(Set<Digest> digests) {
        Set<Digest> old = evidence.unlisted(digests);
        if (old.isEmpty()) {
            return;
        }
        chains.eachLive(
                PAGE,
                chain -> records(chain.id())
                        .forEach(record -> record.verdict().restsOn().stream()
                                .filter(old::contains)
                                .forEach(digest -> evidence.use(
                                        List.of(digest), record.verdict().neededBy()))));
        evidence.listed(old);
    }

    private List<VerdictRecord> records(String application) {
        return ChainState.records(chains.journal(application));
    }
}
