package dev.slipway.validation.evidence;

import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stored reports against the artifacts of a release. The same bytes always give the same. */
public final class CoveredArtifacts {
    private final EvidenceReaders readers;
    private final EvidenceBytes bytes;

    public CoveredArtifacts(EvidenceReaders readers, EvidenceBytes bytes) {
        this.readers = readers;
        this.bytes = bytes;
    }

    /** Whether the gate's evidence is held against what is released. */
    public boolean asked(Gate gate) {
        return covering(gate).isPresent();
    }

    private Optional<Covering> covering(Gate gate) {
        return Optional.ofNullable(gate.evidence()).flatMap(readers::of).flatMap(EvidenceReader::covering);
    }

    /**
     * What they say together; nothing for a gate that does not ask.
     *
     * @param inputs reports and records of runs; the records say nothing of artifacts
     * @throws UnreadableEvidence if one of them is gone or cannot be read
     */
    public Compared of(Gate gate, Released released, List<Digest> inputs) throws UnreadableEvidence {
        Optional<Covering> covering = covering(gate);
        if (covering.isEmpty()) {
            return new Compared(Facts.NONE, List.of());
        }
        List<byte[]> reports = new ArrayList<>();
        for (Digest digest : inputs) {
            byte[] kept = bytes.find(digest)
                    .filter(found -> Digest.of(found).equals(digest))
                    .orElseThrow(() -> new UnreadableEvidence("the report " + digest.brief() + " is gone or changed"));
            if (RunRecord.read(kept).isEmpty()) {
                reports.add(kept);
            }
        }
        return covering.get().over(gate, released, reports);
    }
}
