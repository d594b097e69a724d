package dev.slipway.validation;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.validation.assessment.AssessmentInput;
import dev.slipway.validation.assessment.AssessmentState;
import dev.slipway.validation.assessment.GateProgress;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.revision.Evidence;
import dev.slipway.validation.revision.RevisionId;
import dev.slipway.validation.revision.RevisionInput;
import dev.slipway.validation.revision.RevisionState;
import dev.slipway.validation.verdicts.ChainState;
import dev.slipway.validation.verdicts.Explaining;
import dev.slipway.validation.verdicts.Explanation;
import dev.slipway.validation.verdicts.VerdictDraft;
import dev.slipway.validation.verdicts.VerdictRecord;
import dev.slipway.web.Problems;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Explains what one gate says of one release: from the evidence chain, or, while it waits, from what it looks at. */
@RestController
class GateController {
    /** Of one release: each stage, asked a few times at most. */
    private static final int QUESTIONS_MAX = 100;

    private final Aggregates<AssessmentState, AssessmentInput> assessments;
    private final Aggregates<ChainState, VerdictDraft> chains;
    private final Aggregates<RevisionState, RevisionInput> revisions;
    private final Explaining explaining;
    private final JsonMapper json;

    GateController(
            Aggregates<AssessmentState, AssessmentInput> assessments,
            Aggregates<ChainState, VerdictDraft> chains,
            Aggregates<RevisionState, RevisionInput> revisions,
            EvidenceReaders readers,
            EvidenceBytes bytes) {
        this.assessments = assessments;
        this.chains = chains;
        this.revisions = revisions;
        this.explaining = new Explaining(readers, bytes);
        this.json = MessagingJson.mapper();
    }

    @GetMapping("/api/v1/applications/{application}/gates/{gate}")
    Explanation explain(@PathVariable String application, @PathVariable String gate, @RequestParam String release) {
        ApplicationName name = new ApplicationName(application);
        return waiting(name, release, gate)
                .or(() -> recorded(name, release, gate))
                .orElseThrow(() -> Problems.refused(
                        HttpStatus.NOT_FOUND,
                        "no-gate",
                        "Nobody has asked the gate %s for %s so far; slipway release show %s lists its gates."
                                .formatted(gate, release, release)));
    }

    private Optional<Explanation> waiting(ApplicationName application, String release, String id) {
        for (var snapshot : assessments.between(release + "/", release + "0", QUESTIONS_MAX)) {
            if (snapshot.state() instanceof AssessmentState.Open open
                    && open.question().application().equals(application)) {
                List<Gate> gates = open.question().gates();
                for (int i = 0; i < gates.size(); i++) {
                    GateProgress progress = open.gates().get(i);
                    if (gates.get(i).id().equals(id) && progress.phase() != GateProgress.Phase.RECORDED) {
                        return Optional.of(explaining.of(new Explaining.Asked(
                                release,
                                open.id(),
                                open.question().sha(),
                                gates.get(i),
                                progress.finding().verdict(),
                                progress.finding().cause(),
                                progress.finding().observed(),
                                null,
                                progress.finding().inputs(),
                                arrived(application, open.question().sha(), gates.get(i)),
                                progress.finding().baseline(),
                                progress.finding().compared(),
                                open.question().artifacts(),
                                progress.finding().arrivals())));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Explanation> recorded(ApplicationName application, String release, String id) {
        if (chains.find(application.value()).isEmpty()) {
            return Optional.empty();
        }
        return chains.journal(application.value()).stream()
                .map(JournalEntry::set)
                .map(changed -> changed.path("last"))
                .filter(JsonNode::isObject)
                .filter(last -> last.at("/verdict/gate/id").asString("").equals(id)
                        && last.at("/verdict/question").asString("").startsWith(release + "/"))
                .reduce((_, later) -> later)
                .map(last -> json.treeToValue(last, VerdictRecord.class))
                .map(record -> explaining.of(asked(release, record)));
    }

    private Explaining.Asked asked(String release, VerdictRecord record) {
        VerdictDraft verdict = record.verdict();
        return new Explaining.Asked(
                release,
                verdict.question(),
                verdict.sha(),
                verdict.gate(),
                verdict.verdict(),
                verdict.cause(),
                verdict.observed(),
                record.hash(),
                verdict.inputs(),
                arrived(verdict.application(), verdict.sha(), verdict.gate()),
                verdict.baseline(),
                verdict.compared(),
                verdict.artifacts(),
                verdict.arrivals());
    }

    private List<Evidence> arrived(ApplicationName application, Sha sha, Gate gate) {
        String kind = gate.evidence();
        return kind == null
                ? List.of()
                : revisions
                        .find(new RevisionId(application, sha).toString())
                        .map(snapshot -> snapshot.state().of(kind, gate.suite()))
                        .orElse(List.of());
    }
}
