package dev.slipway.validation;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.validation.assessment.Comparison;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.tracker.TrackedIssues;
import dev.slipway.validation.evidence.tracker.TrackerFacts;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import dev.slipway.validation.tracker.TrackerGates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Counts the issues that were handed in for a revision by what each gate says counts. */
final class CountedIssues {
    private final TrackedIssues issues;

    CountedIssues(TrackedIssues issues) {
        this.issues = issues;
    }

    /** By place of the gate in the question; nothing for gates that count no issues or whose evidence is not there yet. */
    Map<Integer, Comparison> of(Assess question, List<SuiteFacts> suites) {
        Map<Integer, Comparison> counted = new HashMap<>();
        for (int i = 0; i < question.gates().size(); i++) {
            Gate gate = question.gates().get(i);
            int place = i;
            if (gate.tracker() != null && gate.evidence() != null) {
                suites.stream()
                        .filter(suite -> suite.kind().equals(gate.evidence())
                                && Objects.equals(suite.suite(), gate.suite())
                                && suite.unreadable() == null)
                        .findFirst()
                        .ifPresent(suite -> counted.put(place, counted(gate, suite)));
            }
        }
        return counted;
    }

    private Comparison counted(Gate gate, SuiteFacts suite) {
        try {
            TrackerFacts told = issues.of(gate, suite.digests());
            return new Comparison(told.facts(), "", List.of(), told.named(TrackerGates.asked(gate)));
        } catch (UnreadableEvidence gone) {
            return Comparison.none(
                    "The issues cannot be counted: %s. Hand them in again".formatted(gone.getMessage()), List.of());
        }
    }
}
