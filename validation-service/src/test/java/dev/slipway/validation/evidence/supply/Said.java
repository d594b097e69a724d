package dev.slipway.validation.evidence.supply;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.EvidenceReader;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.Facts;
import dev.slipway.validation.evidence.JUnitReader;
import dev.slipway.validation.evidence.Released;
import dev.slipway.validation.rule.Rules;
import dev.slipway.validation.rule.Ruling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a gate's rule says of what somebody has signed, with its words and what it remarks. */
record Said(Ruling ruling, List<String> notes) {
    static final EvidenceReaders READERS = EvidenceReaders.shipped(new JUnitReader.Limits(32, 10_000));

    Said {
        notes = List.copyOf(notes);
    }

    static Said said(Gate gate, Released released, byte[]... reports) throws UnreadableEvidence {
        EvidenceReader reader = READERS.of(String.valueOf(gate.evidence())).orElseThrow();
        List<Facts> facts = new ArrayList<>();
        for (byte[] report : reports) {
            facts.add(reader.read(report, "report").facts());
        }
        Compared held = reader.covering().orElseThrow().over(gate, released, Arrays.asList(reports));
        return new Said(Rules.judge(gate, Facts.together(facts).and(held.facts())), held.notes());
    }

    /** The kinds that know the bytes by their content. */
    static List<String> recognised(byte[] report) {
        return READERS.list().stream()
                .filter(reader -> reader.recognises(report))
                .map(EvidenceReader::kind)
                .toList();
    }

    String words() {
        return switch (ruling) {
            case Ruling.Holds _ -> "passes";
            case Ruling.Breaks broken -> (broken.mendable() ? "fails at the deadline: " : "fails: ") + broken.why();
            case Ruling.Unknown unknown -> "unknown: " + unknown.why();
        };
    }
}
