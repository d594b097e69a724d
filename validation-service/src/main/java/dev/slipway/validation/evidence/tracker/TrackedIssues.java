package dev.slipway.validation.evidence.tracker;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.TrackerRule;
import dev.slipway.validation.evidence.EvidenceBytes;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import dev.slipway.validation.evidence.EvidenceReaders;
import dev.slipway.validation.evidence.GoneReport;
import dev.slipway.validation.evidence.RunRecord;
import java.util.ArrayList;
import java.util.List;

/** Stored lists of issues, and what of them counts by a gate. The same bytes always give the same. */
public final class TrackedIssues {
    private final EvidenceReaders readers;
    private final EvidenceBytes bytes;

    public TrackedIssues(EvidenceReaders readers, EvidenceBytes bytes) {
        this.readers = readers;
        this.bytes = bytes;
    }

    /**
     * What counts.
     *
     * @param inputs lists of issues, and records of runs, which say nothing of issues
     * @throws UnreadableEvidence if one of them is gone, changed, or cannot be read
     */
    public TrackerFacts of(Gate gate, List<Digest> inputs) throws UnreadableEvidence {
        TrackerRule rule = gate.tracker();
        if (rule == null) {
            throw new IllegalArgumentException("the gate " + gate.id() + " looks at no issues");
        }
        TrackerReader reader = readers.of(TrackerRule.EVIDENCE)
                .map(TrackerReader.class::cast)
                .orElseThrow(() -> new UnreadableEvidence("nothing reads issues"));
        List<TrackerReport> reports = new ArrayList<>();
        for (Digest digest : inputs) {
            byte[] kept = bytes.find(digest)
                    .filter(found -> Digest.of(found).equals(digest))
                    .orElseThrow(() -> new UnreadableEvidence(bytes.goneOf(digest)
                            .map(GoneReport::text)
                            .orElse("the report " + digest.brief() + " is gone or changed")));
            if (RunRecord.read(kept).isEmpty()) {
                reports.add(reader.report(kept));
            }
        }
        return TrackerFacts.of(rule, reports);
    }
}
