package dev.slipway.validation;

import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.NoiseRuns;
import dev.slipway.contracts.policy.WithoutBaseline;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.Baseline;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.MessagingJson;
import dev.slipway.validation.assessment.Comparison;
import dev.slipway.validation.evidence.Arrived;
import dev.slipway.validation.evidence.BaselineReports;
import dev.slipway.validation.evidence.Comparing;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.EarlierRuns;
import dev.slipway.validation.evidence.EvidenceFull;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.revision.RevisionId;
import dev.slipway.validation.revision.RevisionInput;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import dev.slipway.validation.revision.RevisionState;
import dev.slipway.validation.verdicts.ChainState;
import dev.slipway.validation.verdicts.VerdictDraft;
import dev.slipway.validation.verdicts.VerdictRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares what came for a revision with what the last verified release rested on: the reports of the newest verdict of that
 * revision over the same kind and suite that passed, which are kept as long as the evidence chain is; where no gate has looked at any,
 * what its revision still knows. Rules over a change in percent get beside it what the runs before had measured.
 */
final class Baselines {
    private static final Set<Verdict> PASSING = Set.of(Verdict.PASSED, Verdict.WAIVED);

    private final BaselineReports reports;
    private final Aggregates<RevisionState, RevisionInput> revisions;
    private final Aggregates<ChainState, VerdictDraft> chains;

    Baselines(
            BaselineReports reports,
            Aggregates<RevisionState, RevisionInput> revisions,
            Aggregates<ChainState, VerdictDraft> chains) {
        this.reports = reports;
        this.revisions = revisions;
        this.chains = chains;
    }

    /** By place of the gate in the question; nothing for gates that do not ask for it or whose evidence is not there yet. */
    Map<Integer, Comparison> of(Assess question, List<SuiteFacts> suites) {
        Map<Integer, Comparison> comparisons = new HashMap<>();
        @Nullable List<JsonNode> decided = null; // the whole chain of the application is read for it
        for (int i = 0; i < question.gates().size(); i++) {
            Gate gate = question.gates().get(i);
            Optional<Comparing> comparing = reports.asked(gate);
            Optional<SuiteFacts> now = suites.stream()
                    .filter(suite ->
                            suite.kind().equals(gate.evidence()) && Objects.equals(suite.suite(), gate.suite()))
                    .filter(suite -> suite.unreadable() == null)
                    .findFirst();
            if (comparing.isPresent() && now.isPresent()) {
                decided = decided == null ? decided(question) : decided;
                comparisons.put(i, compared(question, gate, comparing.get(), now.get(), decided));
            }
        }
        return comparisons;
    }

    private Comparison compared(
            Assess question, Gate gate, Comparing comparing, SuiteFacts now, List<JsonNode> decided) {
        Baseline baseline = question.baseline();
        Arrived rested = baseline == null ? Arrived.NOTHING : rested(question.application(), baseline, gate, decided);
        if (rested.digests().isEmpty()) {
            return beginning(question, gate, comparing, now);
        }
        Arrived before = earlier(question, gate, comparing, decided)
                .map(made -> rested.and(Arrived.somewhen(List.of(made))))
                .orElse(rested);
        try {
            int way = Comparing.LATEST;
            Compared compared = reports.compare(gate, comparing, way, now.arrived(), before);
            String why = compared.facts().list().isEmpty() ? String.join(". ", compared.notes()) : "";
            return new Comparison(
                    compared.facts(),
                    why,
                    before.digests(),
                    why.isEmpty() ? compared.notes() : List.of(),
                    way,
                    before.at());
        } catch (UnreadableEvidence gone) {
            return Comparison.none(
                    "It cannot be compared with the last verified release %s: %s. Release once with a rule that compares"
                                    .formatted(version(question), gone.getMessage())
                            + " nothing, then this one says again what is new",
                    before.digests());
        }
    }

