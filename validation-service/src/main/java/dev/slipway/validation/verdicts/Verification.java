package dev.slipway.validation.verdicts;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Drift;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Isolation;
import dev.slipway.contracts.validation.GateVerdict.Verdict;
import dev.slipway.validation.evidence.BaselineReports;
import dev.slipway.validation.evidence.CoveredArtifacts;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.GoneReport;
import dev.slipway.validation.evidence.ReaderChange;
import dev.slipway.validation.evidence.Released;
import dev.slipway.validation.evidence.tracker.TrackedIssues;
import dev.slipway.validation.files.FilesGates;
import dev.slipway.validation.rule.DriftRule;
import dev.slipway.validation.rule.IsolationRule;
import dev.slipway.validation.rule.QueryRule;
import dev.slipway.validation.rule.Reading;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import dev.slipway.validation.rule.TestsExpected;
import dev.slipway.validation.rule.WatchRule;
import dev.slipway.validation.rule.Watched;
import dev.slipway.validation.tracker.TrackerGates;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Goes over a chain again: numbers without a hole, each record with the hash of the one before it, each hash made of what
 * the record says, the rule of each gate over evidence, files, issues or a program's metrics applied again to the stored bytes
 * with the same verdict, and those over environments and servers of metrics to what the record holds of these. A pass that names
 * nothing to apply its rule to is a fault, where there has to be something; where there cannot be, {@link NotAgain} says so.
 */
public final class Verification {
    private final EvidenceBytes bytes;
    private final StoredFacts stored;
    private final BaselineReports baselines;
    private final CoveredArtifacts covered;
    private final StoredFiles files;
    private final TrackedIssues issues;
    private final ReadThen then;

    public Verification(EvidenceReaders readers, EvidenceBytes bytes) {
        this(readers, bytes, ReaderChange.ALL);
    }

    /** @param changes of the readers, in order */
    Verification(EvidenceReaders readers, EvidenceBytes bytes, List<ReaderChange> changes) {
        this.bytes = bytes;
        this.stored = new StoredFacts(readers, bytes);
        this.baselines = new BaselineReports(readers, bytes);
        this.covered = new CoveredArtifacts(readers, bytes);
        this.files = new StoredFiles(bytes);
        this.issues = new TrackedIssues(readers, bytes);
        this.then = new ReadThen(readers, bytes, changes);
    }

    /**
     * What came of going over records.
     *
     * @param faults what is wrong, in the order of the records; empty if all agrees
     * @param otherwise of which an older version of the readers read something that is known to be read otherwise now, and how: no fault
     */
    public record Found(List<String> faults, List<String> otherwise) {
        public Found {
            faults = List.copyOf(faults);
            otherwise = List.copyOf(otherwise);
        }
    }

    /** What is wrong, in the order of the records; empty if all agrees. */
    public List<String> faults(List<VerdictRecord> records) {
        return check(records, _ -> true).faults();
    }

    /** The whole chain gone over, and the rules of some of its records applied again. */
    public Found check(List<VerdictRecord> records, Predicate<VerdictRecord> again) {
        List<String> faults = new ArrayList<>();
        List<String> otherwise = new ArrayList<>();
        @Nullable VerdictRecord before = null;
        for (VerdictRecord record : records) {
            String where = "record " + record.number() + ": ";
            List<String> read = new ArrayList<>();
            fault(before, record, again.test(record), read).ifPresent(fault -> faults.add(where + fault));
            read.forEach(note -> otherwise.add(where + note));
            before = record;
        }
        return new Found(faults, otherwise);
    }

    /** What is wrong with records that were taken out of their chain: what they say, and their rules. */
    public List<String> faultsApart(List<VerdictRecord> records) {
        return checkApart(records).faults();
    }

    /** The same, with what is read otherwise now. */
    public Found checkApart(List<VerdictRecord> records) {
        List<String> faults = new ArrayList<>();
        List<String> otherwise = new ArrayList<>();
        for (VerdictRecord record : records) {
            String where = "verdict %d (%s): "
                    .formatted(record.number(), record.verdict().gate().id());
            List<String> read = new ArrayList<>();
            alone(record, true, read).ifPresent(fault -> faults.add(where + fault));
            read.forEach(note -> otherwise.add(where + note));
        }
        return new Found(faults, otherwise);
    }

    private Optional<String> fault(
            @Nullable VerdictRecord before, VerdictRecord record, boolean rule, List<String> otherwise) {
        if (record.number() != (before == null ? 1 : before.number() + 1)) {
            return Optional.of("a record before it is missing");
        }
        if (!Objects.equals(record.previous(), before == null ? null : before.hash())) {
            return Optional.of("it does not follow from the record before it");
        }
        return alone(record, rule, otherwise);
    }

    private Optional<String> alone(VerdictRecord record, boolean rule, List<String> otherwise) {
        if (!record.intact()) {
            return Optional.of("it does not say what its hash was made of");
        }
        return rule ? ofRule(record.verdict(), otherwise) : Optional.empty();
    }

