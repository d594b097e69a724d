package dev.slipway.validation.evidence;

import dev.slipway.contracts.policy.Gate;
import dev.slipway.validation.evidence.Comparing.Compared;
import dev.slipway.validation.evidence.EvidenceReader.UnreadableEvidence;
import java.util.List;

/**
 * Holds reports of one kind against the artifacts that are released. The same gate, artifacts and reports always give the
 * same: keys stand in the gate, no clock and no network is asked.
 */
public interface Covering {
    /**
     * What they say of the artifacts together.
     *
     * @param reports whole, as they were handed in; each can be read
     */
    Compared over(Gate gate, Released released, List<byte[]> reports) throws UnreadableEvidence;
}
