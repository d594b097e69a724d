package dev.slipway.validation;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.validation.assessment.Comparison;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceFiles;
import dev.slipway.validation.evidence.EvidenceFull;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Intake;
import dev.slipway.validation.evidence.NamingTests;
import dev.slipway.validation.evidence.stability.RunHistory;
import dev.slipway.validation.evidence.stability.Stability;
import dev.slipway.validation.evidence.stability.StabilityRecord;
import dev.slipway.validation.evidence.stability.StabilityRecord.Run;
import dev.slipway.validation.evidence.stability.StabilityRecord.Try;
import dev.slipway.validation.evidence.stability.TestNames;
import dev.slipway.validation.evidence.stability.TestPush;
import dev.slipway.validation.revision.Evidence;
import dev.slipway.validation.revision.RevisionId;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Remembers by run which tests failed, and puts together what a gate on their stability rests on: the last runs of the branch
 * that is released from, and of those that name no branch. Whether a test passed somewhere else on the same commit is read
 * again from the stored reports, for the few that failed.
 */
final class Stabilities {
    private static final List<String> RED = List.of("tests.failed", "tests.flaky");

    private final EvidenceReaders readers;
    private final EvidenceBytes bytes;
    private final RunHistories histories;
    private final int namesMax;

    /** @param namesMax tests that are remembered of one push */
    Stabilities(EvidenceReaders readers, EvidenceBytes bytes, RunHistories histories, int namesMax) {
        this.readers = readers;
        this.bytes = bytes;
        this.histories = histories;
        this.namesMax = namesMax;
    }

    /**
     * Tests were reported. Remembered before the revision tells those that wait for it, so that none of them looks too early.
     *
     * @param files what was pushed, as it was read
     */
    void heard(
            RevisionId revision,
            EvidenceReader reader,
            Evidence evidence,
            EvidenceFiles files,
            @Nullable String branch) {
        Optional<NamingTests> naming = reader.namingTests();
        if (naming.isEmpty() || evidence.files().isEmpty()) {
            return;
        }
        TestNames names = new TestNames(namesMax, Set.of());
        if (RED.stream()
                .anyMatch(fact -> evidence.facts()
                        .named(fact)
                        .filter(count -> count.value().signum() > 0)
                        .isPresent())) {
            tell(naming.get(), reader, files, names);
        }
        histories.add(
                new RunHistories.Of(revision.application(), evidence.kind(), evidence.suite(), branch),
                new TestPush(
                        revision.sha(),
                        evidence.of().run(),
                        evidence.of().part(),
                        evidence.of().attempt(),
                        evidence.files(),
                        evidence.at(),
                        names.failed(),
                        names.flaky(),
                        names.beyond()));
    }

    private static void tell(NamingTests naming, EvidenceReader reader, EvidenceFiles files, TestNames names) {
        try {
            new Intake(reader)
                    .chosen(files, new ArrayList<>())
                    .each((name, _, content) -> naming.tell(content, name, names));
        } catch (UnreadableEvidence impossible) {
            throw new IllegalStateException("It was read just now", impossible);
        }
    }

    /** By place of the gate in the question; nothing for gates that do not ask for it or whose evidence is not there yet. */
    Map<Integer, Comparison> of(Assess question, List<SuiteFacts> suites) {
        Map<Integer, Comparison> comparisons = new HashMap<>();
        for (int i = 0; i < question.gates().size(); i++) {
            Gate gate = question.gates().get(i);
            boolean here = suites.stream()
                    .anyMatch(suite -> suite.kind().equals(gate.evidence())
                            && Objects.equals(suite.suite(), gate.suite())
                            && suite.unreadable() == null);
            Optional<NamingTests> naming =
                    Optional.ofNullable(gate.evidence()).flatMap(readers::of).flatMap(EvidenceReader::namingTests);
            if (here && naming.isPresent() && Stability.askedBy(gate)) {
                comparisons.put(i, looked(question, gate, naming.get()));
            }
        }
        return comparisons;
    }

