package dev.slipway.validation;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.validation.assessment.Comparison;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.CoveredArtifacts;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Released;
import dev.slipway.validation.revision.RevisionMessages.SuiteFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Holds what came for a revision against the artifacts that are released: checksums, signatures, provenance. */
final class HeldArtifacts {
    private final CoveredArtifacts covered;

    HeldArtifacts(CoveredArtifacts covered) {
        this.covered = covered;
    }

    /** By place of the gate in the question; nothing for gates that do not ask for it or whose evidence is not there yet. */
    Map<Integer, Comparison> of(Assess question, List<SuiteFacts> suites) {
        Released released = new Released(question.sha(), question.artifacts());
        Map<Integer, Comparison> held = new HashMap<>();
        for (int i = 0; i < question.gates().size(); i++) {
            Gate gate = question.gates().get(i);
            int place = i;
            if (covered.asked(gate)) {
                suites.stream()
                        .filter(suite -> suite.kind().equals(gate.evidence())
                                && Objects.equals(suite.suite(), gate.suite())
                                && suite.unreadable() == null)
                        .findFirst()
                        .ifPresent(suite -> held.put(place, held(gate, released, suite)));
            }
        }
        return held;
    }

    private Comparison held(Gate gate, Released released, SuiteFacts suite) {
        try {
            Compared said = covered.of(gate, released, suite.digests());
            return new Comparison(said.facts(), "", List.of(), said.notes());
        } catch (UnreadableEvidence gone) {
            return Comparison.none(
                    "It cannot be held against what is released: %s. Hand it in again".formatted(gone.getMessage()),
                    List.of());
        }
    }
}