    /** What its rule says now, of what the verdict names; {@link NotAgain} says where it names nothing and need not. */
    private Optional<String> ofRule(VerdictDraft verdict, List<String> otherwise) {
        Gate gate = verdict.gate();
        if (NotAgain.lacksInputs(verdict)) {
            return verdict.verdict() == Verdict.PASSED
                    ? Optional.of("it says PASSED, and names nothing that its rule was applied to")
                    : Optional.empty();
        }
        Isolation isolation = verdict.isolation();
        Drift drift = verdict.drift();
        List<Reading> readings = verdict.readings();
        if (Gate.ISOLATED.equals(gate.check()) && isolation != null) {
            return differing(verdict, said(IsolationRule.judge(gate, isolation)));
        }
        if (gate.isOfSettings() && drift != null) {
            return differing(verdict, said(DriftRule.judge(gate, drift)));
        }
        if (!gate.queries().isEmpty()) {
            return differing(verdict, said(QueryRule.judge(gate, readings)));
        }
        if (isolation != null || drift != null || !readings.isEmpty()) {
            return Optional.of("it names what its gate does not look at");
        }
        boolean looked = gate.evidence() != null
                || gate.files() != null
                || gate.tracker() != null
                || !gate.metrics().isEmpty();
        return looked && !verdict.inputs().isEmpty() ? again(verdict, otherwise) : Optional.empty();
    }

    /** Reports that these rest on and that went by retention, each once. Rules over such are not applied again. */
    public List<GoneReport> gone(List<VerdictRecord> records) {
        return records.stream()
                .flatMap(record -> record.verdict().restsOn().stream())
                .distinct()
                .flatMap(digest -> bytes.goneOf(digest).stream())
                .toList();
    }

    private Optional<String> differing(VerdictDraft verdict, Verdict now) {
        return now == verdict.verdict() || wasStricter(verdict, now) || wasMilder(verdict, now)
                ? Optional.empty()
                : Optional.of("the rule says %s now, said %s then".formatted(now, verdict.verdict()));
    }

    /**
     * A document from another digest or commit, and a run without tests, failed before they were inconclusive (ADR 73, ADR 74):
     * neither ever let anything pass.
     */
    private boolean wasStricter(VerdictDraft verdict, Verdict now) {
        Gate gate = verdict.gate();
        return verdict.verdict() == Verdict.FAILED
                && now == Verdict.INCONCLUSIVE
                && (covered.asked(gate) || TestsExpected.by(gate));
    }

    /** What went on for too short a time was waited for once, so that what nobody can know beside it came first (ADR 70). */
    private static boolean wasMilder(VerdictDraft verdict, Verdict now) {
        return verdict.verdict() == Verdict.INCONCLUSIVE && now == Verdict.FAILED && Rules.askHowLong(verdict.gate());
    }

    private Optional<String> again(VerdictDraft verdict, List<String> otherwise) {
        if (verdict.restsOn().stream().anyMatch(digest -> bytes.goneOf(digest).isPresent())) {
            return Optional.empty(); // it went by retention, and is told
        }
        Optional<String> fault;
        Optional<String> note = Optional.empty();
        try {
            fault = differing(verdict, judged(verdict));
            if (fault.isPresent() && verdict.gate().evidence() != null) {
                note = then.otherwise(
                        verdict,
                        facts(verdict),
                        facts ->
                                differing(verdict, judge(verdict.gate(), facts)).isEmpty());
            }
        } catch (UnreadableEvidence unreadable) {
            String why = String.valueOf(unreadable.getMessage());
            fault = Optional.of(why);
            note = then.refused(verdict, why);
        }
        note.ifPresent(otherwise::add);
        return note.isPresent() ? Optional.empty() : fault;
    }

    private Verdict judged(VerdictDraft verdict) throws UnreadableEvidence {
        Gate gate = verdict.gate();
        if (gate.files() != null) {
            return FilesGates.judge(gate, files.of(verdict.inputs())).verdict();
        }
        if (gate.tracker() != null && gate.evidence() == null) {
            return TrackerGates.judge(gate, issues.of(gate, verdict.inputs())).verdict();
        }
        if (gate.evidence() == null && !gate.metrics().isEmpty()) {
            return said(WatchRule.judge(gate, watched(verdict.inputs())));
        }
        return judge(gate, facts(verdict));
    }

    private Facts facts(VerdictDraft verdict) throws UnreadableEvidence {
        Gate gate = verdict.gate();
        Facts facts = stored.of(gate, verdict.arrived()).and(compared(verdict)).and(covered(verdict));
        return gate.tracker() == null
                ? facts
                : facts.and(issues.of(gate, verdict.inputs()).facts());
    }

    private Watched watched(List<Digest> inputs) throws UnreadableEvidence {
        Digest digest = inputs.getFirst();
        byte[] kept = bytes.find(digest)
                .filter(found -> Digest.of(found).equals(digest))
                .orElseThrow(() ->
                        new UnreadableEvidence("what was watched, %s, is gone or changed".formatted(digest.brief())));
        return Watched.read(kept)
                .filter(_ -> inputs.size() == 1)
                .orElseThrow(() -> new UnreadableEvidence("what it rests on is no record of metrics"));
    }

    /** Against what it was compared with then. Where that is gone nothing can be said of it, now as little as then. */
    private Facts compared(VerdictDraft verdict) {
        try {
            return baselines.again(verdict.gate(), verdict.compared(), verdict.arrived(), verdict.arrivedBefore());
        } catch (UnreadableEvidence gone) {
            return Facts.NONE;
        }
    }

    /** Against what was released, as the record holds it. */
    private Facts covered(VerdictDraft verdict) throws UnreadableEvidence {
        Released released = new Released(verdict.sha(), verdict.artifacts());
        return covered.of(verdict.gate(), released, verdict.inputs()).facts();
    }

    private static Verdict judge(Gate gate, Facts facts) {
        return said(Rules.judge(gate, facts));
    }

    private static Verdict said(Ruling ruling) {
        return switch (ruling) {
            case Ruling.Holds _ -> Verdict.PASSED;
            case Ruling.Breaks _ -> Verdict.FAILED;
            case Ruling.Unknown _ -> Verdict.INCONCLUSIVE;
        };
    }
}
