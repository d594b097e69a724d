package dev.slipway.validation.verdicts;

import dev.slipway.contracts.Digest;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.tracker.TrackedIssues;
import dev.slipway.validation.evidence.tracker.TrackerFacts;
import dev.slipway.validation.tracker.TrackerGates;
import dev.slipway.validation.verdicts.Explanation.Part;
import dev.slipway.validation.verdicts.Explanation.Said;
import dev.slipway.validation.verdicts.Explanation.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges again the issues that a tracker had answered, and names those that count. */
final class ExplainingIssues {
    private final TrackedIssues issues;

    ExplainingIssues(TrackedIssues issues) {
        this.issues = issues;
    }

    /** Of a gate that asks a tracker itself. */
    Explanation of(Explaining.Asked asked) {
        List<Source> sources = new ArrayList<>();
        List<Part> parts = new ArrayList<>();
        List<Said> facts = new ArrayList<>();
        if (!asked.inputs().isEmpty()) {
            Digest answered = asked.inputs().getFirst();
            try {
                TrackerFacts told = issues.of(asked.gate(), asked.inputs());
                TrackerGates.judge(asked.gate(), told).parts().stream()
                        .map(Explaining::part)
                        .forEach(parts::add);
                told.facts()
                        .list()
                        .forEach(fact -> facts.add(new Said(fact.name(), fact.value(), fact.unit(), asked.inputs())));
                sources.add(source(asked, answered, told.facts(), told.places(), null));
            } catch (UnreadableEvidence gone) {
                sources.add(source(asked, answered, Facts.NONE, List.of(), String.valueOf(gone.getMessage())));
            }
        }
        return new Explanation(
                asked.release(),
                asked.gate().id(),
                asked.gate().stage(),
                asked.question(),
                asked.verdict(),
                asked.record() != null,
                asked.cause(),
                asked.observed(),
                asked.record(),
                null,
                null,
                parts,
                facts,
                sources,
                Explaining.passes(asked) ? List.of() : toPass(asked, parts));
    }

    /** Which of the issues of a report that was handed in count; none where it cannot be read. */
    List<String> places(Explaining.Asked asked, Digest report) {
        try {
            return issues.of(asked.gate(), List.of(report)).places();
        } catch (UnreadableEvidence gone) {
            return List.of(); // told of its source
        }
    }

    /** What they are together, which no report says alone. */
    Facts facts(Explaining.Asked asked) {
        try {
            return asked.inputs().isEmpty()
                    ? Facts.NONE
                    : issues.of(asked.gate(), asked.inputs()).facts();
        } catch (UnreadableEvidence gone) {
            return Facts.NONE; // told of its source
        }
    }

    private static Source source(
            Explaining.Asked asked, Digest answered, Facts facts, List<String> places, @Nullable String trouble) {
        String where =
                asked.gate().tracker() == null ? "" : asked.gate().tracker().where();
        return new Source(
                answered, where, "as it was asked", null, null, null, null, null, facts.values(), trouble, places);
    }

    private static List<String> toPass(Explaining.Asked asked, List<Part> parts) {
        List<String> changes = parts.stream()
                .filter(part -> !Boolean.TRUE.equals(part.holds()))
                .map(Part::why)
                .toList();
        return changes.isEmpty() ? List.of(asked.cause()) : changes;
    }
}