    /**
     * What the last runs before this one had measured, kept, where the rule asks for something that chance changes: of each of the
     * last commits that a gate has looked at over the same kind and suite the newest reports, whatever came of them, as those that
     * failed are runs as well. Nothing where there are too few of them, or no room.
     */
    private Optional<Digest> earlier(Assess question, Gate gate, Comparing comparing, List<JsonNode> decided) {
        if (!comparing.heedsChance(gate)) {
            return Optional.empty();
        }
        int most = Objects.requireNonNullElse(gate.noise(), NoiseRuns.DEFAULT).runs();
        List<EarlierRuns.Run> runs = new ArrayList<>();
        Set<String> seen = new HashSet<>(Set.of(question.sha().value()));
        for (JsonNode last : decided.reversed()) {
            if (runs.size() == most) {
                break;
            }
            boolean same = last.at("/verdict/gate/evidence").asString("").equals(gate.evidence())
                    && last.at("/verdict/gate/suite").asString("").equals(Objects.requireNonNullElse(gate.suite(), ""))
                    && !last.at("/verdict/inputs").isEmpty();
            if (same && seen.add(last.at("/verdict/sha").asString(""))) {
                VerdictDraft draft = draft(last);
                List<EarlierRuns.Figure> figures = reports.figures(gate, comparing, draft.inputs());
                if (!figures.isEmpty()) {
                    runs.add(new EarlierRuns.Run(draft.sha(), figures));
                }
            }
        }
        if (runs.size() < NoiseRuns.RUNS_MIN) {
            return Optional.empty();
        }
        EarlierRuns kept =
                EarlierRuns.of(question.application(), String.valueOf(gate.evidence()), gate.suite(), runs.reversed());
        try {
            return Optional.of(reports.kept(kept, new RevisionId(question.application(), question.sha()).toString()));
        } catch (EvidenceFull full) {
            return Optional.empty();
        }
    }

    private Comparison beginning(Assess question, Gate gate, Comparing comparing, SuiteFacts now) {
        String nothing = question.baseline() == null
                ? "No release of %s has been verified yet".formatted(question.application())
                : "The last verified release %s has no %s report%s"
                        .formatted(
                                version(question),
                                gate.evidence(),
                                gate.suite() == null ? "" : " of the suite " + gate.suite());
        if (gate.baseline() == WithoutBaseline.RECORD) {
            return recorded(gate, comparing, now, nothing);
        }
        String send = question.baseline() == null
                ? ""
                : ", or send that report: ./slipway evidence push FILE --kind %s --sha %s%s"
                        .formatted(
                                gate.evidence(),
                                question.baseline().sha(),
                                gate.suite() == null ? "" : " --suite " + gate.suite());
        return Comparison.none(
                "%s, so nobody can say what is new. To begin, say baseline: record in the gate %s, and the first release"
                                .formatted(nothing, gate.id())
                        + " records what the next ones are compared with" + send,
                List.of());
    }

    private Comparison recorded(Gate gate, Comparing comparing, SuiteFacts now, String nothing) {
        try {
            Compared first = reports.first(gate, comparing, now.arrived());
            return first.facts().list().isEmpty()
                    ? Comparison.none(String.join(". ", first.notes()), List.of())
                    : new Comparison(
                            first.facts(),
                            "",
                            List.of(),
                            List.of(nothing
                                    + ": what was found now is recorded, and the next release is compared with it"));
        } catch (UnreadableEvidence gone) {
            return Comparison.none(nothing + ", and this one's cannot be recorded: " + gone.getMessage(), List.of());
        }
    }

    private static String version(Assess question) {
        Baseline baseline = question.baseline();
        return baseline == null ? "" : baseline.version();
    }

    /** All verdicts of the application's chain, in their order, as they are stored; none where nothing was verified yet. */
    private List<JsonNode> decided(Assess question) {
        return question.baseline() == null
                ? List.of()
                : chains.journal(question.application().value()).stream()
                        .map(JournalEntry::set)
                        .map(changed -> changed.path("last"))
                        .filter(JsonNode::isObject)
                        .toList();
    }

    private static VerdictDraft draft(JsonNode last) {
        return MessagingJson.mapper().treeToValue(last, VerdictRecord.class).verdict();
    }

    /** Of the verdicts about the revision of the last verified release. */
    private Arrived rested(ApplicationName application, Baseline baseline, Gate gate, List<JsonNode> decided) {
        List<VerdictDraft> same = decided.stream()
                .filter(last -> last.at("/verdict/sha")
                        .asString("")
                        .equals(baseline.sha().value()))
                .map(Baselines::draft)
                .filter(verdict ->
                        sameEvidence(verdict.gate(), gate) && !verdict.inputs().isEmpty())
                .toList();
        return newest(same, PASSING)
                .or(() -> newest(same, Set.of(Verdict.values())))
                .orElseGet(() -> remembered(new RevisionId(application, baseline.sha()), gate));
    }

    /** What was found again later, and did not pass, takes nothing away from what was verified. */
    private static Optional<Arrived> newest(List<VerdictDraft> decided, Set<Verdict> verdicts) {
        return decided.reversed().stream()
                .filter(draft -> verdicts.contains(draft.verdict()))
                .map(VerdictDraft::arrived)
                .findFirst();
    }

    private static boolean sameEvidence(Gate one, Gate two) {
        return Objects.equals(one.evidence(), two.evidence()) && Objects.equals(one.suite(), two.suite());
    }

    private Arrived remembered(RevisionId revision, Gate gate) {
        return revisions
                .find(revision.toString())
                .map(found -> found.state().arrived(String.valueOf(gate.evidence()), gate.suite()))
                .orElse(Arrived.NOTHING);
    }
}