    private Comparison looked(Assess question, Gate gate, NamingTests naming) {
        String kind = String.valueOf(gate.evidence());
        int asked = Stability.runs(gate);
        StabilityRecord record = StabilityRecord.of(
                question.application(),
                kind,
                gate.suite(),
                question.source().branches(),
                asked,
                runs(history(question, kind, gate.suite()).runs(asked), naming));
        byte[] content = record.bytes();
        Digest digest = Digest.of(content);
        try {
            bytes.keep(digest, content, new RevisionId(question.application(), question.sha()).toString());
        } catch (EvidenceFull full) {
            return Comparison.none("What it rests on cannot be kept: " + full.getMessage(), List.of());
        }
        Compared told = Stability.told(record);
        return new Comparison(told.facts(), Stability.missing(record), List.of(digest), told.notes());
    }

    /** Of all branches that releases are made of, and of runs that name none. */
    private RunHistory history(Assess question, String kind, @Nullable String suite) {
        List<String> from = question.source().isOneBranch()
                ? question.source().from()
                : histories.branches(question.application(), kind, suite).stream()
                        .filter(question.source()::takes)
                        .toList();
        RunHistory history = histories.of(new RunHistories.Of(question.application(), kind, suite, null));
        for (String branch : from) {
            history = history.beside(histories.of(new RunHistories.Of(question.application(), kind, suite, branch)));
        }
        return history;
    }

    private List<Run> runs(List<List<TestPush>> last, NamingTests naming) {
        Map<List<String>, Set<String>> failed = new HashMap<>();
        Map<List<String>, Integer> pushes = new HashMap<>();
        for (TestPush push : last.stream().flatMap(List::stream).toList()) {
            Set<String> names = failed.computeIfAbsent(push.grounds(), _ -> new LinkedHashSet<>());
            names.addAll(push.failed());
            names.addAll(push.flaky());
            pushes.merge(push.grounds(), 1, Integer::sum);
        }
        List<Run> runs = new ArrayList<>();
        for (List<TestPush> run : last) {
            List<Try> tries = new ArrayList<>();
            for (TestPush push : run) {
                boolean alone = pushes.getOrDefault(push.grounds(), 0) < 2;
                tries.add(looked(push, alone ? Set.of() : failed.getOrDefault(push.grounds(), Set.of()), naming));
            }
            runs.add(new Run(run.getFirst().sha(), run.getFirst().run(), tries));
        }
        return runs;
    }

    /** @param wanted names of tests that failed somewhere on the same commit */
    private Try looked(TestPush push, Set<String> wanted, NamingTests naming) {
        Set<String> failed = new LinkedHashSet<>(push.failed());
        failed.addAll(push.flaky());
        Set<String> passed = new LinkedHashSet<>(push.flaky());
        boolean assumed = false;
        if (!failed.containsAll(wanted)) {
            Optional<TestNames> names = again(push, wanted, naming);
            assumed = names.isEmpty();
            for (String test : wanted) {
                if (!failed.contains(test) && (assumed || names.orElseThrow().passed(test))) {
                    passed.add(test);
                }
            }
        }
        return new Try(push.part(), push.attempt(), List.copyOf(failed), List.copyOf(passed), assumed, push.beyond());
    }

    /** Nothing where a report is gone. */
    private Optional<TestNames> again(TestPush push, Set<String> wanted, NamingTests naming) {
        TestNames names = new TestNames(namesMax, wanted);
        try {
            for (Digest report : push.reports()) {
                Optional<byte[]> kept = bytes.find(report);
                if (kept.isEmpty()) {
                    return Optional.empty();
                }
                naming.tell(kept.get(), report.brief(), names);
            }
            return Optional.of(names);
        } catch (UnreadableEvidence changed) {
            return Optional.empty();
        }
    }
}
